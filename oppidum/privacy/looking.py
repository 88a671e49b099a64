"""Looking a person up in every service: only with the right, for a reason, and written down whatever is found.

GDPR, art. 5(2), 12(6), 15, 32. A look-up is its officer's own and lasts a day; each thing done with it is a line of the access log,
which the database keeps from being changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from oppidum.cases.models import Case
from oppidum.cases.persons.rooms import Sought, Trace, find_person
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.codes import normalise
from oppidum.core.errors import Invalid, InvalidForm, NotAllowed, NotFound
from oppidum.people.models import Officer
from oppidum.privacy.models import Access, Identity, Lookup, Reason

LASTS = timedelta(hours=24)
SOUGHT_KEPT_MONTHS = 12
RIGHT = "privacy"


class NotIdentified(NotAllowed):
    """Nothing is handed out, changed or removed before it is sure who asks."""

    code = "not-identified"
    default = _("First make sure who asks: say in the look-up how their identity was checked.")


def look_up(officer: Officer, sought: Sought, *, reason: str, words: str, identity: str, request: str = "") -> Lookup:
    """Find the person and write down who looked, for whom and why. Raises `NotAllowed` or `InvalidForm`."""
    _require(officer)
    code = _check(sought, reason, words, identity, request)
    traces = find_person(sought)
    with transaction.atomic():
        lookup = Lookup.objects.create(
            at=clock.now(),
            officer=officer,
            reason=reason,
            request=code,
            words=words.strip()[:300],
            identity=identity,
            sought=asdict(sought),
            found=len({trace.case_id for trace in traces if trace.case_id}),
        )
        record(lookup, "search", [trace.case_id for trace in traces if trace.case_id])
    return lookup


def _check(sought: Sought, reason: str, words: str, identity: str, request: str) -> str:
    """The code of the request; every fault at once."""
    faults = []
    code = normalise(request) if request.strip() else ""
    if sought.is_empty:
        faults.append(Invalid(_("Say whom you look for: an address, a number or a name."), field="email"))
    if reason not in Reason.values:
        faults.append(Invalid(_("Say why you look this person up."), field="reason"))
    if not words.strip():
        faults.append(Invalid(_("Say in a few words why: the person may read it."), field="words"))
    if identity not in Identity.values:
        faults.append(Invalid(_("Say how you made sure who asks."), field="identity"))
    if code is None or (code and not Case.objects.filter(code=code).exists()):
        faults.append(Invalid(_("No request has this code."), field="request"))
    elif reason == Reason.REQUEST and not code:
        faults.append(Invalid(_("Give the code of the request that you answer."), field="request"))
    if faults:
        raise InvalidForm(faults)
    return code or ""


def open_lookup(officer: Officer, pk: int) -> Lookup:
    """One of the officer's own look-ups of the last day. Raises `NotFound`, or `NotAllowed` without the right."""
    _require(officer)
    found = Lookup.objects.filter(pk=pk, officer=officer, at__gt=clock.now() - LASTS).first()
    if found is None:
        raise NotFound()
    return found


def sought_of(lookup: Lookup) -> Sought:
    """Whom the look-up is about."""
    return Sought(**{name: tuple(value) if isinstance(value, list) else value for name, value in lookup.sought.items()})


def traces_of(lookup: Lookup) -> list[Trace]:
    """What is found now: the person may have filed, or been removed, since."""
    return find_person(sought_of(lookup))


def require_identity(lookup: Lookup) -> None:
    """Raise `NotIdentified` unless the officer said how the identity was checked."""
    if lookup.identity in (Identity.NONE, Identity.NEEDLESS):
        raise NotIdentified()


def chosen(lookup: Lookup, case_ids: Iterable[int]) -> list[int]:
    """Those of the cases in which the person was found: nothing else can be opened through a look-up."""
    found = {trace.case_id for trace in traces_of(lookup)}
    return [case_id for case_id in dict.fromkeys(case_ids) if case_id in found]


def record(lookup: Lookup, did: str, cases: Iterable[int] = (), details: Mapping[str, Any] | None = None) -> Access:
    """Write a line of the access log; `details` hold nothing personal."""
    return Access.objects.create(
        lookup=lookup,
        at=clock.now(),
        officer_id=lookup.officer_id,
        did=did,
        cases=sorted(set(cases)),
        details=dict(details or {}),
    )


def forget_sought() -> int:
    """Blank whom old look-ups were about; who looked, when and why stays."""
    before = clock.midnight(add_months(clock.today(), -SOUGHT_KEPT_MONTHS))
    return Lookup.objects.filter(at__lt=before).exclude(sought={}).update(sought={}, words="")


def _require(officer: Officer) -> None:
    if not officer.may(RIGHT):
        raise NotAllowed()
