"""On the page of a rights request: the way to the person's data in every service."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.histories import CaseFile
from oppidum.people.models import Officer
from oppidum.privacy.looking import RIGHT
from oppidum.privacy.marks import DATA_RIGHTS
from oppidum.privacy.models import Reason
from oppidum.web.desk.panels import Panel


def look_up(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """A look-up with the request's code, reason and what the person said of themselves; the officer adds how they were identified."""
    if found.case.service != DATA_RIGHTS.code or not officer.may(RIGHT) or found.standing.forgotten_on:
        return
    author, answers = found.author, found.case.answers
    asked = {
        "request": found.case.code,
        "reason": Reason.REQUEST,
        "words": str(found.service.form["right"].show(answers["right"])) if answers.get("right") else "",
        "email": author.email if author else "",
        "phone": author.phone if author else "",
        "name": author.name if author else "",
        "born_on": answers.get("born_on", ""),
        "number": answers.get("number", ""),
    }
    address = f"{reverse('privacy:persons')}?{urlencode({name: value for name, value in asked.items() if value})}"
    yield Panel("rights", _("The person's data"), {"address": address})
