"""The mails and text messages that would leave if an officer took an act now, as their readers would see them. Nothing is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oppidum.cases.declaration import get_service
from oppidum.cases.mailing.notices import choose_readers, read_authority, read_originals, render_notice, tell
from oppidum.cases.models import Case, Message, Party
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.decide import decide
from oppidum.cases.rules.evolve import evolve
from oppidum.cases.rules.standing import Command, Standing
from oppidum.cases.texting.choices import MAIL, SMS
from oppidum.cases.texting.gsm import measure
from oppidum.cases.texting.telling import read_ways, short_words
from oppidum.core import clock
from oppidum.people.models import Officer, Team


@dataclass(frozen=True, slots=True)
class Preview:
    """What would leave one way ("mail" or "sms") in one language, and how many would read it. A text message has no subject, and takes
    so many `segments`."""

    language: str
    subject: str
    body: str
    readers: int
    way: str = MAIL
    segments: int = 0


def preview(case: Case, action: str, raw: Mapping[str, Any], officer: Officer) -> list[Preview]:
    """What would leave if `officer` took `action` now, mails first; none if nobody would be written to.

    Raises the refusal that the action itself would meet.
    """
    standing = read_standings([case.pk])[case.pk]
    service = get_service(standing.service, standing.definition)
    return preview_command(case, standing, prepare(service, action, raw, actor_of(officer)))


def preview_command(case: Case, standing: Standing, command: Command) -> list[Preview]:
    """As `preview`, for a command that is prepared."""
    service = get_service(standing.service, standing.definition)
    decision = decide(service, standing, command, clock.now())
    if "notify" not in {kind for kind, _ in decision.effects}:
        return []
    after = evolve(service, standing, decision.fact)
    message = decision.words.text if decision.words and decision.words.kind == Message.TO_RESIDENT else ""
    team = Team.objects.filter(pk=after.team_id).first()
    told = tell(case, after, decision.fact, team, read_authority(), message, read_originals([decision.fact]))
    readers = choose_readers(Party.objects.filter(case=case), told)
    ways = read_ways(readers)
    counted = Counter((way, party.language) for party in readers for way in ways.of(service, command.action, party))
    previews = []
    for (way, language), count in sorted(counted.items()):
        if way == SMS:
            words = short_words(service, command.action, told, language)
            previews.append(Preview(language, "", words, count, SMS, measure(words).segments))
        else:
            previews.append(Preview(language, *render_notice(service, command.action, told, language), count))
    return previews
