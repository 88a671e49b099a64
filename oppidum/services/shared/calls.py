"""Calls with sealed answers (see `Contest`): what an innovation call and the call for a place in a harbour say in the same words."""

from collections.abc import Mapping
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import DOCUMENTS, Contact, Files, Items, Number, Reference, Text, answer, today

SEALED = _("It stays sealed until the call closes: no officer can read it before.")
# Nothing that competitors sent is opened before the last day is over.
IS_OVER = today() > answer("closes_on")


def criteria(label: Any, least: int, most: int) -> Items:
    """The criteria by which the answers are compared, with their weights in per cent."""
    return Items(label, row=_("Criterion"), least=least, most=most, required=True, fact=True, totals=("weight",), fields={
        "criterion": Text(_("Criterion"), required=True, longest=120),
        "weight": Number(_("Weight"), unit="%", whole=True, minimum=1, maximum=100, required=True),
    })


WEIGHTS = {1: (100,), 2: (60, 40), 3: (50, 30, 20), 4: (40, 25, 20, 15), 5: (30, 25, 20, 15, 10)}


def agreeing_criteria(action: str, said: dict[str, Any], known: Mapping[str, Any], rng: Random) -> dict[str, Any]:
    """A call that is rehearsed: each criterion once, with weights that make a hundred."""
    if "criteria" not in said:
        return said
    rows = list({row["criterion"]: row for row in said["criteria"]}.values())
    rows = rows[: len(WEIGHTS)]
    return said | {"criteria": [row | {"weight": weight} for row, weight in zip(rows, WEIGHTS[len(rows)], strict=True)]}


def agreeing_marks(action: str, said: dict[str, Any], known: Mapping[str, Any], rng: Random) -> dict[str, Any]:
    """Marks of an application that is rehearsed: each criterion once, a part of its weight, so that they come to a hundred at most."""
    if "marks" not in said:
        return said
    rows = list({row["criterion"]: row for row in said["marks"]}.values())[: len(WEIGHTS)]
    given = zip(rows, WEIGHTS[len(rows)], strict=True)
    return said | {"marks": [row | {"mark": round(weight * rng.uniform(0.4, 0.95))} for row, weight in given]}


DOCUMENTS_OF_THE_CALL = Files(_("Documents of the call, for everybody"), accept=DOCUMENTS, most=8)
CALL = Reference(_("Which call do you answer?"), to="case", required=True, hint=_("Its code stands in the announcement: ten signs."))
CONTACT = Contact(_("How do we reach you?"), needs=("email",), required=True, prefill="contact")
