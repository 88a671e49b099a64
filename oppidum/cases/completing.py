"""What the authority knows and the applicant doesn't type: the commune and zones under a point, the file behind a token, the instant of a
signature. Looked up for a whole batch and written over whatever came in, before the answers are cleaned (`declaration/fields/`)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from oppidum.cases.declaration import Address, AssetPick, Files, Items, Place, Statement
from oppidum.cases.declaration.fields import Field, Fields
from oppidum.cases.declaration.fields.places import read_point
from oppidum.cases.declaration.fields.words import says_yes
from oppidum.cases.files.attachments import describe_files
from oppidum.core import clock
from oppidum.territory.gazetteer import search_places
from oppidum.territory.locate import find_commune, find_zones


def complete(fields: Fields, raws: Sequence[Mapping[str, Any]], now: datetime | None = None) -> list[dict[str, Any]]:
    """The raw answers with what is known added; the mappings given stay as they were."""
    found = [dict(_completed(fields, raw, now or clock.now())) for raw in raws]
    files = describe_files({token for raw in found for token in _tokens(fields, raw)})
    for raw in found:
        _put_files(fields, raw, files)
    return found


def complete_one(fields: Fields, raw: Mapping[str, Any], now: datetime | None = None) -> dict[str, Any]:
    """`complete` for one form."""
    return complete(fields, [raw], now)[0]


def _completed(fields: Fields, raw: Mapping[str, Any], now: datetime) -> Iterator[tuple[str, Any]]:
    for name, value in raw.items():
        yield name, _complete_answer(fields[name], value, now) if name in fields else value


def _complete_answer(question: Field, value: Any, now: datetime) -> Any:
    match question:
        case Place() | AssetPick():
            return _locate(value if isinstance(value, Mapping) else {"address": value} if isinstance(question, Place) else value)
        case Address():
            return _locate(value if isinstance(value, Mapping) else {"text": value})
        case Statement() if isinstance(value, Mapping):
            kept = {part: given for part, given in value.items() if part != "at"}
            return kept | ({"at": now.isoformat(timespec="seconds")} if says_yes(value.get("agreed")) else {})
        case Items() if isinstance(value, list | tuple):
            return [dict(_completed(question.fields, row, now)) if isinstance(row, Mapping) else row for row in value]
    return value


def _locate(value: Any) -> Any:
    """A place with its commune and zones; an address without a point is looked up, and taken when the register knows it as written."""
    if not isinstance(value, Mapping):
        return value
    given = {part: one for part, one in value.items() if part not in ("commune", "zones")}
    point, text = read_point(given), str(given.get("address") or given.get("text") or "").strip()
    if point is None and text:
        point = _find_exactly(text)
    if point is None:
        return given
    zones = find_zones(*point)
    both = [*zones, *(f"{layer}:{code}" for layer, code in zones.items())]
    return given | {"lon": point[0], "lat": point[1], "commune": find_commune(*point) or "", "zones": sorted(both)}


def _find_exactly(text: str) -> tuple[float, float] | None:
    places = search_places(text, limit=2)
    same = [place for place in places if place.label.casefold() == text.casefold()]
    found = same[0] if same else places[0] if len(places) == 1 and places[0].kind == "street" else None
    return (found.lon, found.lat) if found else None


def _tokens(fields: Fields, raw: Mapping[str, Any]) -> Iterator[str]:
    """The tokens that the answers name, as text or inside what was kept."""
    for name, question in fields.items():
        value = raw.get(name)
        if isinstance(question, Files):
            yield from (_token_of(one) for one in _listed(value))
        elif isinstance(question, Items) and isinstance(value, list):
            for row in value:
                yield from _tokens(question.fields, row) if isinstance(row, Mapping) else ()


def _put_files(fields: Fields, raw: dict[str, Any], files: Mapping[str, Any]) -> None:
    for name, question in fields.items():
        value = raw.get(name)
        if isinstance(question, Files) and value:
            raw[name] = [files.get(_token_of(one), {"token": _token_of(one)}) for one in _listed(value) if one]
        elif isinstance(question, Items) and isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    _put_files(question.fields, row, files)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def _token_of(one: Any) -> str:
    return str(one.get("token") or "") if isinstance(one, Mapping) else str(one)
