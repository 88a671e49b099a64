"""The register of breaches (GDPR, art. 33(5)): every breach with its facts, effects and remedies, notified or not."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.fields.moments import read_moment
from oppidum.cases.persons.engine_data import questions_of
from oppidum.core import clock
from oppidum.core.sql import dict_rows
from oppidum.privacy.marks import BREACH

_ALL = """
    select c.code, l.step, l.definition, l.filed_on, l.facts, c.answers::text as answers,
        (select min(j.valid_at) from cases_journal j where j.case_id = c.id and j.action = 'notify') as notified_at
    from cases_case c join cases_live l on l.case_id = c.id
    where c.service = %(service)s and l.step <> 'no_breach' order by l.filed_on desc, c.id desc
"""


@dataclass(frozen=True)
class Breach:
    """A line of the register. `known_at` is when the 72 hours began, `hours` how many had passed when the CNIL was told."""

    code: str
    step: str
    filed_on: date
    known_at: datetime | None
    notified_at: datetime | None
    hours: float | None
    told: dict[str, str]


QUESTIONS = (
    "story", "kinds", "persons", "data", "protected", "risk", "consequences", "measures", "persons_count", "cnil_reference",
    "late_because", "told_how", "not_told_because", "not_notified_because", "added",
)  # fmt: skip


def list_breaches() -> list[Breach]:
    """All breaches, newest first, those not notified too; false alarms are none."""
    return [_breach(row) for row in dict_rows(_ALL, {"service": BREACH.code})]


def _breach(row: dict[str, Any]) -> Breach:
    service = get_service(BREACH.code, row["definition"])
    facts = json.loads(row["facts"]) if isinstance(row["facts"], str) else row["facts"]
    answers = json.loads(row["answers"]) | facts
    questions = questions_of(service)
    known_at = read_moment(answers["known_at"]) if answers.get("known_at") else None
    notified_at = row["notified_at"]
    return Breach(
        row["code"],
        str(service.flow.steps[row["step"]].label),
        row["filed_on"],
        known_at,
        notified_at,
        (notified_at - known_at).total_seconds() / 3600 if known_at and notified_at else None,
        {name: questions[name].show(answers[name]) for name in QUESTIONS if name in questions and name in answers},
    )


def register_of_breaches() -> str:
    """The register as a table, for the CNIL when it asks."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Code"), _("Step"), _("Declared on"), _("Known since"), _("Notified at"), _("Hours"), *_labels()])
    writer.writerows(_cells(breach) for breach in list_breaches())
    return "\ufeff" + out.getvalue()


def _labels() -> Iterator[str]:
    questions = questions_of(BREACH.service)
    return (str(questions[name].label) for name in QUESTIONS)


def _cells(breach: Breach) -> list[Any]:
    moments = [f"{at.astimezone(clock.PARIS):%Y-%m-%d %H:%M}" if at else "" for at in (breach.known_at, breach.notified_at)]
    hours = "" if breach.hours is None else f"{breach.hours:.1f}"
    return [breach.code, breach.step, breach.filed_on, *moments, hours, *(breach.told.get(name, "") for name in QUESTIONS)]
