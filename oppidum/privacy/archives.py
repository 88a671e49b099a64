"""Destroying files as archives law asks: proposed, given the archives' visa, destroyed, the list kept for ever.

Code du patrimoine, art. L212-2, L212-3, R212-13, R212-14. It concerns the outcomes whose retention says then="destroy". Each stage is
a fact in the journal of every case, and goes by sets: 100,000 cases are some hundred statements. What the archives want to keep is
left out of the destruction and never proposed again; what must be kept when the day comes (opened again, owed) stays too.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.privacy import DESTROY, outcomes_of
from oppidum.cases.declaration.recorded import ARCHIVE, PROPOSE, VISA
from oppidum.cases.persons.retaining import due_cases, forget
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.standing import SYSTEM, Actor, Command
from oppidum.core import clock
from oppidum.core.errors import NotAllowed, Refusal
from oppidum.core.sql import rows, server_cursor
from oppidum.people.models import Officer
from oppidum.privacy.looking import RIGHT
from oppidum.privacy.models import DestructionList, ListedCase

Fate = ListedCase.Fate
BATCH = 2000

_UNLISTED = """
    select asked.id from unnest(%s::bigint[]) as asked(id) where not exists (
        select from privacy_listedcase c where c.case_id = asked.id and c.fate in ('proposed', 'archived'))
    order by asked.id
"""
_LIST = """
    insert into privacy_listedcase (list_id, case_id, code, commune, category, filed_on, ended_on, fate)
    select %s, c.id, c.code, coalesce(l.commune, ''), l.category, l.filed_on, (l.ended_at at time zone 'Europe/Paris')::date, 'proposed'
    from cases_case c join cases_live l on l.case_id = c.id where c.id = any(%s)
"""


class NothingDue(Refusal):
    """No file of that kind may be destroyed yet."""

    code = "nothing-due"
    status = 409
    default = gettext_lazy("No file of this kind has come to the end of its time.")


class NotTheStage(Refusal):
    """The list is not where this can be done."""

    code = "not-the-stage"
    status = 409
    default = gettext_lazy("The list has gone on meanwhile: look at where it stands.")


def propose(officer: Officer, service_code: str, outcome: str, limit: int = 100_000) -> DestructionList:
    """A list of the files that ended so and whose time is over, for the archives to look at. Raises `NothingDue`."""
    _require(officer)
    service, now = get_service(service_code), clock.now()
    kept = outcomes_of(service).get(outcome)
    if kept is None or kept.then != DESTROY:
        raise NothingDue()
    with transaction.atomic():
        found = DestructionList.objects.create(
            number=_next_number(now),
            service=service_code,
            outcome=outcome,
            reason=str(kept.reason)[:300],
            proposed_at=now,
            proposed_by=officer,
        )
        listed = 0
        for ids in due_cases(service, outcome, kept, now, BATCH):
            due = [case_id for (case_id,) in rows(_UNLISTED, [ids])][: limit - listed]
            _tell(due, PROPOSE, {"list": found.number}, actor_of(officer), now)
            with server_cursor() as cursor:
                cursor.execute(_LIST, [found.pk, due])
            listed += len(due)
            if listed >= limit:
                break
        if not listed:
            raise NothingDue()
    return found


def give_visa(officer: Officer, list_id: int, by: str, reference: str, keep: Iterable[str] = ()) -> DestructionList:
    """Write down the visa of the archives (who gave it, its reference); the files whose codes are in `keep` go to the archives."""
    _require(officer)
    now = clock.now()
    with transaction.atomic():
        found = DestructionList.objects.select_for_update().get(pk=list_id)
        if found.visa_at or not by.strip() or not reference.strip():
            raise NotTheStage()
        kept = found.cases.filter(code__in=list(keep))
        data = {"list": found.number, "visa": reference.strip()[:100]}
        for ids in _batches(list(kept.values_list("case_id", flat=True))):
            _tell(ids, ARCHIVE, data, actor_of(officer), now)
        kept.update(fate=Fate.ARCHIVED)
        for ids in _batches(list(found.cases.filter(fate=Fate.PROPOSED).values_list("case_id", flat=True))):
            _tell(ids, VISA, data, actor_of(officer), now)
        found.visa_at, found.visa_by, found.visa_reference = now, by.strip()[:200], data["visa"]
        found.save()
    return found


def destroy(list_id: int, now: datetime | None = None) -> int:
    """Destroy the files of a list that has its visa; returns how many. Stopped in the middle and run again, it does the rest."""
    now = now or clock.now()
    found = DestructionList.objects.get(pk=list_id)
    if not found.visa_at:
        raise NotTheStage()
    destroyed = 0
    data = {"list": found.number, "visa": found.visa_reference}
    while ids := list(found.cases.filter(fate=Fate.PROPOSED).order_by("case_id").values_list("case_id", flat=True)[:BATCH]):
        with transaction.atomic():
            done = forget(ids, now, data=data, entirely=True)
            found.cases.filter(case_id__in=done).update(fate=Fate.DESTROYED)
            found.cases.filter(case_id__in=ids, fate=Fate.PROPOSED).update(fate=Fate.HELD)
        destroyed += len(done)
    DestructionList.objects.filter(pk=list_id, destroyed_at=None).update(destroyed_at=now)
    return destroyed


def destroy_all() -> int:
    """Destroy what has its visa: each night."""
    return sum(
        destroy(pk) for pk in DestructionList.objects.filter(visa_at__isnull=False, destroyed_at=None).values_list("pk", flat=True)
    )


def lists_with_counts():
    """All lists, newest first, each with how many of its cases have each fate."""
    counts = {f"{fate}_count": Count("cases", filter=Q(cases__fate=fate)) for fate in Fate.values}
    return DestructionList.objects.annotate(total=Count("cases"), **counts)


def destroyable() -> list[tuple[str, str]]:
    """The (service, outcome) pairs whose files are destroyed with a visa."""
    from oppidum.cases.declaration import catalogue

    return [(s.code, outcome) for s in catalogue().values() for outcome, kept in outcomes_of(s).items() if kept.then == DESTROY]


def list_csv(found: DestructionList) -> str:
    """The list as a table: what was destroyed, without a name."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            _("List"),
            _("Visa"),
            _("Code"),
            _("Service"),
            _("Outcome"),
            _("Category"),
            _("Commune"),
            _("Filed on"),
            _("Ended on"),
            _("Fate"),
        ]
    )
    for case in found.cases.order_by("case_id").iterator():
        writer.writerow(
            [found.number, found.visa_reference, case.code, found.service, found.outcome, case.category, case.commune,
             case.filed_on, case.ended_on, case.get_fate_display()]
        )  # fmt: skip
    return "\ufeff" + out.getvalue()


def _tell(ids: Sequence[int], action: str, data: dict, actor: Actor, now: datetime) -> None:
    act([(case_id, Command(action, actor if actor.kind == "officer" else SYSTEM, data)) for case_id in ids], now)


def _batches(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _next_number(now: datetime) -> str:
    """E-2027-001, in the order of proposal; the lock keeps two officers from one number."""
    year = clock.local_day(now).year
    with server_cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('privacy_destructionlist'))")
    return f"E-{year}-{DestructionList.objects.filter(number__startswith=f'E-{year}-').count() + 1:03d}"


def _require(officer: Officer) -> None:
    if not officer.may(RIGHT):
        raise NotAllowed()
