"""The pools and sports grounds that the metropolis runs, as far as places are booked in them. The code is that of the site."""

from django.utils.translation import gettext_lazy as _

POOLS = {
    "pool-plein-ciel": "Piscine Plein Ciel (Aix-en-Provence)",
    "pool-yves-blanc": "Piscine Yves-Blanc (Aix-en-Provence)",
    "pool-gardanne": "Piscine de Gardanne",
    "pool-pertuis": "Piscine de Pertuis",
    "pool-fos": "Piscine de Fos-sur-Mer",
    "pool-miramas": "Piscine de Miramas",
    "pool-istres": "Piscine d’Istres",
}
GROUNDS = {
    "fontainieu": "Complexe sportif de Fontainieu (Marseille)",
    "sports-miramas": "Halle de Miramas",
    "sports-peyrolles": "Lac de Peyrolles, aire de sports",
}
FACILITIES = POOLS | GROUNDS
HALLS, PITCHES = ("fontainieu", "sports-miramas"), ("fontainieu", "sports-peyrolles")

USES = {
    "lane": _("Lanes of a pool, for an hour"),
    "cycle": _("A school class: a cycle of ten swimming lessons"),
    "hall": _("A sports hall, for an hour and a half"),
    "pitch": _("A sports ground, for two hours"),
    "season": _("A club: the same time each week of the season"),
}
WHO = {
    "club": _("A club or another association"),
    "primary": _("A primary or nursery school"),
    "secondary": _("A collège or a lycée"),
    "resident": _("A resident, for friends or family"),
    "firm": _("A firm or another body"),
}
SCHOOLS = ("primary", "secondary")
# Who asks for what, in hundredths: clubs train, schools swim, residents play.
ASK_AS = {
    "lane": {"club": 55, "resident": 40, "firm": 5},
    "cycle": {"primary": 60, "secondary": 40},
    "hall": {"club": 70, "secondary": 10, "resident": 15, "firm": 5},
    "pitch": {"club": 60, "resident": 30, "firm": 10},
    "season": {"club": 100},
}


def agreeing(answers: dict) -> dict:
    """Drawn answers made to agree: the body fits the use, and the place has it. Spread evenly by the number of people, which was drawn."""
    number, kind = int(answers["people"]), answers["kind"]
    who = [who for who, share in ASK_AS[kind].items() for _ in range(share)][number * 37 % 100]
    places = {"hall": HALLS, "pitch": PITCHES, "season": (*POOLS, *HALLS)}.get(kind, tuple(POOLS))
    found = answers | {"who": who, "facility": places[number * (number + 3) // 2 % len(places)]}
    if kind == "lane":
        found["lanes"] = 1 if who == "resident" else 1 + number % 2
        found["people"] = min(number, 8 * found["lanes"])
    return found
