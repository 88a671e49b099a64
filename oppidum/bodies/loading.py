"""Bodies, councillors and mandates from a TOML file: `oppidum bodies load FILE`. What the file says becomes so; votes and acts stay."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from oppidum.bodies.models import Body, Councillor, Member, Secretariat, Series
from oppidum.territory.models import Commune

DEMO = Path(__file__).parent / "demo.toml"


class BodiesFileError(Exception):
    """The file can't be loaded; every fault on a line of its own."""


@dataclass(frozen=True)
class Loaded:
    """How many of each there are now."""

    bodies: int
    councillors: int
    members: int


def load_bodies(path: Path = DEMO) -> Loaded:
    """Make the database say what the file says, in one transaction. A mandate that the file no longer names ends yesterday."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    councillors = read_councillors(content.get("councillors", ""))
    if faults := list(find_faults(content, councillors)):
        raise BodiesFileError("\n".join(faults))
    with transaction.atomic():
        _load_office(content.get("secretariat"))
        known = _load_councillors(councillors)
        for rank, entry in enumerate(content["bodies"], start=1):
            _load_body(entry, rank, known)
    running = Member.objects.filter(until=None)
    return Loaded(Body.objects.count(), Councillor.objects.count(), running.count())


def read_councillors(text: str) -> dict[str, dict[str, str]]:
    """The lines "M.|First|LAST|commune|group|born on" by code (the name as a slug)."""
    found = {}
    for line in text.strip().splitlines():
        parts = [part.strip() for part in line.split("|")]
        title, first, last, commune, group, born = [*parts, *[""] * 6][:6]
        code = slugify(f"{first} {last}")
        found[code] = {
            "title": title,
            "first_name": first,
            "last_name": last,
            "commune": commune,
            "group": group,
            "born_on": born,
        }
    return found


def find_faults(content: Mapping[str, Any], councillors: Mapping[str, Any]) -> Iterator[str]:
    """Everything wrong with the file, one sentence each."""
    for entry in content.get("bodies", []):
        name = entry.get("code", "?")
        yield from (f"bodies: {name} has no {key}" for key in ("code", "name", "kind") if key not in entry)
        if entry.get("kind") not in Body.Kind.values:
            yield f"body {name}: kind must be one of {', '.join(Body.Kind.values)}"
        if entry.get("series", "") not in ("", *Series.values):
            yield f"body {name}: series must be one of {', '.join(Series.values)}"
        yield from (f"body {name}: no councillor {code!r}" for code in _named(entry, councillors) if code not in councillors)
    if not content.get("bodies"):
        yield "no [[bodies]] in the file"


def _named(entry: Mapping[str, Any], councillors: Mapping[str, Any]) -> list[str]:
    """The codes of the body's members, in the order of the roll: president, vice-presidents, then the others."""
    others = list(councillors) if entry.get("members") == "all" else entry.get("members", [])
    first = [*([entry["president"]] if "president" in entry else []), *entry.get("vice_presidents", [])]
    return list(dict.fromkeys([*first, *others]))


def _load_office(entry: Mapping[str, Any] | None) -> None:
    if entry:
        Secretariat.objects.update_or_create(pk=1, defaults={"siret": entry["siret"], "prefecture": entry["prefecture"]})


def _load_councillors(lines: Mapping[str, dict[str, str]]) -> dict[str, Councillor]:
    communes = set(Commune.objects.values_list("code", flat=True))
    rows = [
        Councillor(
            code=code,
            title=line["title"],
            first_name=line["first_name"],
            last_name=line["last_name"],
            commune_id=line["commune"] if line["commune"] in communes else None,
            group=line["group"],
            born_on=date.fromisoformat(line["born_on"]) if line["born_on"] else None,
        )
        for code, line in lines.items()
    ]
    fields = ["title", "first_name", "last_name", "commune", "group", "born_on"]
    Councillor.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    return {one.code: one for one in Councillor.objects.filter(code__in=lines)}


def _load_body(entry: Mapping[str, Any], rank: int, known: Mapping[str, Councillor]) -> None:
    body, _made = Body.objects.update_or_create(
        code=entry["code"],
        defaults={
            "name": entry["name"],
            "kind": entry["kind"],
            "seats": entry.get("seats", 1),
            "series": entry.get("series", ""),
            "own_clear_days": entry.get("clear_days"),
            "needs_quorum": entry.get("quorum", True),
            "is_public": entry.get("public", False),
            "place": entry.get("place", ""),
            "rank": rank,
        },
    )
    named, since = _named(entry, known), entry.get("since", date(2026, 4, 1))
    running = {m.councillor.code: m for m in body.members.filter(until=None).select_related("councillor")}
    left = [m.pk for code, m in running.items() if code not in named]
    Member.objects.filter(pk__in=left).update(until=since)
    for place, code in enumerate(named):
        role, quality = _office(entry, place, known[code])
        words = {"role": role, "quality": quality, "rank": place}
        if code in running:
            Member.objects.filter(pk=running[code].pk).update(**words)
        else:
            Member.objects.create(body=body, councillor=known[code], since=since, **words)


def _office(entry: Mapping[str, Any], place: int, councillor: Councillor) -> tuple[str, str]:
    """Role and quality after the place in the roll, in the gender of the title."""
    woman = councillor.title == "Mme"
    if place == 0 and "president" in entry:
        return Member.Role.PRESIDENT, entry.get("president_quality") or ("Présidente" if woman else "Président")
    if place <= len(entry.get("vice_presidents", [])):
        number = "1re" if woman and place == 1 else "1er" if place == 1 else f"{place}e"
        return Member.Role.VICE_PRESIDENT, f"{number} {'vice-présidente' if woman else 'vice-président'}"
    return Member.Role.MEMBER, ""
