"""What tests of services that a body decides share: acting for an officer or a resident, a vote from the agenda to the act."""

from datetime import datetime

from oppidum.bodies import voting
from oppidum.bodies.acting import conclude
from oppidum.bodies.agenda import gather
from oppidum.bodies.attending import There, close_sitting, open_sitting, record_attendance
from oppidum.bodies.convening import convene, plan_sitting
from oppidum.bodies.models import Body, Member
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.models import Case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock
from oppidum.people.models import Officer, Role

CLERK = Actor("officer", 1, "Sasha", frozenset({"act", "assign", "note"}))


def take(case_id, action, actor=CLERK, **raw):
    """Take an action of the case's service."""
    service = get_service(Case.objects.get(pk=case_id).service)
    return act_on(case_id, prepare(service, action, raw, actor))


def seated(code, kind, councillors, **words):
    """A body with these councillors as its members."""
    body = Body.objects.create(code=code, name=code.capitalize(), kind=kind, place="Hôtel de ville", **words)
    for rank, councillor in enumerate(councillors):
        role = "president" if rank == 0 else "member"
        Member.objects.create(
            body=body, councillor=councillor, rank=rank, role=role, quality="Présidente", since=datetime(2026, 4, 1)
        )
    return body


def secretary():
    """An officer who sees every case."""
    role, _made = Role.objects.get_or_create(
        code="assembly-office", defaults={"name": "Assemblées", "reach": "all", "rights": ["act", "sittings"]}
    )
    return Officer.objects.get_or_create(username="sasha", defaults={"role": role})[0]


def vote(body, *, month, day, against=(), decision="Article unique."):
    """A whole sitting of the body on what waits for it, seven days after it was convened; returns its acts."""
    sits_at = datetime(2027, month, day, 18, tzinfo=clock.PARIS)
    with clock.at(datetime(2027, month, day - 7, 9, tzinfo=clock.PARIS)):
        sitting = plan_sitting(body, sits_at)
        gather(sitting, secretary())
        for item in sitting.items.filter(decision=""):
            item.decision, item.note = decision, item.note or "Note"
            item.save()
        convene(sitting)
    members = list(body.members.in_office(sits_at.date()))
    with clock.at(sits_at):
        record_attendance(sitting, [There(m.pk, "present") for m in members])
        open_sitting(sitting, members[0], members[-1])
        for item in sitting.items.filter(outcome=""):
            voting.record_vote(item, dict.fromkeys([m.pk for m in members], "against") if against else {})
        close_sitting(sitting)
        return conclude(sitting)
