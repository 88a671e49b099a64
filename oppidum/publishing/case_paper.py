"""A case on paper: one PDF/UA file with what the viewer may know of it, for a meeting, a contractor, a court.

Set by Typst with a font that it carries, so that every machine makes the same pages.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.files.photos import path_of
from oppidum.cases.histories import CaseFile, Line, read_case_file
from oppidum.cases.mailing.notices import day_in_words
from oppidum.cases.models import Case
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.territory.models import Intercommunality

TEMPLATE = Path(__file__).parent / "case.typ"
MOST_PHOTOS = 6


def default_title(line: Line) -> str:
    """The step that an entry led to, or the action's own label."""
    return line.step_label or line.action_label


def case_pdf(case: Case, viewer: Officer, found: CaseFile | None = None, title_of: Callable[[Line], str] = default_title) -> bytes:
    """The case as a tagged PDF in the reader's language; persons and messages only for a viewer who may see them.

    `found` spares reading the case again; raises `NotFound` for a case out of the viewer's sight.
    """
    found = found or read_case_file(viewer, case.code)
    with TemporaryDirectory(prefix="oppidum-paper-") as folder:
        root = Path(folder)
        shutil.copy(TEMPLATE, root / "case.typ")
        data = paper_data(found, viewer, title_of) | {"photos": copy_photos(found, root)}
        return typst.compile(
            root / "case.typ",
            root=root,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=clock.now().replace(microsecond=0),
        )


def copy_photos(found: CaseFile, root: Path) -> list[dict[str, str]]:
    """The pictures beside the template: Typst reads nothing outside its root."""
    copied = []
    for number, photo in enumerate(found.photos[:MOST_PHOTOS], start=1):
        path = path_of(photo, "full")
        if path.exists():
            shutil.copy(path, root / f"photo{number}.jpg")
            copied.append({"file": f"photo{number}.jpg", "alt": _("Photo %(number)d of the report") % {"number": number}})
    return copied


def paper_data(found: CaseFile, viewer: Officer, title_of: Callable[[Line], str]) -> dict[str, Any]:
    """Everything that the template prints, as plain values."""
    case, standing = found.case, found.standing
    persons = found.shows_persons
    commune = case.commune.name if case.commune else ""
    authority = Intercommunality.objects.values_list("name", flat=True).first() or ""
    category = str(found.category.name) if found.category else standing.category or str(found.service.name)
    facts = [
        (_("Code"), case.code),
        (_("Step"), found.step_label),
        (_("Reported on") if found.service.categories else _("Filed on"), day_in_words(clock.local_day(case.filed_at))),
        (_("Promised by"), day_in_words(standing.due_on) if standing.is_open and standing.due_on else ""),
        (_("Ended on"), day_in_words(clock.local_day(standing.ended_at)) if standing.ended_at else ""),
        (_("Team"), found.team.name if found.team else ""),
        (_("Officer"), str(found.officer) if found.officer else ""),
        (_("Position"), f"{case.place.y:.6f}, {case.place.x:.6f}" if case.place else ""),
    ]
    return {
        "lang": (get_language() or "fr")[:2],
        "title": category,
        "authority": authority or "Oppidum",
        "place": case.address if commune.lower() in case.address.lower() else ", ".join(filter(None, (case.address, commune))),
        "facts": [pair for pair in facts if pair[1]],
        "words": case.words,
        "answers": found.answers,
        "persons": _persons(found) if persons else [],
        "journal": [_entry(line, persons, title_of) for line in reversed(found.lines)],
        "labels": {
            "words": _("What was reported"),
            "answers": _("Questions and answers"),
            "persons": _("Resident"),
            "photos": _("Photos"),
            "journal": _("What was done"),
            "note": _("internal note"),
        },
        "footer": _("%(code)s, printed on %(day)s by %(officer)s")
        % {
            "code": case.code,
            "day": day_in_words(clock.today()),
            "officer": viewer,
        },
    }


def _persons(found: CaseFile) -> list[tuple[str, str]]:
    author = found.author
    if author is None:
        return []
    named = ((_("Name"), author.name), (_("E-mail"), author.email), (_("Telephone"), author.phone))
    return [pair for pair in named if pair[1]]


def _entry(line: Line, persons: bool, title_of: Callable[[Line], str]) -> dict[str, Any]:
    """A line of the journal. Words between persons are printed for who may see persons; notes are the officers' own."""
    told = [
        f"{label} {value}" if label.endswith("?") else f"{label}\u00a0: {value}" if label else value
        for label, value in line.details
        if value
    ]
    if line.words and (persons or line.is_note):
        told.append(line.words)
    who = line.who if line.by != "resident" or persons else ""
    moment = day_in_words(clock.local_day(line.at))
    return {"title": title_of(line), "meta": f"{moment}, {who}" if who else moment, "text": "\n".join(told), "note": line.is_note}
