"""What money holds on persons (see `cases/persons/rooms.py`): nothing that names one, but what is owed keeps a case.

Charges and payments stay when persons go: they are the accounts' own proof, and a case without names says nothing of anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.persons.rooms import Sought, Trace, keeps, personal_data
from oppidum.payments.models import Charge


def register() -> None:
    personal_data("money", find=find, remove=remove, export=export)
    keeps("money", _("money is still owed, or to be paid back"), owing)


def find(sought: Sought) -> Iterable[Trace]:
    """Nobody is named: a person's charges are found by their cases."""
    return ()


def remove(case_ids: Sequence[int], entirely: bool) -> None:
    """Nothing personal to remove."""


def export(case_ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Each charge of those cases, in cents."""
    held: dict[int, list[dict[str, Any]]] = {}
    for one in Charge.objects.filter(case_id__in=list(case_ids)).order_by("pk"):
        record = {
            "kind": "charge",
            "reference": one.reference,
            "at": one.charged_on,
            "total_cents": one.total_cents,
            "balance_cents": one.balance_cents,
            "due_on": one.due_on.isoformat(),
        }
        held.setdefault(one.case_id, []).append(record)
    return held


def owing(case_ids: Sequence[int]) -> Iterable[int]:
    """The cases on which something is left to pay, or to pay back."""
    return Charge.objects.filter(case_id__in=list(case_ids)).exclude(balance_cents=0).values_list("case_id", flat=True).distinct()
