"""Words of the contact centre: numbers and codes as one reads them out, and what callers' words are about."""

from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import CallOutcome
from oppidum.cases.searching import find_categories
from oppidum.cases.searching.wording import plain_words
from oppidum.web.words import NO_BREAK

SUGGESTED = 5
LISTENED_TO = 1500
MOST_TURNS = 5
WORDS_A_TURN = 8

# What callers say around the matter. Each word less leaves room for one that tells.
_TALK = frozenset(
    plain_words(
        "bonjour bonsoir allo oui non merci madame monsieur voilà donc alors euh enfin bon ben vous appelle appeler téléphone téléphoner "
        "voudrais voudrait veux signaler signale déclarer dire parce que fait faire être suis était ça cela c'est y'a il-y-a depuis "
        "hier aujourd'hui matin soir semaine jour jours mois plusieurs chez moi côté près juste toujours encore très beaucoup tout "
        "hello good morning yes please would like calling call report say because since yesterday today week days month near still very"
    )
)

# Telephone spelling: in French the one of the post office's operators, in English that of ICAO.
SPELLED = {
    "A": pgettext_lazy("spelling", "Alfa"),
    "B": pgettext_lazy("spelling", "Bravo"),
    "C": pgettext_lazy("spelling", "Charlie"),
    "D": pgettext_lazy("spelling", "Delta"),
    "E": pgettext_lazy("spelling", "Echo"),
    "F": pgettext_lazy("spelling", "Foxtrot"),
    "G": pgettext_lazy("spelling", "Golf"),
    "H": pgettext_lazy("spelling", "Hotel"),
    "J": pgettext_lazy("spelling", "Juliett"),
    "K": pgettext_lazy("spelling", "Kilo"),
    "M": pgettext_lazy("spelling", "Mike"),
    "N": pgettext_lazy("spelling", "November"),
    "P": pgettext_lazy("spelling", "Papa"),
    "Q": pgettext_lazy("spelling", "Quebec"),
    "R": pgettext_lazy("spelling", "Romeo"),
    "S": pgettext_lazy("spelling", "Sierra"),
    "T": pgettext_lazy("spelling", "Tango"),
    "V": pgettext_lazy("spelling", "Victor"),
    "W": pgettext_lazy("spelling", "Whiskey"),
    "X": pgettext_lazy("spelling", "X-ray"),
    "Y": pgettext_lazy("spelling", "Yankee"),
}

OUTCOMES = {
    CallOutcome.REPORT: _("Report filed"),
    CallOutcome.JOINED: _("Joined an existing report"),
    CallOutcome.FOLLOW_UP: _("About an existing report"),
    CallOutcome.INFORMATION: _("Information given"),
    CallOutcome.REDIRECTED: _("Directed elsewhere"),
    CallOutcome.EMERGENCY: _("Emergency services"),
    CallOutcome.NOTHING: _("Nothing to open"),
    CallOutcome.LOST: _("Line lost"),
}


def say_phone(number: str) -> str:
    """ "+33491000000" -> "04 91 00 00 00"; a foreign number keeps its country."""
    try:
        read = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(read, form.NATIONAL if read.country_code == 33 else form.INTERNATIONAL).replace(" ", NO_BREAK)


def say_outcome(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, outcome))


def spell(code: str) -> list[list[tuple[str, str]]]:
    """A code in its groups, each letter with the word that stands for it; figures stand for themselves."""
    return [[(letter, str(SPELLED.get(letter, ""))) for letter in group] for group in code.split("-")]


def suggest(words: str) -> list[Category]:
    """The categories that a caller's words are probably about, best first.

    The search reads a few words at a time: what is said is heard turn by turn, and the category that comes up best and most wins.
    """
    scores: dict[str, float] = {}
    found: dict[str, Category] = {}
    for turn in turns(words):
        for rank, category in enumerate(_heard(turn, get_language() or "fr")):
            found[category.code] = category
            scores[category.code] = scores.get(category.code, 0) + 1 / (rank + 1)
    return [found[code] for code in sorted(scores, key=lambda code: -scores[code])[:SUGGESTED]]


@lru_cache(maxsize=256)
def _heard(turn: str, language: str) -> tuple[Category, ...]:
    """What a turn is about; while one types on, the turns before the last are the same again."""
    return tuple(find_categories(REPORTS.service, turn, language, SUGGESTED))


def turns(words: str) -> Iterator[str]:
    """The telling words, a few at a time."""
    telling = [word for word in plain_words(words[:LISTENED_TO]) if word not in _TALK and len(word) > 1]
    for start in range(0, min(len(telling), MOST_TURNS * WORDS_A_TURN), WORDS_A_TURN):
        yield " ".join(telling[start : start + WORDS_A_TURN])
