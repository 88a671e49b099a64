"""Copies of a report with one fault each, as a tired hand or a hostile one would make them; the rules know nothing of this file.

`told.csv` beside a report lists numbers that its own text lets anybody check, with what they can be checked by. `alter_told` changes such
a number; `FREE` holds faults that need no second place: impossible days, broken digits, swapped units, sentences that contradict
themselves.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

_SPACE = "[ \u00a0\u2009\u202f]"
_WORDS = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]


@dataclass(frozen=True)
class Told:
    """A number of a report that its text lets one check: on `line` (from 1), as `value`, by a relation of `kind`."""

    line: int
    value: str
    kind: str


@dataclass(frozen=True)
class Fault:
    """What was altered: `lines` (from 1) hold the fault; `before` became `after`."""

    kind: str
    lines: tuple[int, ...]
    before: str
    after: str


Altered = tuple[list[str], Fault]


def alter_told(lines: list[str], told: Told, chance: random.Random) -> Altered | None:
    """The text with the told number changed to another that does not fit."""
    value = _SPACE.join(re.escape(part) for part in told.value.split())
    pattern = re.compile(rf"(?<![\w,]){value}(?![\w,]*\d)")
    match = pattern.search(lines[told.line - 1])
    if not match:
        return None
    new = _another(told, match[0], chance)
    return _put(lines, told.line, match.span(), new, told.kind)


def _put(lines: list[str], line: int, span: tuple[int, int], new: str, kind: str) -> Altered:
    old = lines[line - 1]
    changed = list(lines)
    changed[line - 1] = old[: span[0]] + new + old[span[1] :]
    return changed, Fault(kind, (line,), old[span[0] : span[1]], new)


def _another(told: Told, written: str, chance: random.Random) -> str:
    if written.lower() in _WORDS:
        place = _WORDS.index(written.lower())
        new = _WORDS[chance.choice([p for p in (place - 2, place - 1, place + 1, place + 2) if 1 <= p < len(_WORDS)])]
        return new.capitalize() if written[0].isupper() else new
    digits = re.sub(_SPACE, "", written)
    if told.kind == "event":
        return str(chance.choice([d for d in range(1, 29) if d != int(digits)]))
    if told.kind == "list":
        return str(chance.choice([n for n in (int(digits) - 1, int(digits) + 1, int(digits) + 2) if n > 1]))
    number = float(digits.replace(",", "."))
    if told.kind == "average":
        return _as_written(written, number * chance.choice((0.15, 0.2, 4, 10)))
    if told.kind == "part":
        return _as_written(written, number * chance.choice((3.2, 10, 21)) + 1000)
    return chance.choice((_digit_changed, _digits_swapped, _scaled))(written, number, chance)


def _digit_changed(written: str, number: float, chance: random.Random) -> str:
    places = [place for place, c in enumerate(written) if c.isdigit()]
    place = chance.choice(places[: max(1, len(places) - 1)] if len(places) > 2 else places)
    new = chance.choice([c for c in "123456789" if c != written[place]])
    return written[:place] + new + written[place + 1 :]


def _digits_swapped(written: str, number: float, chance: random.Random) -> str:
    places = [
        p
        for p in range(len(written) - 1)
        if written[p : p + 2].isdigit() and written[p] != written[p + 1] and written[p + 1] != "0"
    ]
    if not places:
        return _digit_changed(written, number, chance)
    place = chance.choice(places)
    return written[:place] + written[place + 1] + written[place] + written[place + 2 :]


def _scaled(written: str, number: float, chance: random.Random) -> str:
    new = _as_written(written, number * chance.choice((0.7, 0.8, 1.15, 1.3, 1.5)))
    return new if new != written else _digit_changed(written, number, chance)


def _as_written(written: str, number: float) -> str:
    """`number` with the decimals and the spaces that `written` has."""
    decimals = len(written.partition(",")[2])
    text = f"{number:,.{decimals}f}" if re.search(_SPACE, written) or number >= 10_000 else f"{number:.{decimals}f}"
    return text.replace(",", " ").replace(".", ",")


def _at_a_match(pattern: str, kind: str, new: Callable[[re.Match, random.Random], str], flags: int = 0):
    """A maker of faults: one match of `pattern`, taken by chance, replaced by what `new` makes of it."""
    compiled = re.compile(pattern, flags)

    def make(lines: list[str], chance: random.Random) -> Altered | None:
        found = [(number, match) for number, line in enumerate(lines, 1) for match in compiled.finditer(line)]
        if not found:
            return None
        number, match = chance.choice(found)
        return _put(lines, number, match.span(), new(match, chance), kind)

    make.__name__ = kind
    return make


_LONG = "janvier|mars|mai|juillet|août|octobre|décembre"
_SHORT = "avril|juin|septembre|novembre"
_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


def _other_day(match: re.Match, chance: random.Random) -> str:
    new = chance.choice([d for d in _DAYS if d != match["day"].lower()])
    return match[0].replace(match["day"], new.upper() if match["day"].isupper() else new)


def _with_wrong_day(match: re.Match, chance: random.Random) -> str:
    from datetime import date

    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    right = date(int(match["y"]), months.index(match["m"]) + 1, int(match["d"])).weekday()
    return f"{_DAYS[(right + chance.randint(1, 6)) % 7]} {match[0]}"


def _broken(match: re.Match, chance: random.Random) -> str:
    head, tail = match["head"], match["tail"]
    return chance.choice(
        (
            f"{head[:-1]} {head[-1]}{tail}" if len(head) > 1 else f"{head} {tail}5",
            f"{head},{tail},6",
            f"{head} {tail[:2]}",
            f"{head}{tail} 00",
            f"{head} {tail}0",
        )
    )


def _unit_swapped(match: re.Match, chance: random.Random) -> str:
    other = {
        "km": ("m", "cm"),
        "km2": ("m2",),
        "m²": ("km²",),
        "ha": ("km²",),
        "tonnes": ("kg",),
        "M€": ("Md€",),
        "millions": ("milliards",),
        "hectares": ("km²",),
    }
    return match["number"] + match["gap"] + chance.choice(other[match["unit"]])


FREE = (
    _at_a_match(rf"\b\d{{1,2}} (?=(?:{_SHORT})\b)", "date", lambda m, c: "31 "),
    _at_a_match(rf"\b\d{{1,2}} (?:{_LONG})\b", "date", lambda m, c: c.choice(("30 février", "32 mars", "31 juin", "35 octobre"))),
    _at_a_match(rf"\b(?P<day>{'|'.join(_DAYS)}) \d{{1,2}}\b", "weekday", _other_day, re.IGNORECASE),
    _at_a_match(
        rf"\b(?P<d>\d{{1,2}}) (?P<m>{_LONG}|{_SHORT}|février) (?P<y>20\d\d)\b(?<!31 avril 2023)",
        "weekday",
        lambda m, c: _with_wrong_day(m, c),
    ),
    _at_a_match(rf"(?<![\w,.])(?P<head>[1-9]\d{{0,2}}){_SPACE}(?P<tail>\d{{3}})(?!{_SPACE}?\d|,\d)", "malformed", _broken),
    _at_a_match(r"\b(?:près|plus) de (?=\d{3})", "malformed", lambda m, c: m[0].rstrip()),
    _at_a_match(
        r"\b(?:En|en|fin|depuis) 20[12]\d\b(?!-)", "year", lambda m, c: m[0][:-4] + c.choice(("203", "2203", "20233", "1023"))
    ),
    _at_a_match(r"(?<![\d,+–-])(?<!de )\b\d{2}(?= ?% (?:de|des|du|d[’']))", "share", lambda m, c: "1" + m[0] + "0"),
    _at_a_match(
        rf"(?P<number>\d[\d{_SPACE[1:-1]},]*)(?P<gap> )(?P<unit>km2|km|m²|ha|hectares|tonnes|M€|millions)(?![\w²2])",
        "unit",
        _unit_swapped,
    ),
    _at_a_match(r"\b(?P<a>20[12]\d)-(?P<b>20[123]\d)\b", "order", lambda m, c: f"{m['b']}-{m['a']}"),
    _at_a_match(
        r"\b[Dd]u (?P<a>\d{1,2}(?:er)? [a-zéû]+) au (?P<b>\d{1,2}(?:er)? [a-zéû]+)\b(?! 2023)",
        "order",
        lambda m, c: f"du {m['b']} au {m['a']}",
    ),
    _at_a_match(r"\bhorizon 20[2-5]\d\b", "order", lambda m, c: "horizon 2012"),
)

# Sentences put at the end of a paragraph: each contradicts itself. X, Y... are numbers made by chance.
_SENTENCES: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    ("change", lambda c: _change(c, "Le nombre d’emprunts est passé de {a} en 2022 à {b} en 2023, soit une progression de {p} %.")),
    ("change", lambda c: _change(c, "{b} repas ont été servis en 2023 contre {a} en 2022 (+ {p} %).")),
    ("change", lambda c: _change(c, "La maison a reçu {b} appels, en hausse de {p} % par rapport aux {a} appels de 2022.")),
    ("change", lambda c: _change(c, "Avec {b} inscrits contre {a} l’an passé, la progression atteint {p} %.")),
    ("share", lambda c: _share(c, "Sur {w} demandes reçues, {a} ont été acceptées, soit {p} %.")),
    ("share", lambda c: _share(c, "{a} des {w} abris ont été rénovés, soit {p} % du parc.")),
    ("share", lambda c: _share(c, "{p} % des foyers ont répondu ({a} sur {w}).")),
    ("sum", lambda c: _parts(c, "Le service emploie {w} agents : {a} femmes et {b} hommes.")),
    ("sum", lambda c: _parts(c, "Au total, {w} arbres ont été plantés, dont {a} chênes et {b} platanes.", over=True)),
    ("sum", lambda c: _parts(c, "{a} bancs et {b} chaises ont été posés, soit {w} assises au total.")),
    (
        "sum",
        lambda c: _parts(
            c,
            "Le budget de {w} millions d’euros se répartit entre {a} millions d’euros de travaux et {b} millions d’euros d’études.",
        ),
    ),
    (
        "share",
        lambda c: (
            f"La dépense se répartit entre les écoles ({c.randint(40, 45)} %), les voies ({c.randint(30, 35)} %) et les parcs ({c.randint(40, 45)} %)."
        ),
    ),
    (
        "average",
        lambda c: f"L’accueil a traité {c.randint(40, 90)} 000 demandes dans l’année, soit {c.randint(3, 9)} par jour en moyenne.",
    ),
    (
        "average",
        lambda c: (
            f"La collecte représente {c.randint(200, 400)} 000 tonnes pour 1 000 000 habitants, soit {c.randint(700, 900)} kg par habitant."
        ),
    ),
    ("list", lambda c: "Le prix récompense quatre communes : Fuveau, Mimet et Peypin."),
    ("list", lambda c: "Le plan suit trois axes : informer, planter, réparer, transmettre et mesurer."),
    ("order", lambda c: f"La consultation, ouverte le 12 mai 2023, s’est close le {c.randint(1, 9)} mars 2023."),
    ("order", lambda c: f"Lancé en {c.randint(2021, 2023)}, le chantier a été achevé en {c.randint(2012, 2019)}."),
    ("weekday", lambda c: f"La réunion s’est tenue le lundi {c.choice((14, 16, 17, 18, 19))} novembre 2023."),
    ("range", lambda c: f"Le guichet est ouvert {c.randint(30, 40)} heures par jour."),
    ("share", lambda c: f"{c.randint(105, 160)} % des logements sont chauffés au bois."),
)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _change(chance: random.Random, sentence: str) -> str:
    before = chance.randint(1_200, 90_000)
    rise = chance.randint(8, 60)
    told = chance.choice([p for p in range(5, 90) if abs(p - rise) > 4])
    return sentence.format(a=_spaced(before), b=_spaced(round(before * (1 + rise / 100))), p=told)


def _share(chance: random.Random, sentence: str) -> str:
    whole = chance.randint(200, 5_000)
    share = chance.randint(15, 90)
    told = chance.choice([p for p in range(5, 99) if abs(p - share) > 4])
    return sentence.format(w=_spaced(whole), a=_spaced(round(whole * share / 100)), p=told)


def _parts(chance: random.Random, sentence: str, *, over: bool = False) -> str:
    one, other = chance.randint(40, 900), chance.randint(40, 900)
    off = chance.randint(7, 30)
    return sentence.format(w=_spaced(one + other - off if over else one + other + off), a=one, b=other)


def insert_sentence(lines: list[str], kind: str, make: Callable[[random.Random], str], chance: random.Random) -> Altered:
    """A sentence that contradicts itself, on its own line behind a sentence's end."""
    ends = [number for number, line in enumerate(lines, 1) if line.rstrip().endswith(".") and len(line) > 20]
    at = chance.choice(ends)
    sentence = make(chance)
    return [*lines[:at], sentence, *lines[at:]], Fault(kind, (at + 1,), "", sentence)


def alter_freely(lines: list[str], chance: random.Random) -> list[Altered]:
    """One fault of every free kind that the text offers a place for, each in a copy of its own."""
    made = [make(lines, chance) for make in FREE]
    inserted = [insert_sentence(lines, kind, make, chance) for kind, make in _SENTENCES]
    return [one for one in (*made, *inserted) if one]
