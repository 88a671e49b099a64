"""Corrections as they are told: of each answer its question, what it was and what it is, to officers by their rights and to the applicant."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.corrections.correcting import REASONS, form_of
from oppidum.cases.declaration import Service
from oppidum.cases.declaration.fields import is_empty
from oppidum.cases.models import Correction
from oppidum.cases.persons.masking import may_see

Beside = Mapping[str, tuple[Any, Any]]


def read_corrections(case_id: int, entries: Iterable[Any]) -> dict[int, dict[str, tuple[Any, Any]]]:
    """Before and after of what may name somebody, by entry and question; one query, none for a case without a correction."""
    seqs = [entry.seq for entry in entries if "correction" in entry.data]
    found: dict[int, dict[str, tuple[Any, Any]]] = {seq: {} for seq in seqs}
    for one in Correction.objects.filter(case_id=case_id, seq__in=seqs) if seqs else ():
        found[one.seq][one.name] = one.before, one.after
    return found


def say_correction(
    service: type[Service], category: str, told: Mapping[str, Any], beside: Beside, rights: frozenset[str] | None = None
) -> list[tuple[str, str]]:
    """Pairs (question, "before → after"), the reason first. `rights` are those of the officer who reads; None: the applicant, whose answers
    they are."""
    form = form_of(service, category)
    lines = [(_("Reason"), str(REASONS[told["why"]]))] if told.get("why") in REASONS else []
    for name in told["fields"]:
        question = form.get(name)
        label = str(question.label) if question else name
        both = told.get("changed", {}).get(name) or beside.get(name)
        if rights is not None and not may_see(service, name, question, rights):
            lines.append((label, _("your role does not show this answer")))
        elif both is None:
            lines.append((label, _("corrected; the values went with the personal data")))
        else:
            lines.append(
                (
                    label,
                    " → ".join(_("no answer") if is_empty(one) else question.show(one) if question else str(one) for one in both),
                )
            )
    return lines
