"""Votes as their cases tell them: what is on the ballot, on which days, and what came of it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from oppidum.cases.declaration.campaigns import last_instant
from oppidum.cases.marked import Marked, read_marked
from oppidum.cases.public import case_id_of, public_id
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.voting.marks import PROPOSAL, VOTE


@dataclass(frozen=True)
class Project:
    """What is on the ballot. `votes` and `is_chosen` are None before the count."""

    case_id: int
    title: str
    text: str
    theme: str
    cost_cents: int
    commune: str
    votes: int | None
    is_chosen: bool | None

    @property
    def public_id(self) -> str:
        return public_id(self.case_id)


@dataclass(frozen=True)
class Poll(Marked):
    """A vote."""

    mark = VOTE

    @property
    def budget_cents(self) -> int:
        return self.facts["budget"]

    @property
    def most_choices(self) -> int:
        return self.facts.get("most_choices") or 1

    @property
    def opens_on(self) -> date | None:
        return _day(self.facts.get("vote_opens_on"))

    @property
    def closes_on(self) -> date | None:
        return _day(self.facts.get("vote_closes_on"))

    @property
    def proposals_until(self) -> date | None:
        return _day(self.facts.get("proposals_until"))

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether a ballot is taken at that instant: up to the midnight that ends the last day, whenever the sweep comes."""
        closes = self.facts.get("vote_closes_on")
        return self.step == "voting" and bool(closes) and (now or clock.now()) < last_instant(closes)


def list_polls() -> list[Poll]:
    """All that everybody may know of, those that are voted on first."""
    order = {step: n for n, step in enumerate(VOTE.steps)}
    return sorted(_read(), key=lambda one: (order[one.step], -one.case_id))


def find_poll(name: str) -> Poll | None:
    """The vote of that public id."""
    case_id = case_id_of(name)
    return find_poll_of(case_id) if case_id else None


def find_poll_of(case_id: int) -> Poll | None:
    return next(iter(_read(case_id)), None)


def list_projects(poll: Poll) -> list[Project]:
    """What is on the ballot, in the order in which it was proposed; after the count, the most votes first. One query."""
    found = rows(
        """select c.id, c.answers ->> 'title', c.answers ->> 'theme', coalesce(c.commune_id, ''), l.facts,
                  (select j.data ->> 'ballot_text' from cases_journal j where j.case_id = c.id and j.action = 'retain'
                   order by j.seq desc limit 1)
           from cases_link k join cases_case c on c.id = k.case_id join cases_live l on l.case_id = c.id
           where k.other_id = %(call)s::bigint and k.kind = 'part' and c.service = %(service)s and l.step = any(%(steps)s) order by c.id""",
        {"call": poll.case_id, "service": PROPOSAL.code, "steps": list(PROPOSAL.steps)},
    )
    themes = PROPOSAL.service.form["theme"]
    told = [
        Project(
            case_id,
            title or "",
            text or "",
            str(themes.show(theme or "")),
            facts.get("cost") or 0,
            commune,
            facts.get("votes"),
            facts.get("is_chosen"),
        )
        for case_id, title, theme, commune, facts, text in ((*row[:4], json.loads(row[4]), row[5]) for row in found)
    ]
    return sorted(told, key=lambda one: (-(one.votes or 0), one.case_id))


def _read(case_id: int | None = None) -> list[Poll]:
    return [Poll(*fields) for fields in read_marked(VOTE, case_id)]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
