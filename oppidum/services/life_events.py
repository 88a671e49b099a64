"""Moments of life (événements de vie) that bring people to several services at once. A service names its moments in its file of words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.searching.wording import plain_words


@dataclass(frozen=True)
class LifeEvent:
    """`icon` is a Lucide name; `words`: sayings separated by commas, each heard when all its words were written."""

    code: str
    name: Any
    says: Any
    icon: str
    words: Any


LIFE_EVENTS = {
    event.code: event
    for event in (
        LifeEvent(
            "moving", _("I am moving house"), _("Bins, bulky things, help with the costs, the way to the new school."), "house",
            _("move house, moving, new flat, just arrived"),
        ),
        LifeEvent(
            "school", _("My child goes to school"), _("The school bus, music, swimming and other lessons."), "bus",
            _("start of term, starts school, new school"),
        ),
        LifeEvent(
            "home-works", _("I build or renovate"), _("Permits, money for works, what to do with the rubble."), "wrench",
            _("works at home, renovate house, build house"),
        ),
        LifeEvent(
            "sell-or-let", _("I sell or let a home"), _("What to declare, and what is checked first."), "key-round",
            _("sell house, sell flat, let flat, sale of house"),
        ),
        LifeEvent(
            "hard-times", _("I can no longer pay"), _("Rent, energy bills, young people without means."), "hand-heart",
            _("no money, cannot pay, debts, lost job"),
        ),
        LifeEvent(
            "death", _("Somebody has died"), _("The ceremony, the cremation, the ashes."), "star",
            _("died, dead mother, dead father, death, funeral"),
        ),
        LifeEvent(
            "firm", _("I start or run a business"), _("Aid, premises, waste of the business, calls that are open."), "store",
            _("start business, create company, open shop"),
        ),
        LifeEvent(
            "association", _("I run an association"), _("Grants, rooms and sports grounds."), "handshake",
            _("our association, create association"),
        ),
        LifeEvent(
            "sea", _("I have a boat"), _("A berth, a night in a harbour, a trade on the quay."), "sailboat",
            _("boat, sailing boat, harbour"),
        ),
        LifeEvent(
            "leisure", _("Sport, music and leisure"), _("Lessons, pools, rooms and pitches."), "waves",
            _("leisure, sport, hobbies"),
        ),
        LifeEvent(
            "have-a-say", _("I want to have a say"), _("Public inquiries, votes, ideas for the neighbourhood."), "message-circle",
            _("give opinion, have a say, public project"),
        ),
    )
}  # fmt: skip


def find_life_event(words: str) -> LifeEvent | None:
    """The moment of life that `words` tell of in the reader's language, if they do."""
    written = set(plain_words(words))
    return next((event for event in LIFE_EVENTS.values() if any(_is_in(saying, written) for saying in str(event.words).split(","))), None)


def _is_in(saying: str, written: set[str]) -> bool:
    needed = set(plain_words(saying))
    return bool(needed) and needed <= written
