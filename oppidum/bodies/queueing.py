"""What waits to be sent to the prefect (contrôle de légalité), and what came of it: the dates of acts fill in here alone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from oppidum.bodies.errors import WrongState
from oppidum.bodies.models import Act, Secretariat, Series, Transmission
from oppidum.bodies.rules import acts as rules
from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.models import Case
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.core.clock import local_day
from oppidum.core.errors import Invalid
from oppidum.territory.models import Intercommunality

State = Transmission.State
# The nature of the act in @CTES: deliberations; regulatory orders; individual orders; others, decisions by delegation among them.
NATURES = {Series.DELIBERATION: ("DE", 1), Series.ORDER: ("AR", 2), Series.DECISION: ("AU", 6)}
INDIVIDUAL_ORDER = ("AI", 3)


def nature_of(one: Act) -> tuple[str, int]:
    """Two letters for file names, and the code of the message."""
    return INDIVIDUAL_ORDER if one.series == Series.ORDER and one.is_individual else NATURES[Series(one.series)]


def internal_number(one: Act) -> str:
    """The act's number as @CTES allows it: capitals, digits and underscores, fifteen at most."""
    return one.code.replace("-", "_")[:15]


def reference_of(one: Act, department: str, siren: str) -> str:
    """The identifier that sending and receipt share: 013-200054807-20270312-DEL_2027_0012-DE."""
    return f"{department}-{siren}-{one.decided_on:%Y%m%d}-{internal_number(one)}-{nature_of(one)[0]}"


def queue_acts(acts: Sequence[Act]) -> None:
    """Put acts in the queue, in one statement; once each."""
    if not acts:
        return
    office = Secretariat.objects.first()
    siren = Intercommunality.objects.values_list("siren", flat=True).first() or ""
    department = office.department if office else "000"
    now = clock.now()
    rows = [Transmission(act=one, reference=reference_of(one, department, siren), queued_at=now) for one in acts]
    Transmission.objects.bulk_create(rows, ignore_conflicts=True)


def waiting_to_be_sent() -> QuerySet[Transmission]:
    """The queue, oldest first."""
    return Transmission.objects.filter(state=State.QUEUED).select_related("act__body").order_by("queued_at", "pk")


def mark_sent(transmissions: Sequence[Transmission], at: datetime | None = None) -> None:
    """These left. An act may bind from today on, if it is published."""
    at = at or clock.now()
    with transaction.atomic():
        waiting = Transmission.objects.filter(pk__in=[t.pk for t in transmissions], state=State.QUEUED).select_for_update()
        acts = [t.act_id for t in waiting]
        waiting.update(state=State.SENT, sent_at=at, error="")
        Act.objects.filter(pk__in=acts, sent_on=None).update(sent_on=local_day(at))
        _settle(acts, "act_sent")


def mark_received(reference: str, number: str, at: datetime) -> Act:
    """The prefect's receipt: it proves the sending, whenever it is read. The same receipt twice changes nothing.

    Raises `Invalid` for a reference that nothing was sent under.
    """
    with transaction.atomic():
        one = Transmission.objects.select_for_update(of=("self",)).select_related("act").filter(reference=reference).first()
        if one is None:
            raise Invalid(field="reference")
        if one.state == State.RECEIVED:
            return one.act
        Transmission.objects.filter(pk=one.pk).update(state=State.RECEIVED, received_at=at, sent_at=one.sent_at or at, error="")
        sent_on = one.act.sent_on or local_day(at)
        Act.objects.filter(pk=one.act_id).update(received_at=at, receipt=number[:80], sent_on=sent_on)
        _settle([one.act_id], "act_received")
    return Act.objects.get(pk=one.act_id)


def mark_refused(reference: str, why: str) -> None:
    """The platform turned it away: somebody mends the cause and sends again."""
    Transmission.objects.filter(reference=reference).exclude(state=State.RECEIVED).update(state=State.REFUSED, error=why)


def send_again(one: Transmission) -> None:
    """Back in the queue after a refusal."""
    if one.state != State.REFUSED:
        raise WrongState()
    Transmission.objects.filter(pk=one.pk).update(state=State.QUEUED, queued_at=clock.now())


def mark_published(acts: Iterable[Act], day: date | None = None) -> None:
    """Put online today; they stay at least two months (CGCT, art. R2131-1)."""
    ids = [one.pk for one in acts]
    with transaction.atomic():
        Act.objects.filter(pk__in=ids, published_on=None).update(published_on=day or clock.today())
        _settle(ids, "act_published")


def mark_notified(one: Act, day: date) -> None:
    """An individual act was handed to the person it concerns on that day."""
    if day < one.signed_on or day > clock.today():
        raise Invalid(field="day")
    with transaction.atomic():
        Act.objects.filter(pk=one.pk).update(notified_on=day)
        _settle([one.pk], "act_notified")


def _settle(act_ids: Sequence[int], event: str) -> None:
    """Reckon from when acts bind, and tell the cases that they belong to."""
    acts = list(Act.objects.filter(pk__in=act_ids))
    binding = []
    for one in acts:
        day = rules.enforceable_on(one.dates)
        if day != one.enforceable_on:
            one.enforceable_on = day
            binding.append(one)
    Act.objects.bulk_update(binding, ["enforceable_on"])
    tell_cases(acts, event)
    tell_cases([one for one in binding if one.enforceable_on], "act_enforceable")


def tell_cases(acts: Sequence[Act], event: str) -> None:
    """Take the action named like the event ("act_sent", "act_published", "act_enforceable"...) on the cases whose flow offers it.

    A flow that doesn't is not concerned; a case that stands elsewhere has its own reasons. Neither holds the act up.
    """
    by_case = {one.case_id: one for one in acts if one.case_id}
    services = dict(Case.objects.filter(pk__in=by_case).values_list("pk", "service"))
    concerned = [pk for pk, code in services.items() if event in get_service(code).flow.actions]
    if concerned:
        act([(pk, Command(event, SYSTEM, {"act": by_case[pk].code})) for pk in sorted(concerned)])
