"""On paper and in words: a person's dossier and the register of processings, as PDF/UA-1 files set by Typst."""

import json
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.mailing.notices import day_in_words
from oppidum.core import clock
from oppidum.privacy.controller import controller
from oppidum.privacy.register import Processing, kept_in_words, register

TEMPLATE = Path(__file__).parent / "dossier.typ"


def dossier_words(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The dossier as page and paper say it: titles, pairs of label and value, records with a title."""
    cases = [_case(case) for case in dossier["cases"]]
    if dossier["loose"]:
        rest = {"title": _("Not part of a case"), "code": "", "facts": [], "answers": []}
        cases.append(rest | {"records": [_record(record) for record in dossier["loose"]]})
    return {
        "title": _("What we hold about you"),
        "introduction": [
            _("This is a copy of your personal data in all our services, with what we do with it (GDPR, art. 15)."),
            _("Other persons are taken out, so that your copy harms nobody."),
        ],
        "facts": _controller(dossier["controller"]) + [(_("Made on"), day_in_words(clock.local_day(_instant(dossier["made_at"]))))],
        "cases": cases,
        "rights": rights(dossier["controller"]),
        "labels": {"answers": _("Your answers"), "records": _("What was written and kept"), "rights": _("Your rights")},
    }


def rights(told: Mapping[str, str]) -> list[str]:
    """What a person may ask next (GDPR, art. 15(1)(e) and (f))."""
    reach = " · ".join(part for part in (told["email"], told["phone"]) if part)
    return [
        _("You may ask us to correct or erase your data, to use less of it, or to object to its use: %(reach)s") % {"reach": reach}
        if reach
        else _("You may ask us to correct or erase your data, to use less of it, or to object to its use."),
        _("You may complain to the CNIL, 3 place de Fontenoy, 75007 Paris, cnil.fr."),
    ]


def _controller(told: Mapping[str, str]) -> list[tuple[str, str]]:
    reach = " · ".join(part for part in (told["dpo"], told["email"], told["phone"]) if part)
    return [pair for pair in ((_("Responsible"), told["name"]), (_("Data protection officer"), reach)) if pair[1]]


def _case(case: Mapping[str, Any]) -> dict[str, Any]:
    facts = [
        (_("Code"), case["code"]),
        (_("What for"), case["purpose"]),
        (_("Legal basis"), case["basis"]),
        (_("Recipients"), ", ".join(case["recipients"])),
        (_("Filed on"), _day(case["filed_on"])),
        (_("Where it stands"), case["step"]),
        (_("Kept until"), _day(case["kept_until"])),
    ]
    return {
        "title": case["service"],
        "code": case["code"],
        "facts": [pair for pair in facts if pair[1]],
        "answers": [(answer["label"], answer["shown"]) for answer in case["answers"]],
        "records": [_record(record) for record in case["records"]],
    }


def _titles() -> dict[str, str]:
    return {
        "case": _("Your request"),
        "party": _("How to reach you"),
        "message": _("Message"),
        "mail": _("Mail to you"),
        "text_message": _("Text message to you"),
        "picture": _("Picture"),
        "file": _("File"),
        "call": _("Your call"),
        "draft": _("A form that you began"),
        "charge": _("What was to be paid"),
        "partner": _("Told to a partner"),
        "link": _("A link sent to you"),
        "paper": _("Letter"),
        "note": _("Note of an officer"),
        "correction": _("Answer corrected by an officer"),
    }


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    titles = _titles()
    title = titles.get("note" if record.get("role") == "note" else record["kind"], record["kind"])
    when = record.get("at") or record.get("joined_at") or record.get("made_at")
    shown = {**record, **(record.get("person") or {})}
    quiet = {
        "kind",
        "source",
        "role",
        "person",
        "at",
        "joined_at",
        "made_at",
        "language",
        "place",
        "key",
        "file",
        "fate",
        "outcome",
    }
    text = [str(value) for name, value in shown.items() if name not in quiet and value not in ("", None, [], {})]
    return {
        "title": f"{title}, {_day(when[:10])}" if when else title,
        "text": [line for part in text for line in part.split("\n") if line],
    }


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text)) if text else ""


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def dossier_pdf(dossier: Mapping[str, Any]) -> bytes:
    """The dossier on paper, in the current language."""
    footer = _("Personal and confidential")
    return _set(dossier_words(dossier) | {"authority": dossier["controller"]["name"], "footer": footer})


def register_pdf() -> bytes:
    """The register of processings on paper, in the current language (GDPR, art. 30)."""
    told = controller()
    entries = register()
    return _set(
        {
            "title": _("Register of processings"),
            "introduction": [
                _("%(count)d processings, printed from the declarations by which the services run.") % {"count": len(entries)}
            ],
            "authority": told["name"],
            "facts": _controller(told) + [(_("Made on"), day_in_words(clock.today()))],
            "cases": [{"title": entry.name, "facts": entry_facts(entry), "answers": [], "records": []} for entry in entries],
            "rights": [],
            "labels": {"answers": "", "records": "", "rights": ""},
            "footer": _("Register of processings (GDPR, art. 30)"),
        }
    )


def entry_facts(entry: Processing) -> list[tuple[str, str]]:
    """An entry of the register as pairs of label and value, without those that are blank."""
    pairs = [
        (_("Department"), entry.owner),
        (_("Purpose"), entry.purpose),
        (_("Legal basis"), entry.basis),
        (_("Persons"), "\u00a0; ".join(entry.persons)),
        (_("Data"), "\u00a0; ".join(entry.data)),
        (_("Sensitive data"), "\u00a0; ".join(entry.sensitive)),
        (_("Recipients"), "\u00a0; ".join(entry.recipients)),
        (_("Processors"), "\u00a0; ".join(entry.processors)),
        (_("Transfers"), entry.transfers),
        (_("Kept for"), "\u00a0; ".join(kept_in_words(kept) for kept in entry.retention)),
        (_("Who sees what"), "\u00a0; ".join(entry.sight)),
        (_("Security"), "\u00a0; ".join(entry.security)),
        (_("Impact assessment"), entry.dpia),
    ]
    return [pair for pair in pairs if pair[1]]


def _set(data: dict[str, Any]) -> bytes:
    with TemporaryDirectory(prefix="oppidum-dossier-") as folder:
        root = Path(folder)
        shutil.copy(TEMPLATE, root / "dossier.typ")
        return typst.compile(
            root / "dossier.typ",
            root=root,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data | {"lang": (get_language() or "fr")[:2]}, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=clock.now().replace(microsecond=0),
        )
