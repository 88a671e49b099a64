"""Who lives a year: the lanes of each worker, made from the run's database. However many workers, the same lanes in all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from oppidum.cases.declaration import catalogue, get_service
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.standing import Actor
from oppidum.people.models import Officer, Team
from oppidum.rehearsal.replay.contact_centre import Calls
from oppidum.rehearsal.replay.crews import Ground, Staffing
from oppidum.rehearsal.replay.drawing import Drawing
from oppidum.rehearsal.replay.lane import Lane
from oppidum.rehearsal.replay.plan import Plan
from oppidum.rehearsal.replay.reports import Hands, Reports
from oppidum.rehearsal.replay.requests import Requests, Spots, part_services
from oppidum.rehearsal.replay.year import Year

UNASSIGNED = "unassigned"
# A request costs about so many times the work of a report: longer forms, more acts, drawn one by one.
REQUEST_WEIGHT = 5.0
# What isn't parted further: services that meet somewhere, by their codes; or the reports of a team, by its number.
Part = frozenset[str] | int | None
# Rehearsed teams act whatever role the demonstration gave its officers.
_TEAM_RIGHTS = frozenset({"act", "assign", "note"})


class NobodyThere(Exception):
    """There is no territory, or nobody works there yet."""


@dataclass
class _Cast:
    plan: Plan
    year: Year
    drawing: Drawing
    hands: Mapping[int | None, Hands]
    loads: Mapping[int | None, float]
    phone_officer: Actor | None


def make_lanes(plan: Plan, number: int) -> list[Lane]:
    """The lanes of worker `number` of the plan's workers. Raises `NobodyThere`."""
    cast = _gather(plan)
    mine = _deal_out(cast)[number]
    parts = [part for part in mine if isinstance(part, frozenset)]
    spots = Spots(plan.seed, [get_service(code) for part in parts for code in sorted(part)], plan.scale) if parts else None
    lanes: list[Lane] = [Requests(plan, part, spots) for part in parts]
    if "report" in plan.services:
        if teams := [part for part in mine if not isinstance(part, frozenset)]:
            hands = {team: cast.hands[team] for team in teams}
            lanes.append(Reports(plan, cast.drawing, hands, _staffing(cast), cast.phone_officer))
        if number == plan.workers - 1:
            officers = [cast.phone_officer.id] if cast.phone_officer else list(Officer.objects.values_list("pk", flat=True)[:1])
            lanes.append(Calls(plan, cast.year, cast.drawing, officers))
    return lanes


def _staffing(cast: _Cast) -> Staffing:
    loads = {cast.hands[team].code: load for team, load in cast.loads.items()}
    return Staffing.load(cast.year, _grounds()).with_loads(loads).changed(cast.plan.changes.crews)


def _deal_out(cast: _Cast) -> list[list[Part]]:
    """What each worker lives: the heaviest part first, to whoever has least. Reports are parted by teams, which never meet."""
    requests = part_services(get_service(code) for code in sorted(cast.plan.services - {"report"}))
    weights: dict[Part, float] = {
        part: REQUEST_WEIGHT * sum(get_service(code).rehearsal.per_year for code in part) for part in requests
    }
    weights |= cast.loads
    dealt: list[list[Part]] = [[] for _ in range(cast.plan.workers)]
    loads = [0.0] * cast.plan.workers
    for part, weight in sorted(weights.items(), key=lambda each: (-each[1], _name(cast, each[0]))):
        least = loads.index(min(loads))
        loads[least] += weight
        dealt[least].append(part)
    return dealt


def _name(cast: _Cast, part: Part) -> str:
    return min(part) if isinstance(part, frozenset) else cast.hands[part].code


def _gather(plan: Plan) -> _Cast:
    everyone = list(
        Officer.objects.filter(role__isnull=False).select_related("role").prefetch_related("teams").order_by("username")
    )
    if not everyone:
        raise NobodyThere("nobody works here yet: `oppidum territory load SIREN`, `oppidum people load`")
    year = Year.load(plan.year).changed(plan.changes.days)
    drawing = Drawing(plan, year, catalogue()["report"].rehearsal.per_year)
    loads = drawing.loads() if "report" in plan.services else {}
    phone = next((actor_of(one) for one in everyone if one.role.code == "contact-centre"), None)
    return _Cast(plan, year, drawing, _hands(loads, everyone), loads, phone and Actor("resident", phone.id, phone.name))


def _hands(loads: Mapping[int | None, float], everyone: list[Officer]) -> dict[int | None, Hands]:
    """Of each team its officers; where it has none, those who dispatch and lead."""
    acting = {one.pk: actor_of(one)._replace(rights=_TEAM_RIGHTS) for one in everyone}
    standing_in = [acting[one.pk] for one in everyone if one.role.code in ("dispatcher", "supervisor")] or list(acting.values())
    codes = dict(Team.objects.values_list("pk", "code"))
    members: dict[int, list[Actor]] = {}
    for one in everyone:
        for team in one.teams.all():
            members.setdefault(team.pk, []).append(acting[one.pk])
    return {team: Hands(codes.get(team, UNASSIGNED), members.get(team, standing_in)) for team in loads}


def _grounds() -> dict[str, Ground]:
    """Communes' inhabitants and areas (km2), by INSEE code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select code, population, st_area(outline::geography) / 1e6 from territory_commune where outline is not null"
        )
        return {code: Ground(population, area) for code, population, area in cursor.fetchall()}
