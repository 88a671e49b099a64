"""A rehearsed assembly: drafts and grants, a committee, a council and a bureau held with their acts, a council prepared, a signature book.

Everything goes through the doors of the engine, on a moved clock: what the demonstration shows is what the house can do.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from oppidum.bodies import voting
from oppidum.bodies.acting import conclude, sign
from oppidum.bodies.agenda import gather
from oppidum.bodies.attending import There, close_sitting, open_sitting, record_attendance
from oppidum.bodies.convening import convene, plan_sitting
from oppidum.bodies.models import Act, Attendance, Body, Sitting
from oppidum.bodies.waiting import list_waiting
from oppidum.cases.acting import act
from oppidum.cases.filing import file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.rehearsal.drafts import DECISIONS, DELIBERATIONS, ORDERS, Draft
from oppidum.rehearsal.grants import file_grants, report_on, to_the_council
from oppidum.services.institution.acts import AssemblyAct

CLERK = Actor("officer", None, "Secrétariat de l’assemblée", frozenset({"act", "assign"}))
NOTICE_DAYS = 12


@dataclass(frozen=True)
class Told:
    """What was rehearsed."""

    drafts: int
    acts: int
    sittings: int


def rehearse_sittings(officer: Officer, today: date, seed: int = 1) -> Told:
    """The committee for grants, the council and the bureau have sat; the council sits again in two weeks; the signature book waits.
    `officer` sees every case."""
    chance = random.Random(seed)
    council, bureau, committee = (Body.objects.get(code=code) for code in ("council", "bureau", "grants-committee"))
    half = len(DELIBERATIONS) * 2 // 3
    with clock.at(_at(today - timedelta(days=90), 9)):
        grants = file_grants()
    with clock.at(_at(today - timedelta(days=70), 9)):
        report_on(grants)
        _draft(DELIBERATIONS[:half], "deliberation")
    _hold(committee, officer, today - timedelta(days=55), chance)
    with clock.at(_at(today - timedelta(days=53), 9)):
        to_the_council(grants)
    acts = _hold(council, officer, today - timedelta(days=35), chance)
    acts += _hold(bureau, officer, today - timedelta(days=21), chance)
    with clock.at(_at(today - timedelta(days=20), 10)):
        _draft(DECISIONS[:4], "decision")
        _draft(ORDERS[:2], "order")
    with clock.at(_at(today - timedelta(days=12), 11)):
        authority = Body.objects.get(code="president")
        acts += sign(authority, [(one, one.actions[0].name) for one in list_waiting(authority, officer)])
    with clock.at(_at(today - timedelta(days=9), 9)):
        _draft(DELIBERATIONS[half:], "deliberation")
        _draft(DECISIONS[4:], "decision")
        _draft(ORDERS[2:], "order")
    with clock.at(_at(today - timedelta(days=2), 14)):
        coming = plan_sitting(council, _at(_thursday(today + timedelta(days=14)), 9))
        gather(coming, officer)
    return Told(len(DELIBERATIONS) + len(DECISIONS) + len(ORDERS) + len(grants), len(acts), Sitting.objects.count())


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)


def _thursday(day: date) -> date:
    return day + timedelta(days=(3 - day.weekday()) % 7)


def _draft(drafts: Sequence[Draft], kind: str) -> None:
    """File drafts and give them both visas."""
    filed = file_cases([prepare_case(AssemblyAct, _answers(one, kind), channel="desk") for one in drafts])
    for name in ("legal_visa", "dgs_visa"):
        act([(one.case_id, prepare(AssemblyAct, name, {}, CLERK)) for one in filed])


def _answers(one: Draft, kind: str) -> dict[str, str]:
    return {
        "kind": kind,
        "body": "council",
        "delegation": "DEL-2026-0003",
        "title": one.title,
        "directorate": one.directorate,
        "matter": one.matter,
        "is_individual": "no",
        "needs_sending": "yes",
        "note": one.note,
        "decision": f"Article 1 : {one.decision}\nArticle 2 : Le directeur général des services est chargé de l’exécution du présent acte.",
    }


def _hold(body: Body, officer: Officer, day: date, chance: random.Random) -> list[Act]:
    """A whole sitting, from its letters to its acts."""
    with clock.at(_at(day - timedelta(days=NOTICE_DAYS), 9)):
        sitting = plan_sitting(body, _at(day, 9))
        for item in gather(sitting, officer):
            if not item.decision:
                item.decision = f"Article unique : une subvention de {item.answers.get('granted', '')} est attribuée pour le projet « {item.title} »."
                item.save(update_fields=["decision"])
        convene(sitting)
    with clock.at(_at(day, 9)):
        members = list(body.members.in_office(day))
        record_attendance(sitting, _roll(members, chance))
        open_sitting(sitting, members[0], members[1])
    with clock.at(_at(day, 12)):
        for item in sitting.items.filter(outcome=""):
            _vote(item, sitting, chance)
        close_sitting(sitting)
    with clock.at(_at(day + timedelta(days=1), 10)):
        return conclude(sitting)


def _roll(members: Sequence, chance: random.Random) -> list[There]:
    """President and secretary are there; of the others nine in ten, and most of the rest are represented."""
    rows, free = [], []
    for place, member in enumerate(members):
        if place < 2 or chance.random() < 0.9:
            rows.append(There(member.pk, Attendance.State.PRESENT))
            free.append(member)
        else:
            rows.append(There(member.pk, Attendance.State.EXCUSED))
    chance.shuffle(free)
    for number, row in enumerate(rows):
        if row.state == Attendance.State.EXCUSED and free and chance.random() < 0.8:
            rows[number] = There(row.member, Attendance.State.REPRESENTED, free.pop().pk)
    return rows


def _vote(item, sitting: Sitting, chance: random.Random) -> None:
    """Most items pass with all voices, some with a group against, one in ten is disputed."""
    drawn = chance.random()
    members = [(m.pk, m.councillor.group) for m in sitting.body.members.in_office(sitting.on)]
    groups = sorted({group for _pk, group in members if group})
    against = chance.sample(groups, 2 if drawn > 0.9 else 1) if drawn > 0.6 and groups else []
    choice = "against" if drawn > 0.7 else "abstain"
    if item.kind == item.Kind.INFORMATION:
        voting.take_note(item)
        return
    casting = voting.room_of(item).casting
    said = {pk: choice for pk, group in members if group in against and pk in casting}
    voting.record_vote(item, said, recorded=drawn > 0.97)
