"""The question box: "combien d’encombrants à Aubagne en 2026 ?" finds the figure, the commune and the year by their words."""

import re
from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oppidum.figures.communes import Ground, counted_in, list_grounds, local_figures
from oppidum.figures.key_figures import KeyFigureValue, search_key_figures
from oppidum.figures.models import Edition
from oppidum.figures.overview import list_years
from oppidum.territory.words import tokens
from oppidum.web.words import say_number

LONGEST = 200
SHOWN = 10
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Words of a question that name no figure.
_ASKING = frozenset(
    [
        "combien",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "est",
        "sont",
        "a",
        "ont",
        "ete",
        "y",
        "il",
        "elle",
        "nombre",
        "how",
        "many",
        "much",
        "what",
        "which",
        "is",
        "are",
        "was",
        "were",
        "the",
        "of",
        "in",
        "for",
        "and",
        "there",
        "did",
        "number",
        "total",
        "nous",
        "avons",
        "on",
        "fait",
        "dans",
        "pour",
        "sur",
        "par",
        "avec",
        "cette",
        "ce",
        "ces",
        "annee",
        "year",
    ]  # noqa: SIM905
)


@dataclass(frozen=True)
class Question:
    """What somebody asks: the words that name a figure, and the commune and year that were named, if any."""

    words: str
    commune: Ground | None
    year: int | None


@dataclass(frozen=True)
class Answer:
    """A figure that fits; `here` is its count in the commune that was asked about, with the page that shows it."""

    figure: KeyFigureValue
    here: str = ""
    href: str = ""


@require_safe
def page(request):
    """`?q=`: the figures that answer, the likeliest first."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    asked = read_question(words)
    years = sorted({*list_years(), *Edition.objects.values_list("year", flat=True)}, reverse=True)
    year = asked.year if asked.year in years else None
    found = answer(asked, year or years[0]) if asked.words else []
    if not year:  # Nobody named a year: the newest in which the likeliest figure has a value.
        for other in years[1:4]:
            if asked.words and not any(one.figure.value is not None for one in found[:3]):
                found, year = answer(asked, other), other
    return render(
        request,
        "dashboards/ask.html",
        {
            "words": words,
            "asked": asked,
            "answers": found,
            "year": year or years[0],
            "is_other_year": bool(asked.year and asked.year not in years),
        },
    )


def read_question(words: str) -> Question:
    """Take the year and the commune out of a question; what is left names the figure."""
    year = _YEAR.search(words)
    rest = tokens(_YEAR.sub(" ", words))
    commune = None
    for ground in sorted(list_grounds().values(), key=lambda one: -len(one.name)):
        name = tokens(ground.name)
        at = next((n for n in range(len(rest) - len(name) + 1) if rest[n : n + len(name)] == name), None) if name else None
        if at is not None:
            commune, rest = ground, [*rest[:at], *rest[at + len(name) :]]
            break
    return Question(" ".join(word for word in rest if word not in _ASKING), commune, int(year[0]) if year else None)


def answer(asked: Question, year: int) -> list[Answer]:
    """The figures whose names fit the words, with the commune's own count where it is counted there."""
    return [_answer(one, asked.commune, year) for one in search_key_figures(asked.words, year, validated_only=True)[:SHOWN]]


def _answer(one: KeyFigureValue, commune: Ground | None, year: int) -> Answer:
    if commune is None or one.computed_by not in local_figures() or year not in list_years():
        return Answer(one)
    counted = counted_in(one.computed_by, year)[commune.code]
    return Answer(one, say_number(counted), f"{reverse('dashboards:commune', args=[commune.code])}?year={year}")
