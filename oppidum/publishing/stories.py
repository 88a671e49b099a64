"""What a letter may say of a case: read for a whole batch in some ten queries, told as the case stood at the letter's entry.

Rendered late, or again, a letter says the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oppidum.cases.declaration import Service, get_service
from oppidum.cases.models import Case, Message, Party
from oppidum.cases.reading import read_journals
from oppidum.cases.rules.evolve import fold
from oppidum.cases.rules.standing import Fact, Standing
from oppidum.core import clock
from oppidum.people.models import Directorate, Officer, Team
from oppidum.publishing.issuing import TownHalls, read_town_halls
from oppidum.publishing.models import Correspondent, Letterhead
from oppidum.territory.models import Intercommunality


@dataclass(frozen=True)
class House:
    """What is the same in all papers: the authority, its letterhead, its correspondents and directorates, its communes' town halls."""

    authority: str
    letterhead: Letterhead | None
    correspondents: Mapping[str, Correspondent]
    directorates: Mapping[str, str]
    town_halls: TownHalls | None = None


@dataclass(frozen=True)
class Story:
    """A case at one entry of its journal. `values`: every answer, fact and private word by its name, as stored."""

    case: Case
    service: type[Service]
    standing: Standing
    fact: Fact
    journal: tuple[Fact, ...]
    values: Mapping[str, Any]
    house: House
    author: Party | None = None
    team: Team | None = None
    officer: Officer | None = None
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day that the entry counts from: the one the letter bears."""
        return clock.local_day(self.fact.legal_at)


def read_house() -> House:
    """The authority's own data, in six queries."""
    return House(
        Intercommunality.objects.values_list("name", flat=True).first() or "",
        Letterhead.objects.first(),
        {c.code: c for c in Correspondent.objects.all()},
        dict(Directorate.objects.values_list("code", "name")),
        read_town_halls(),
    )


def read_stories(entries: Iterable[tuple[int, int]], house: House | None = None) -> dict[tuple[int, int], Story]:
    """The stories of each (case id, seq); cases that are gone are left out."""
    wanted = sorted(set(entries))
    ids = sorted({case_id for case_id, _ in wanted})
    house = house or read_house()
    cases = Case.objects.select_related("commune").defer("search", "commune__outline", "commune__centre").in_bulk(ids)
    journals = read_journals(ids)
    words: dict[int, list[Message]] = {}
    for message in Message.objects.filter(case_id__in=ids).order_by("seq"):
        words.setdefault(message.case_id, []).append(message)
    authors = {p.case_id: p for p in Party.objects.filter(case_id__in=ids, role=Party.AUTHOR).order_by("-pk")}
    told = [(i, seq, *_until(cases[i], journals[i], seq)) for i, seq in wanted if i in cases]
    teams = Team.objects.select_related("directorate").in_bulk({s.team_id for _, _, s, _ in told if s.team_id})
    officers = Officer.objects.in_bulk({_officer_of(s, facts[seq - 1]) for _, seq, s, facts in told} - {None})
    return {
        (i, seq): _story(cases[i], seq, standing, facts, words.get(i, []), house, authors.get(i), teams, officers)
        for i, seq, standing, facts in told
    }


def _until(case: Case, journal: list[Fact], seq: int) -> tuple[Standing, tuple[Fact, ...]]:
    """Where the case stood with that entry. Routing belongs to filing: an acknowledgement names the team."""
    until = seq + (seq < len(journal) and journal[seq].action == "route")
    facts = tuple(journal[:until])
    return fold(get_service(case.service, case.definition), case.pk, facts), facts


def _officer_of(standing: Standing, fact: Fact) -> int | None:
    """Who is in charge (CRPA, art. L111-2): the officer that the case was given to, else the one who acted."""
    return standing.officer_id or (fact.actor.id if fact.actor.kind == "officer" else None)


def _story(case, seq, standing, facts, messages, house, author, teams, officers) -> Story:
    service, fact = get_service(case.service, standing.definition), facts[seq - 1]
    values: dict[str, Any] = {**case.answers, **{n: v for f in facts for n, v in f.data.items() if n != "facts"}}
    values |= _private_words(service, facts, messages)
    known = {**service.known(standing, clock.local_day(fact.legal_at)), **values}
    officer = officers.get(_officer_of(standing, fact))
    return Story(case, service, standing, fact, facts, values, house, author, teams.get(standing.team_id), officer, known)


def _private_words(service: type[Service], facts: Iterable[Fact], messages: Iterable[Message]) -> dict[str, str]:
    """What was written in private demands, by the demand's name: an action has one at most that isn't a note."""
    by_seq = {m.seq: m.text for m in messages if m.kind != Message.NOTE}
    found = {}
    for fact in facts:
        action = service.flow.actions.get(fact.action)
        if action and fact.seq in by_seq:
            found |= {n: by_seq[fact.seq] for n, q in action.demands.items() if q.private and q.kind == "text" and n != "note"}
    return found
