"""The catalogue as linked nodes (W3C DCAT 3, profile DCAT-AP 3.0; Implementing Regulation (EU) 2023/138 for high-value datasets).

A node is a dict: "@id", "@type", and prefixed properties whose values are nodes, references, literals, or lists of these. The two
writers (`views.py`, `turtle.py`) say the same of it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import override

from oppidum.core import clock
from oppidum.people.models import Directorate
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.declaration import ODBL, Dataset
from oppidum.publishing.datasets.schema import LANGUAGES
from oppidum.publishing.datasets.versions import latest_versions
from oppidum.publishing.models import DatasetVersion, Letterhead
from oppidum.territory.models import Intercommunality

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
HIGH_VALUE_ACT = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
HIGH_VALUE_CATEGORIES = "http://data.europa.eu/bna/"
MEDIA = {"csv": "text/csv", "geojson": "application/geo+json", "parquet": "application/vnd.apache.parquet"}
SIZE = 100  # datasets on a page
Node = dict[str, Any]


def catalogue(page: int = 1, high_value: bool = False) -> tuple[list[Node], int]:
    """The nodes of a page of the catalogue, and how many pages there are; datasets without a version are not in it. Four queries."""
    versions = latest_versions()
    names = [name for name in versions if not high_value or all_datasets()[name].high_value]
    pages = max(1, -(-len(names) // SIZE))
    page = min(page, pages)
    shown = names[(page - 1) * SIZE : page * SIZE]
    first = dict(DatasetVersion.objects.filter(number=1, dataset__in=shown).values_list("dataset", "at"))
    publisher, owners = _publisher(), dict(Directorate.objects.values_list("code", "name"))
    letterhead = Letterhead.objects.first()
    nodes = [_catalogue_node(shown, versions, publisher), publisher]
    nodes += _paging(page, pages, len(names), high_value)
    for name in shown:
        dataset = all_datasets()[name]
        contact = _contact(dataset, owners.get(dataset.owner, dataset.owner), letterhead)
        nodes += _dataset_nodes(dataset, versions[name], clock.local_day(first[name]), publisher, contact)
    return nodes, pages


def address(*parts: str) -> str:
    """An address of open data."""
    return "/".join([settings.PUBLIC_URL, "data", *parts])


def _catalogue_node(names: list[str], versions: dict[str, DatasetVersion], publisher: Node) -> Node:
    last = max((versions[name].at for name in names), default=clock.now())
    authority = publisher["foaf:name"][0]["@value"]
    return {
        "@id": address(""),
        "@type": "dcat:Catalog",
        "dct:title": [text(f"Données ouvertes : {authority}", "fr"), text(f"Open data: {authority}", "en")],
        "dct:description": [
            text("Les jeux de données publiés par l’autorité, avec leur schéma et leurs versions.", "fr"),
            text("The datasets that the authority publishes, with their schemas and versions.", "en"),
        ],
        "dct:publisher": [ref(publisher["@id"])],
        "dct:language": [ref(f"{AUTHORITY}language/FRA"), ref(f"{AUTHORITY}language/ENG")],
        "dct:modified": [day(clock.local_day(last))],
        "foaf:homepage": [ref(address(""))],
        "dcat:themeTaxonomy": [ref(f"{AUTHORITY}data-theme")],
        "dcat:dataset": [ref(address(name, "")) for name in names],
    }


def _publisher() -> Node:
    authority = Intercommunality.objects.first()
    node = {"@type": "foaf:Agent", "foaf:name": [text(authority.name if authority else "Oppidum", "fr")]}
    if authority is None:
        return {"@id": f"{settings.PUBLIC_URL}/#authority", **node}
    # The register of enterprises names an authority by its SIREN.
    return {"@id": f"https://annuaire-entreprises.data.gouv.fr/entreprise/{authority.siren}", **node}


def _paging(page: int, pages: int, total: int, high_value: bool) -> Iterator[Node]:
    """Hydra: where this page stands among the others."""

    def at(number: int) -> str:
        more = "&high_value=1" if high_value else ""
        return f"{address('catalog.jsonld')}?page={number}{more}"

    node: Node = {
        "@id": at(page),
        "@type": "hydra:PartialCollectionView",
        "hydra:first": [ref(at(1))],
        "hydra:last": [ref(at(pages))],
    }
    if page > 1:
        node["hydra:previous"] = [ref(at(page - 1))]
    if page < pages:
        node["hydra:next"] = [ref(at(page + 1))]
    yield node
    view = {"hydra:totalItems": [number(total)], "hydra:view": [ref(at(page))]}
    yield {"@id": address("catalog.jsonld"), "@type": "hydra:Collection", **view}


def _contact(dataset: Dataset, owner: str, letterhead: Letterhead | None) -> Node:
    node: Node = {
        "@id": address(dataset.name, "#contact"),
        "@type": "vcard:Organization",
        "vcard:fn": [text(owner, "fr")],
        "vcard:hasURL": [ref(f"{settings.PUBLIC_URL}/")],
    }
    if letterhead and letterhead.phone:
        node["vcard:hasTelephone"] = [ref("tel:" + "".join(letterhead.phone.split()))]
    return node


def _dataset_nodes(dataset: Dataset, version: DatasetVersion, issued: date, publisher: Node, contact: Node) -> Iterator[Node]:
    page, licence = address(dataset.name, ""), _licence(dataset)
    files = [_file(dataset, version, suffix, issued, licence) for suffix in version.files]
    node: Node = {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:title": both(dataset.title),
        "dct:description": both(dataset.says),
        "dct:identifier": [text(page)],
        "dct:publisher": [ref(publisher["@id"])],
        "dcat:contactPoint": [ref(contact["@id"])],
        "dcat:theme": [ref(f"{AUTHORITY}data-theme/{dataset.theme}")],
        "dcat:keyword": [one for word in dataset.keywords for one in both(word)],
        "dct:accrualPeriodicity": [ref(f"{AUTHORITY}frequency/{dataset.frequency.eu}")],
        "dct:issued": [day(issued)],
        "dct:modified": [day(clock.local_day(version.at))],
        "dct:language": [ref(f"{AUTHORITY}language/FRA")],
        "dct:accessRights": [ref(f"{AUTHORITY}access-right/PUBLIC")],
        "dcat:landingPage": [ref(page)],
        "dcat:version": [text(str(version.number))],
        "dcat:distribution": [ref(one["@id"]) for one in files],
        **_extent(version),
    }
    standard = _standard(dataset)
    if dataset.schema:
        node["dct:conformsTo"] = [ref(dataset.schema.url)]
    if dataset.high_value:
        for one in (node, *files):
            one["dcatap:applicableLegislation"] = [ref(HIGH_VALUE_ACT)]
        node["dcatap:hvdCategory"] = [ref(f"{HIGH_VALUE_CATEGORIES}{dataset.high_value}")]
    yield from (node, *files, contact, *standard)


def _extent(version: DatasetVersion) -> Node:
    """What it covers, in time and on the ground."""
    found: Node = {}
    if version.covers_from and version.covers_to:
        period = {"dcat:startDate": [day(version.covers_from)], "dcat:endDate": [day(version.covers_to)]}
        found["dct:temporal"] = [{"@type": "dct:PeriodOfTime", **period}]
    if version.bounds:
        west, south, east, north = version.bounds
        ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
        box = literal(f"POLYGON(({ring}))", "geosparql:wktLiteral")
        found["dct:spatial"] = [{"@type": "dct:Location", "dcat:bbox": [box]}]
    return found


def _file(dataset: Dataset, version: DatasetVersion, suffix: str, issued: date, licence: str) -> Node:
    told, where = version.files[suffix], address(dataset.name, f"{dataset.name}.{suffix}")
    schema = address(dataset.name, "schema.json")
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": [ref("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")],
        "spdx:checksumValue": [literal(told["sha256"], "xsd:hexBinary")],
    }
    return {
        "@id": f"{where}#file",
        "@type": "dcat:Distribution",
        "dct:title": [text(f"{suffix.upper()}", "fr")],
        "dcat:accessURL": [ref(where)],
        "dcat:downloadURL": [ref(where)],
        "dct:format": [ref(f"{AUTHORITY}file-type/{suffix.upper()}")],
        "dcat:mediaType": [ref(f"https://www.iana.org/assignments/media-types/{MEDIA[suffix]}")],
        "dct:license": [ref(licence)],
        "dct:conformsTo": [ref(schema)],
        "dct:issued": [day(issued)],
        "dct:modified": [day(clock.local_day(version.at))],
        "dcat:byteSize": [literal(str(told["bytes"]), "xsd:nonNegativeInteger")],
        "spdx:checksum": [checksum],
        "dcatap:availability": [ref(f"{AUTHORITY}planned-availability/STABLE")],
    }


def _licence(dataset: Dataset) -> str:
    """The licence in the EU's list, which harvesters know."""
    return f"{AUTHORITY}licence/{'ODC_BL' if dataset.licence == ODBL else 'ETALAB_2_0'}"


def _standard(dataset: Dataset) -> Iterator[Node]:
    """The schemas that are conformed to: ours, and the national one where there is one."""
    yield {"@id": address(dataset.name, "schema.json"), "@type": "dct:Standard", "dct:title": both(dataset.title)}
    if dataset.schema:
        title = text(f"{dataset.schema.name} {dataset.schema.version}", "fr")
        yield {
            "@id": dataset.schema.url,
            "@type": "dct:Standard",
            "dct:title": [title],
            "owl:versionInfo": [text(dataset.schema.version)],
        }


# --- values -----------------------------------------------------------------------------------------------------------------


def ref(where: str) -> Node:
    return {"@id": where}


def text(said: str, language: str = "") -> Node:
    return {"@value": said, **({"@language": language} if language else {})}


def both(said: Any) -> list[Node]:
    """A text in both languages."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(text(str(said), language))
    return found


def literal(said: str, kind: str) -> Node:
    return {"@value": said, "@type": kind}


def day(when: date) -> Node:
    return literal(when.isoformat(), "xsd:date")


def number(n: int) -> Node:
    return literal(str(n), "xsd:integer")
