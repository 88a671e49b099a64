"""What the queue and the links hold on persons (see `cases/persons/rooms.py`). That something was sent, when and to whom stays."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oppidum.cases.persons.rooms import Sought, Trace
from oppidum.core import clock
from oppidum.interfaces.partners.models import Message, ThirdLink


def find(sought: Sought) -> Iterable[Trace]:
    """Links that were sent to one of the addresses."""
    for pk, case_id in ThirdLink.objects.filter(email__in=sought.emails).values_list("pk", "case_id"):
        yield Trace("partners", case_id, "email", "third party", True, f"link:{pk}")


def export(case_ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Each message and each link of those cases."""
    held: dict[int, list[dict[str, Any]]] = {}
    for one in Message.objects.filter(case_id__in=list(case_ids)).order_by("pk"):
        record = {"kind": "partner", "partner": one.partner, "event": one.event, "at": one.created_at, "body": one.body}
        held.setdefault(one.case_id, []).append(record)
    for link in ThirdLink.objects.filter(case_id__in=list(case_ids)).order_by("pk"):
        person = {"name": link.name, "email": link.email}
        held.setdefault(link.case_id, []).append({"kind": "link", "role": link.role, "at": link.made_at, "person": person})
    return held


def remove(case_ids: Sequence[int], entirely: bool) -> None:
    """Blank what was said; links open nothing any more."""
    Message.objects.filter(case_id__in=list(case_ids)).update(body={}, error="")
    links = ThirdLink.objects.filter(case_id__in=list(case_ids))
    links.filter(revoked_at=None).update(revoked_at=clock.now())
    links.update(name="", email="")


def unfinished(case_ids: Sequence[int]) -> Iterable[int]:
    """The cases of which a partner is still to be told, or from which something came that nobody has looked at."""
    fates = [Message.Fate.WAITING, Message.Fate.HELD, Message.Fate.PARKED]
    return Message.objects.filter(case_id__in=list(case_ids), fate__in=fates).values_list("case_id", flat=True).distinct()
