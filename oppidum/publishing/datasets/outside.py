"""Datasets held elsewhere, known to our search: a catalogue is taken in, entry by entry, and taken in again when it changed.

Two formats: the national one for catalogues (SCDL catalogue 0.1.3, CSV) and DCAT in JSON-LD. Entries that left the catalogue leave ours.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.declaration import THEMES
from oppidum.publishing.datasets.validating import separator_of
from oppidum.publishing.models import OutsideDataset

_COMPARED = (
    "title",
    "says",
    "publisher",
    "theme",
    "keywords",
    "licence",
    "formats",
    "frequency",
    "address",
    "modified_on",
)


@dataclass(frozen=True)
class Entry:
    """What a catalogue says of one dataset."""

    identifier: str
    title: str
    address: str
    says: str = ""
    publisher: str = ""
    theme: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    formats: tuple[str, ...] = ()
    frequency: str = ""
    modified_on: date | None = None
    place: str = field(default="", compare=False)


def take_in(path: Path, source: str) -> dict[str, int]:
    """Take in a catalogue: how many entries are new, changed, the same, and gone. Raises `Invalid` with the first entry at fault."""
    if not path.is_file():
        raise Invalid(_("There is no file %(path)s.") % {"path": path}, field="file")
    text = path.read_text(encoding="utf-8-sig")
    read = _read_dcat if text.lstrip()[:1] in "{[" else _read_scdl
    entries = list(read(text))
    for entry in entries:
        if not (entry.identifier and entry.title and re.match(r"https?://", entry.address)):
            raise Invalid(
                _("%(place)s: an entry needs an identifier, a title and an address.") % {"place": entry.place}, field="file"
            )
    return _store(entries, source[:80])


@transaction.atomic
def _store(entries: list[Entry], source: str) -> dict[str, int]:
    known = {one.identifier: one for one in OutsideDataset.objects.filter(source=source)}
    taken = set(all_datasets()) | set(OutsideDataset.objects.exclude(source=source).values_list("name", flat=True))
    taken |= {one.name for one in known.values()}
    new, changed, now = [], [], clock.now()
    by_key = {entry.identifier: entry for entry in entries}
    for entry in by_key.values():
        found = known.get(entry.identifier)
        said = _columns(entry)
        if found is None:
            name = _free_name(entry, taken)
            taken.add(name)
            new.append(OutsideDataset(name=name, source=source, identifier=entry.identifier[:300], seen_at=now, **said))
        elif any(getattr(found, column) != said[column] for column in _COMPARED):
            for column, value in said.items():
                setattr(found, column, value)
            changed.append(found)
    gone = [one.pk for key, one in known.items() if key not in by_key]
    OutsideDataset.objects.bulk_create(new, batch_size=500)
    OutsideDataset.objects.bulk_update(changed, _COMPARED, batch_size=500)
    OutsideDataset.objects.filter(pk__in=gone).delete()
    OutsideDataset.objects.filter(source=source).update(seen_at=now)
    same = len(by_key) - len(new) - len(changed)
    return {"new": len(new), "changed": len(changed), "unchanged": same, "gone": len(gone)}


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title[:300],
        "says": entry.says,
        "publisher": entry.publisher[:200],
        "theme": entry.theme,
        "keywords": [word[:80] for word in entry.keywords],
        "licence": entry.licence[:200],
        "formats": [one[:20] for one in entry.formats],
        "frequency": entry.frequency[:40],
        "address": entry.address[:1000],
        "modified_on": entry.modified_on,
    }


def _free_name(entry: Entry, taken: set[str]) -> str:
    base = slugify(entry.title)[:60].strip("-") or "dataset"
    name, n = base, 2
    while name in taken or name.startswith("catalog"):
        name, n = f"{base}-{n}", n + 1
    return name


# --- SCDL catalogue 0.1.3 -----------------------------------------------------------------------------------------------------


def _read_scdl(text: str) -> Iterator[Entry]:
    lines = text.splitlines(keepends=True)
    reader = csv.DictReader(lines, delimiter=separator_of(text[:65536].encode()) if text.strip() else ",")
    if not {"ID", "TITRE", "URL"} <= set(reader.fieldnames or ()):
        raise Invalid(_("The columns ID, TITRE and URL of the national format (SCDL catalogue) are missing."), field="file")
    for row in reader:
        cell = {name: (value or "").strip() for name, value in row.items() if name and isinstance(value, (str, type(None)))}
        yield Entry(
            identifier=cell["ID"],
            title=cell["TITRE"],
            address=cell["URL"],
            says=cell.get("DESCRIPTION", ""),
            publisher=cell.get("PRODUCTEUR_NOM", "") or cell.get("COLL_NOM", ""),
            theme=theme_of(cell.get("THEME", "")),
            keywords=_list(cell.get("MOTS_CLES", "")),
            licence=cell.get("LICENCE", ""),
            formats=tuple(one.lower() for one in _list(cell.get("FORMAT_RESSOURCES", ""))),
            frequency=cell.get("FREQ_MAJ", ""),
            modified_on=_day(cell.get("DATE_MAJ", "")),
            place=_("row %(row)s") % {"row": reader.line_num},
        )


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in text.split(";"))))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


_WORDS_OF_THEMES = {
    "ENVI": ("environnement", "ecolog", "eau", "air", "energie", "climat", "biodivers", "dechet", "littoral", "environment"),
    "TRAN": ("transport", "mobilit", "voirie", "stationnement", "velo"),
    "GOVE": ("administration", "citoyen", "gouver", "public sector", "deliberation"),
    "ECON": ("econom", "finance", "budget", "emploi", "commerce", "agricult", "tourisme"),
    "REGI": ("territoire", "urbanis", "habitat", "amenagement", "logement", "region", "cadastre"),
    "EDUC": ("educ", "culture", "sport", "enseignement", "patrimoine", "loisir"),
    "SOCI": ("population", "social", "societ", "sante"),
    "JUST": ("securite", "justice", "risque", "prevention"),
}


def theme_of(words: str) -> str:
    """The EU's theme that a catalogue's own words mean, or none."""
    if (code := words.rstrip("/").rpartition("/")[2]) in THEMES:
        return code
    plain = slugify(words).replace("-", " ")
    return next((theme for theme, known in _WORDS_OF_THEMES.items() if any(word in plain for word in known)), "")


# --- DCAT in JSON-LD ------------------------------------------------------------------------------------------------------------


def _read_dcat(text: str) -> Iterator[Entry]:
    try:
        held = json.loads(text)
    except ValueError as wrong:
        raise Invalid(_("The catalogue can't be read: %(why)s") % {"why": wrong}, field="file") from None
    nodes = list(_nodes(held))
    known = {node["@id"]: node for node in nodes if "@id" in node}
    for node in nodes:
        if any(_local(kind) == "Dataset" for kind in _many(node.get("@type"))):
            yield _of_node({_local(key): value for key, value in node.items()}, node.get("@id", ""), known)


def _nodes(held: Any) -> Iterator[Mapping[str, Any]]:
    """Every node, wherever it is nested."""
    if isinstance(held, list):
        for one in held:
            yield from _nodes(one)
    elif isinstance(held, dict):
        if "@type" in held:
            yield held
        for key, value in held.items():
            if key != "@context" and isinstance(value, (dict, list)):
                yield from _nodes(value)


def _of_node(node: Mapping[str, Any], address: str, known: Mapping[str, Any]) -> Entry:
    publisher = _follow(node.get("publisher"), known)
    files = [_follow(one, known) for one in _many(node.get("distribution"))]
    page = _text(node.get("landingPage")) or address
    return Entry(
        identifier=_text(node.get("identifier")) or address,
        title=_text(node.get("title")),
        address=page,
        says=_text(node.get("description")),
        publisher=_text(publisher.get("name")) or _text(publisher.get("prefLabel")),
        theme=next(filter(None, (theme_of(_text(one)) for one in _many(node.get("theme")))), ""),
        keywords=tuple(_text(one) for one in _many(node.get("keyword"))),
        licence=next(filter(None, (_text(one.get("license")) for one in files)), ""),
        formats=tuple(
            dict.fromkeys(filter(None, (_format(_text(one.get("format")) or _text(one.get("mediaType"))) for one in files)))
        ),
        frequency=_text(node.get("accrualPeriodicity")).rpartition("/")[2],
        modified_on=_day(_text(node.get("modified"))),
        place=_text(node.get("title")) or address,
    )


def _follow(value: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    node = next(iter(_many(value)), {})
    node = known.get(node.get("@id", "") if isinstance(node, dict) else node, node)
    return {_local(key): one for key, one in node.items()} if isinstance(node, dict) else {}


def _format(text: str) -> str:
    return text.rstrip("/").rpartition("/")[2].lower()


def _local(name: str) -> str:
    """ "dct:title" and "http://purl.org/dc/terms/title" are both "title"."""
    return re.split(r"[/#:]", name)[-1]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """A literal's text, French first; a node's address."""
    values = _many(value)
    french = [one for one in values if isinstance(one, dict) and one.get("@language") == "fr"]
    for one in (*french, *values):
        text = one.get("@value") or one.get("@id") or "" if isinstance(one, dict) else one
        if text:
            return str(text)
    return ""
