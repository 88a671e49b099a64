"""Notices as text messages: which way each person is told, and the short words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oppidum.cases.declaration import Service
from oppidum.cases.mailing.notices import Told, render_short
from oppidum.cases.models import Party, TextMessage
from oppidum.cases.rules.phones import can_be_texted
from oppidum.cases.texting.choices import MAIL, SMS, choose_ways, kind_of
from oppidum.cases.texting.gsm import cut, spell
from oppidum.cases.texting.numbers import find_silent
from oppidum.people.models import Resident

# Two parts at most: what has more to say says it behind the link.
LONGEST = 2 * 153
_STOPS = (".", ":", "!", "?")


@dataclass(frozen=True)
class Ways:
    """What is known, for a batch, of the persons to be told: their choices by e-mail address, the numbers that get nothing and why."""

    chosen: Mapping[str, Mapping[str, str]]
    silent: Mapping[str, str]

    def of(self, service: type[Service], action: str, party: Party) -> frozenset[str]:
        """By which ways this person is told of that action. Who chose text messages alone and gets none is told by mail."""
        kind, has_mobile = kind_of(service, action), can_be_texted(party.phone)
        ways = choose_ways(kind, self.chosen.get(party.email.lower(), {}), bool(party.email), has_mobile)
        return ways | {MAIL} if SMS in ways and party.email and party.phone in self.silent else ways

    def fate(self, party: Party) -> str:
        """The first fate of a text message to this person."""
        return self.silent.get(party.phone, TextMessage.Fate.QUEUED)


def read_ways(parties: Iterable[Party]) -> Ways:
    """The choices of these persons; three queries however many they are."""
    them = list(parties)
    emails = {party.email.lower() for party in them if party.email}
    chosen = dict(Resident.objects.filter(email__in=emails).values_list("email", "ways")) if emails else {}
    return Ways(chosen, find_silent(party.phone for party in them if can_be_texted(party.phone)))


def short_words(service: type[Service], action: str, told: Told, language: str) -> str:
    """The whole text message: what the notice says in short, and where to read on."""
    said, link = render_short(service, action, told, language)
    short = cut(spell(said), LONGEST - len(link) - 2)
    return f"{short}{'' if short.endswith(_STOPS) else '.'} {link}"
