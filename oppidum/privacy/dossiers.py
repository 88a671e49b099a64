"""The dossier: everything that is held on a person, in words for them and as data for machines, others taken out.

GDPR, art. 15 (access: purposes, data, recipients, how long, rights) and 20 (portability: structured, commonly used, readable by
machines). The same plain document becomes the page, the PDF and the JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.contests import sealed_until
from oppidum.cases.declaration import Service, get_service, kept_of, privacy_of
from oppidum.cases.mailing.notices import day_in_words
from oppidum.cases.persons.engine_data import export_loose, questions_of
from oppidum.cases.persons.retaining import last_days_of
from oppidum.cases.persons.rooms import Sought, Trace, export_of
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.keeping import kept_until
from oppidum.cases.rules.standing import Standing
from oppidum.core import clock
from oppidum.privacy.controller import controller
from oppidum.privacy.redacting import Redaction, is_sought
from oppidum.privacy.register import basis_in_words, duration_in_words

FORMAT = "oppidum-dossier/1"
AUTHOR = "author"


def make_dossier(sought: Sought, traces: Iterable[Trace], case_ids: Sequence[int]) -> dict[str, Any]:
    """The document, in the current language: plain values, days and instants as ISO 8601."""
    traces = list(traces)
    roles: dict[int, set[str]] = {}
    for trace in traces:
        if trace.case_id:
            roles.setdefault(trace.case_id, set()).add(trace.role)
    standings = read_standings(case_ids)
    held = export_of([case_id for case_id in case_ids if case_id in standings])
    lasts = last_days_of(standings)
    loose = export_loose(trace.key for trace in traces if trace.case_id is None and trace.sure)
    return {
        "format": FORMAT,
        "made_at": _plain(clock.now()),
        "controller": controller(),
        "person": {
            "emails": list(sought.emails),
            "phones": list(sought.phones),
            "name": sought.name,
            "numbers": list(sought.numbers),
        },
        "cases": [
            _case(
                standing,
                held[case_id],
                sought,
                AUTHOR in roles.get(case_id, ()),
                kept_until(get_service(standing.service, standing.definition), standing, lasts[case_id]),
            )
            for case_id, standing in sorted(standings.items())
        ],
        "loose": _plain(loose),
    }


def _case(standing: Standing, records: list[dict[str, Any]], sought: Sought, is_author: bool, until: date | None) -> dict[str, Any]:
    service = get_service(standing.service, standing.definition)
    privacy = privacy_of(service)
    redaction = Redaction.of(sought, records)
    filed = next(record for record in records if record["kind"] == "case")
    opens_at = sealed_until(service, standing)
    open_now = [record for record in records if not opens_at or not _is_sealed(service, record)]
    told = [shown for record in open_now if (shown := _record(record, redaction, is_author)) is not None]
    return {
        "code": filed["code"],
        "service": str(service.name),
        "purpose": str(privacy.purpose) if privacy else str(service.says or service.name),
        "basis": basis_in_words(privacy) if privacy else "",
        "recipients": [str(one) for one in privacy.recipients] if privacy else [],
        "role": "author" if is_author else "named",
        "filed_on": standing.filed_on.isoformat(),
        "ended_on": clock.local_day(standing.ended_at).isoformat() if standing.ended_at else "",
        "step": str(service.flow.steps[standing.step].label),
        "kept_for": duration_in_words(kept_of(service, standing.step).lasts) if not standing.is_open else "",
        "kept_until": until.isoformat() if until else "",
        "answers": _answers(service, filed, redaction, is_author, opens_at),
        "records": told,
    }


def _is_sealed(service: type[Service], record: Mapping[str, Any]) -> bool:
    """Whether a record tells of a sealed answer: what was corrected in it, and every file."""
    return record["kind"] == "file" or (record["kind"] == "correction" and record["question"] in service.contest.sealed)


def _answers(
    service: type[Service], filed: Mapping[str, Any], redaction: Redaction, is_author: bool, opens_at: datetime | None
) -> list[dict[str, Any]]:
    """The answers, each under its question; to who didn't give them, only those that are about them. Of what stays sealed until
    `opens_at`, that it is sealed: whoever makes the dossier reads it too (CG3P, art. L2122-1-1: equal treatment of candidates)."""
    questions = questions_of(service, filed["category"])
    told = []
    for name, value in filed["answers"].items():
        if not is_author and not redaction.names(value):
            continue
        question = questions.get(name)
        if opens_at and name in service.contest.sealed:
            told.append(
                {"name": name, "label": str(question.label) if question else name, "shown": _sealed(opens_at), "value": None}
            )
            continue
        clean = redaction.value(value)
        shown = question.show(value) if question is not None and clean == value else _flat(clean)
        told.append({"name": name, "label": str(question.label) if question else name, "shown": shown, "value": _plain(clean)})
    return told


def _sealed(opens_at: datetime) -> str:
    last = clock.local_day(opens_at - timedelta(seconds=1))
    return _("Sealed until the end of %(day)s: nobody reads it before the call closes.") % {"day": day_in_words(last)}


def _record(record: Mapping[str, Any], redaction: Redaction, is_author: bool) -> dict[str, Any] | None:
    """A record as the person may read it; None for what is none of theirs. What they wrote themselves stays as it is."""
    kind, person = record["kind"], record.get("person")
    mine = person is not None and is_sought(person, redaction.sought)
    if kind == "case":
        own = {"address": record["address"], "place": record["place"], "words": record["words"]}
        return {"kind": kind} | _plain(own) if is_author and any(own.values()) else None
    if person is not None:
        return _plain({name: value for name, value in record.items() if name != "key"}) if mine else None
    if not is_author and not (isinstance(record.get("text"), str) and _mentions(record["text"], redaction.sought)):
        return None
    wrote = is_author and record.get("role") == "from_resident"
    return _plain({name: value if wrote else redaction.value(value) for name, value in record.items() if name != "file"})


def _mentions(text: str, sought: Sought) -> bool:
    return any(value.lower() in text.lower() for value in (*sought.values, sought.name) if value)


def _plain(value: Any) -> Any:
    """Ready for JSON."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    return [_plain(held) for held in value] if isinstance(value, (list, tuple)) else value


def _flat(value: Any) -> str:
    """A value from which persons were taken out, in one line."""
    if isinstance(value, Mapping):
        return ", ".join(_flat(held) for held in value.values() if held not in ("", None))
    if isinstance(value, list):
        return " · ".join(_flat(held) for held in value)
    return {True: _("yes"), False: _("no")}.get(value, str(value)) if isinstance(value, bool) else str(value)
