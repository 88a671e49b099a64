"""Reports as Open311 service requests: what everybody may read of them. Names, e-mail and telephone are never among it.

A request is named by its public id; a case's code is its author's key and stands in the answer to a POST alone. What an officer
has hidden, or what points at persons, is in no list; whoever knows its id (its sender) still learns how it stands, and no more.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.gis.db.models.functions import GeoFunc
from django.db.models import F, FloatField, Q, QuerySet
from django.utils.translation import gettext as _

from oppidum.cases.declaration import Category, days_in_words
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.models import Case
from oppidum.cases.public import case_id_of, private_categories, public_cases, public_id
from oppidum.cases.publicity import public_words
from oppidum.cases.reading import read_journals
from oppidum.core import clock
from oppidum.core.codes import normalise
from oppidum.core.errors import NotFound
from oppidum.interfaces.open311.authority import commune_names
from oppidum.interfaces.open311.filters import Wanted
from oppidum.interfaces.open311.photos import photo_urls

_POSTCODE = re.compile(r"\b\d{5}\b")
_END_OF_DAY = time(23, 59, 59)


class _X(GeoFunc):
    function = "ST_X"
    output_field = FloatField()


class _Y(GeoFunc):
    function = "ST_Y"
    output_field = FloatField()


def list_requests(wanted: Wanted, private: bool = False) -> tuple[list[dict[str, Any]], bool]:
    """The page of requests, newest first, and whether another follows. `private`: for a key that may read what is hidden."""
    cases = public_cases() if wanted.ids is None and not private else Case.objects.public()
    first = (wanted.page - 1) * wanted.page_size
    rows = list(_rows(cases.filter(wanted.where))[first : first + wanted.page_size + 1])
    if wanted.ids is not None and not rows:
        raise NotFound(_("No request has this identifier."), field="service_request_id")
    return _tell(rows[: wanted.page_size], wanted.extensions, private), len(rows) > wanted.page_size


def get_request(identifier: str, extensions: bool = False, private: bool = False) -> dict[str, Any]:
    """One request by its identifier."""
    wanted = Wanted(Q(pk=case_id_of(identifier) or 0), (0,), extensions=extensions)
    return list_requests(wanted, private)[0][0]


def find_identifier(token: str) -> str:
    """The identifier that a token stands for. We answer at once, so a token is the identifier itself, or the author's code."""
    case_id, code = case_id_of(token), normalise(token)
    known = Q(pk=case_id) if case_id else Q(code=code) if code else None
    found = Case.objects.public().filter(known, service=REPORTS.code).values_list("pk", flat=True).first() if known else None
    if found is None:
        raise NotFound(_("No request has this token."), field="token")
    return public_id(found)


def _rows(cases: QuerySet) -> Iterable[dict[str, Any]]:
    return (
        cases.filter(service=REPORTS.code)
        .order_by("-filed_at", "-id")
        .values(
            "id",
            "words",
            "address",
            "filed_at",
            "answers",
            "channel",
            commune_code=F("commune_id"),
            lon=_X("place"),
            lat=_Y("place"),
            category=F("live__category"),
            step=F("live__step"),
            team=F("live__team__name"),
            is_open=F("live__is_open"),
            is_public=F("live__is_public"),
            due_on=F("live__due_on"),
            ended_at=F("live__ended_at"),
            updated_at=F("live__updated_at"),
            followers=F("live__followers"),
        )
    )


def _tell(rows: Sequence[dict[str, Any]], extensions: bool, private: bool) -> list[dict[str, Any]]:
    shown = {row["id"] for row in rows if private or (row["is_public"] and row["category"] not in private_categories())}
    pictures = photo_urls(shown)
    requests = [_request(row, row["id"] in shown, pictures.get(row["id"], [])) for row in rows]
    if extensions:
        journals = read_journals([row["id"] for row in rows])
        for row, request in zip(rows, requests, strict=True):
            request |= _extended(row, row["id"] in shown, pictures.get(row["id"], []))
            request["notes"] = _notes(journals.get(row["id"], []))
    return requests


def _request(row: dict[str, Any], shown: bool, pictures: list[str]) -> dict[str, Any]:
    report = REPORTS.service
    category, step = report.categories[row["category"]], report.flow.steps[row["step"]]
    commune = commune_names().get(row["commune_code"])
    address = public_words(row["address"]) if shown else ""
    postcode = _POSTCODE.search(address)
    expected = row["due_on"] and datetime.combine(row["due_on"], _END_OF_DAY, clock.PARIS)
    return {
        "service_request_id": public_id(row["id"]),
        "status": "open" if row["is_open"] else "closed",
        "status_notes": str(step.says),
        "service_name": str(category.name),
        "service_code": category.code,
        "description": (public_words(row["words"]) or None) if shown else None,
        "agency_responsible": row["team"],
        "service_notice": _promise(category) if row["is_open"] else None,
        "requested_datetime": w3c(row["filed_at"]),
        "updated_datetime": w3c(row["updated_at"] if row["is_open"] else row["ended_at"] or row["updated_at"]),
        "expected_datetime": expected and w3c(expected),
        "address": address or (commune.name if commune else None),
        "address_id": None,
        "zipcode": postcode[0] if postcode else commune.postcode if commune else None,
        "lat": row["lat"] if shown else None,
        "long": row["lon"] if shown else None,
        "media_url": pictures[0] if pictures else None,
    }


def w3c(instant: datetime) -> str:
    """W3C date-time to the second, with the offset of the authority's zone at that instant."""
    return instant.astimezone(clock.PARIS).isoformat(timespec="seconds")


def _promise(category: Category) -> str:
    return _("Promise: %(days)s.") % {"days": days_in_words(category.promise)}


def _extended(row: dict[str, Any], shown: bool, pictures: list[str]) -> dict[str, Any]:
    """The extensions that clients of other cities know: answers, channel, photos (GeoReport v2, Extensions)."""
    report = REPORTS.service
    questions = report.categories[row["category"]].questions
    commune = commune_names().get(row["commune_code"])
    return {
        "attributes": [
            {
                "label": str(questions[name].label),
                "name": name,
                "value": public_words(questions[name].show(value)),
                "code": _code(value) if questions[name].kind in ("choice", "yes_no") else None,
            }
            for name, value in row["answers"].items()
            if shown and name in questions and not questions[name].private
        ],
        "extended_attributes": {
            "channel": row["channel"],
            "step": row["step"],
            "step_name": str(report.flow.steps[row["step"]].label),
            "followers": row["followers"],
            "commune_code": row["commune_code"],
            "commune": commune.name if commune else None,
            "page": f"{settings.PUBLIC_URL}/reports/{public_id(row['id'])}" if shown else None,
            "photos": [{"media_url": url} for url in pictures],
        },
    }


def _code(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)


def _notes(facts: Iterable[Any]) -> list[dict[str, Any]]:
    """The history, as steps entered; what was said between persons stays out."""
    steps = REPORTS.service.flow.steps
    return [
        {"datetime": w3c(fact.valid_at), "description": str(steps[fact.to_step].label), "type": fact.to_step}
        for fact in facts
        if fact.from_step != fact.to_step and fact.to_step in steps
    ]
