"""What a page sent, as raw answers: inputs gathered into the questions that they belong to, files stored, rows added or taken out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import Files, Items
from oppidum.cases.declaration.fields import Fields, nest
from oppidum.cases.files.attachments import save_upload
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, Refusal, TooMany

ADD, DROP = "add-row", "drop-row"
FILES_AN_HOUR = 120


def read_answers(request, fields: Fields) -> tuple[dict[str, Any], list[Invalid]]:
    """The raw answers to `fields` in a POST, and the faults of files that couldn't be taken (they name their question)."""
    raw = nest(fields, list(request.POST), request.POST.getlist)
    faults = _take_files(request, fields, raw)
    for name, question in fields.items():
        place = request.POST.get(f"{name}-choice", "")
        if place and isinstance(raw.get(name), dict) and place.count(",") == 1:
            raw[name]["lon"], raw[name]["lat"] = place.split(",")
        if isinstance(question, Items):
            _change_rows(request.POST, name, raw[name])
    return raw, faults


def changes_rows(request) -> bool:
    """Whether the button pressed adds or takes out a row: the page is shown again."""
    return ADD in request.POST or DROP in request.POST


def was_shown(request) -> set[str]:
    """The paths that were on screen."""
    return set(request.POST.getlist("shown"))


def faults_on_screen(faults: list[Invalid], shown: set[str]) -> list[Invalid]:
    """The faults that the reader could have avoided: a question that only came up now is not at fault."""
    return [fault for fault in faults if fault.field in shown or not fault.field]


def _change_rows(sent: Mapping[str, str], name: str, rows: list[dict[str, Any]]) -> None:
    if sent.get(ADD) == name:
        rows.append({})
    dropped = sent.get(DROP, "").removeprefix(f"{name}-")
    if dropped.isdigit() and sent[DROP].startswith(f"{name}-") and int(dropped) < len(rows):
        del rows[int(dropped)]


def _take_files(request, fields: Fields, raw: dict[str, Any], before: str = "") -> list[Invalid]:
    faults: list[Invalid] = []
    for name, question in fields.items():
        if isinstance(question, Items):
            for n, row in enumerate(raw.get(name) or []):
                faults += _take_files(request, question.fields, row, f"{before}{name}-{n}-")
        if not isinstance(question, Files):
            continue
        path = f"{before}{name}"
        tokens = raw[name] = list(raw.get(name) or [])
        for file in request.FILES.getlist(path):
            if not rates.allow(f"files:{client_address(request)}", FILES_AN_HOUR, 3600):
                raise TooMany(_("Many files were sent from your connection within an hour. Send the rest later."), retry_after=3600)
            try:
                tokens.append(save_upload(file, file.name, question, clock.now()).token)
            except Refusal as refusal:
                faults.append(Invalid(str(refusal), field=path))
    return faults
