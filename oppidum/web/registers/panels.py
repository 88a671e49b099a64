"""What the desk shows beside a register: its days, how many observations it has, those to be read, its exports."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.histories import CaseFile
from oppidum.people.models import Officer
from oppidum.publishing.marks import REGISTER
from oppidum.publishing.registers import find_register_of
from oppidum.web.desk.panels import Panel


def register_panel(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    if found.service.code != REGISTER.code or (register := find_register_of(found.case.pk)) is None:
        return
    yield Panel(
        "register",
        _("Register"),
        {
            "register": register,
            "to_read": register.counts.get("received", 0),
            "shown": register.counts.get("shown", 0),
            "hidden": register.counts.get("hidden", 0),
            "page": reverse("registers:register", args=[register.public_id]),
            "may_export": officer.may("persons"),
        },
    )
