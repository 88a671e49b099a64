"""The courses that people enrol in: in which schools and pools, from which age to which. The codes are those of sites and models."""

from django.utils.translation import gettext_lazy as _

from oppidum.services.ecology_culture_sport.facilities import POOLS

MUSIC_SCHOOLS = {
    "music-istres": "École de musique et de danse d’Istres",
    "music-miramas": "École de musique et de danse de Miramas",
    "music-fos": "École de musique et de danse de Fos-sur-Mer",
}
SCHOOLS = POOLS | MUSIC_SCHOOLS
KINDS = {"pool": _("Swimming and water sports"), "music": _("Music and dance")}

IN_POOLS = {
    "baby-swim": _("Baby swimmers, with a parent (6 months to 5 years)"),
    "swim-child": _("Swimming lessons for children (6 to 12 years)"),
    "swim-teen": _("Swimming lessons from 13 years on"),
    "aquagym": _("Water gymnastics (from 16 years on)"),
}
OF_MUSIC = {
    "awakening": _("Musical awakening (4 to 6 years)"),
    "piano": _("Piano (from 7 years on)"),
    "guitar": _("Guitar (from 7 years on)"),
    "strings": _("Violin or cello (from 6 years on)"),
    "dance": _("Dance (6 to 17 years)"),
    "choir": _("Choir (from 8 years on)"),
}
COURSES = IN_POOLS | OF_MUSIC
YOUNGEST = {"baby-swim": 0, "swim-child": 6, "swim-teen": 13, "aquagym": 16, "awakening": 4, "piano": 7, "guitar": 7, "strings": 6, "dance": 6, "choir": 8}
OLDEST = {"baby-swim": 5, "swim-child": 12, "awakening": 6, "dance": 17}
HEALTH = {
    "questionnaire": _("The health questionnaire was answered “no” throughout (you keep it)"),
    "certificate": _("A doctor's certificate of less than six months"),
}
_SHARES = {"baby-swim": 8, "swim-child": 52, "swim-teen": 10, "aquagym": 30}, {"awakening": 20, "piano": 22, "guitar": 20, "strings": 8, "dance": 22, "choir": 8}


def agreeing(answers: dict) -> dict:
    """Drawn answers made to agree: the course is one of the kind, given at the school, for that age."""
    number = sum(map(ord, answers["first_name"])) * 31 + sum(map(ord, answers["last_name"]))
    is_music = answers["kind"] == "music"
    deck = [course for course, share in _SHARES[is_music].items() for _each in range(share)]
    places = list(MUSIC_SCHOOLS if is_music else POOLS)
    fitting = [course for course in deck if YOUNGEST[course] <= answers["age"] <= OLDEST.get(course, 99)]
    found = answers | {"course": (fitting or deck)[number % len(fitting or deck)], "school": places[number // 7 % len(places)]}
    if is_music:
        found = {name: value for name, value in found.items() if name not in ("health", "certificate")}
    return found
