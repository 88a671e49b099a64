"""Who asks, among the parties that a form names: whom letters go to, and under whose name the case stands."""

from collections.abc import Mapping
from typing import Any

from oppidum.cases.declaration.fields import Field

APPLICANT = "applicant"


def find_asker(form: Mapping[str, Field], answers: Mapping[str, Any]) -> str | None:
    """The party who asks: the one that is filled in with the applicant, else the one called so, else the first that was named."""
    named = [name for name, question in form.items() if question.kind == "party" and name in answers]
    return min(named, key=lambda name: (form[name].prefill != APPLICANT, name != APPLICANT), default=None)


def find_address(form: Mapping[str, Field], answers: Mapping[str, Any]) -> str | None:
    """The postal address of who asks: the one called after them ("applicant_address"), else the first that was given."""
    given = [name for name, question in form.items() if question.kind == "address" and name in answers]
    return min(given, key=lambda name: name != f"{find_asker(form, answers)}_address", default=None)
