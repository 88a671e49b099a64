"""The portfolio of projects as everybody reads it: milestones planned and reached, budget and funders, told from the cases of the service marked `PROJECT`.

A project's page and the year's achievements are the fold of its answers and its journal; nothing is kept twice. Two queries whatever
the number of projects. No private answer is read.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from oppidum.cases.public import case_id_of, public_id
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.publishing.marks import PROJECT

REACHED, DELIVERED = "reach", "deliver"


@dataclass(frozen=True)
class Milestone:
    """What a project promises for a day. `first_expected_on` is the first day that was told, where it moved since."""

    name: str
    expected_on: date | None = None
    first_expected_on: date | None = None
    reached_on: date | None = None
    says: str = ""
    moved_because: str = ""

    def state(self, today: date) -> str:
        """ "reached", "late" or "coming"."""
        if self.reached_on:
            return "reached"
        return "late" if self.expected_on and self.expected_on < today else "coming"


@dataclass(frozen=True)
class Funder:
    name: str
    cents: int


@dataclass(frozen=True)
class Project:
    """A project as its page shows it. `budget_cents` is without VAT, None where none was told."""

    case_id: int
    title: str
    theme: str
    summary: str
    step: str
    commune: str
    lon: float | None
    lat: float | None
    milestones: tuple[Milestone, ...]
    budget_cents: int | None
    funders: tuple[Funder, ...]
    progress: str = ""
    progress_on: date | None = None
    delivered_on: date | None = None
    why: str = ""

    @property
    def public_id(self) -> str:
        return public_id(self.case_id)

    @property
    def theme_label(self) -> str:
        return str(PROJECT.service.form["theme"].options.get(self.theme, self.theme))

    @property
    def step_label(self) -> str:
        return str(PROJECT.service.flow.steps[self.step].label)

    @property
    def funded_cents(self) -> int:
        return sum(one.cents for one in self.funders)

    @property
    def next_milestone(self) -> Milestone | None:
        return next((one for one in self.milestones if not one.reached_on), None)


@dataclass(frozen=True)
class Achievement:
    """Something that a project reached: what the year's report lists."""

    on: date
    project: str
    public_id: str
    theme: str
    what: str
    says: str = ""
    is_delivery: bool = False


@dataclass(frozen=True)
class Told:
    """An entry of the journal: what, on which day, with which data."""

    action: str
    on: date
    data: Mapping[str, Any]


def list_projects() -> list[Project]:
    """All public projects: those under way first, the one whose milestone is nearest before the others."""
    found = _read("")
    order = {step: n for n, step in enumerate(PROJECT.steps)}

    def rank(one: Project) -> tuple[int, date, str]:
        coming = one.next_milestone
        return order[one.step], (coming and coming.expected_on) or one.delivered_on or date.max, one.title

    return sorted(found, key=rank)


def find_project(name: str) -> Project | None:
    """The public project of that public id, if there is one."""
    case_id = case_id_of(name)
    return next(iter(_read("and c.id = %(case)s::bigint", case=case_id)), None) if case_id else None


def list_achievements(year: int) -> list[Achievement]:
    """What public projects reached and delivered in `year`, in the order of the days: "done in the year" writes itself."""
    found = [one for project in _read("") for one in _achievements(project) if one.on.year == year]
    return sorted(found, key=lambda one: (one.on, one.project))


def _achievements(project: Project) -> Iterator[Achievement]:
    about = {"project": project.title, "public_id": project.public_id, "theme": project.theme}
    for one in project.milestones:
        if one.reached_on:
            yield Achievement(one.reached_on, what=one.name, says=one.says, **about)
    if project.delivered_on:
        label = str(PROJECT.service.flow.steps["delivered"].label)
        yield Achievement(project.delivered_on, what=label, is_delivery=True, **about)


def _read(narrowed: str, **given: Any) -> list[Project]:
    entries: dict[int, list[Told]] = {}
    for case_id, action, on, data in rows(
        f"""select j.case_id, j.action, (j.valid_at at time zone 'Europe/Paris')::date, j.data
            from cases_journal j join cases_case c on c.id = j.case_id
            where c.service = %(service)s and j.action = any(%(actions)s) {narrowed} order by j.case_id, j.seq""",
        {"service": PROJECT.code, "actions": list(PROJECT.acts), **given},
    ):
        entries.setdefault(case_id, []).append(Told(action, on, json.loads(data)))
    found = rows(
        f"""select c.id, c.answers, l.step, coalesce(c.commune_id, '') from cases_case c join cases_live l on l.case_id = c.id
            where c.service = %(service)s and l.is_public and c.answers ->> 'is_public' = 'true' {narrowed} order by c.id""",
        {"service": PROJECT.code, **given},
    )
    return [tell_project(case, json.loads(answers), step, commune, entries.get(case, ())) for case, answers, step, commune in found]


def tell_project(case_id: int, answers: Mapping[str, Any], step: str, commune: str, entries: Sequence[Told]) -> Project:
    """Fold the answers and the journal into what is told. Pure."""
    place, said = answers.get("where") or {}, _last(entries, "tell")
    budget, delivered, stopped = _last(entries, "budget"), _last(entries, DELIVERED), _last(entries, "suspend", "abandon")
    why = (stopped.data.get("suspended_because") or stopped.data.get("abandoned_because") or "") if stopped else ""
    return Project(
        case_id,
        title=answers.get("title") or "",
        theme=answers.get("theme") or "",
        summary=answers.get("summary") or "",
        step=step,
        commune=commune,
        lon=place.get("lon"),
        lat=place.get("lat"),
        milestones=tuple(tell_milestones(answers.get("milestones") or (), entries)),
        budget_cents=budget.data["budget"] if budget else answers.get("budget"),
        funders=tuple(_funders(answers.get("funders") or (), entries)),
        progress=said.data["progress"] if said else "",
        progress_on=said.on if said else None,
        delivered_on=_day(delivered.data.get("delivered_on")) if delivered and step == "delivered" else None,
        why=why if step in ("suspended", "abandoned") else "",
    )


def tell_milestones(planned: Iterable[Mapping[str, Any]], entries: Iterable[Told]) -> list[Milestone]:
    """Milestones by the day on which they were reached or are expected; one keeps its name, so that another date moves it."""
    found: dict[str, Milestone] = {}
    for one in planned:
        found[_key(one["milestone"])] = Milestone(one["milestone"], _day(one.get("expected_on")))
    for entry in entries:
        if entry.action not in ("plan", REACHED):
            continue
        name = entry.data["milestone"]
        before = found.get(_key(name), Milestone(name))
        if entry.action == "plan":
            expected = _day(entry.data["expected_on"])
            first = before.first_expected_on or before.expected_on
            moved = first if first != expected else None
            told = entry.data.get("moved_because") or before.moved_because
            found[_key(name)] = Milestone(before.name, expected, moved, before.reached_on, before.says, told)
        else:
            reached, says = _day(entry.data["reached_on"]), entry.data.get("reached_says") or ""
            found[_key(name)] = Milestone(
                before.name, before.expected_on, before.first_expected_on, reached, says, before.moved_because
            )
    return sorted(found.values(), key=lambda one: one.reached_on or one.expected_on or date.max)


def _funders(first: Iterable[Mapping[str, Any]], entries: Iterable[Told]) -> Iterator[Funder]:
    """Who pays; a funder that commits itself again adds to its share."""
    sums: dict[str, list[Any]] = {}
    for data in (*first, *(entry.data for entry in entries if entry.action == "fund")):
        sums.setdefault(_key(data["funder"]), [data["funder"], 0])[1] += data["funded"]
    yield from (Funder(name, cents) for name, cents in sorted(sums.values(), key=lambda pair: -pair[1]))


def _last(entries: Iterable[Told], *actions: str) -> Told | None:
    found = None
    for entry in entries:
        found = entry if entry.action in actions else found
    return found


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def count_by_state(projects: Iterable[Project]) -> dict[str, int]:
    """How many stand in each step."""
    counted: dict[str, int] = {}
    for one in projects:
        counted[one.step] = counted.get(one.step, 0) + 1
    return counted


def is_late(project: Project) -> bool:
    """Whether a milestone is past its day without being reached, in a project that goes on."""
    today = clock.today()
    return project.step in ("studies", "works") and any(one.state(today) == "late" for one in project.milestones)
