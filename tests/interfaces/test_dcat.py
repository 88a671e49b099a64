"""The catalogue for harvesters keeps to DCAT-AP."""

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import DCTERMS, RDF, Graph, Namespace

from oppidum.publishing.datasets.publishing import publish
from tests.datasets.conftest import declared, media  # noqa: F401

DCAT = Namespace("http://www.w3.org/ns/dcat#")
HIGH_VALUE_SHAPES = Path(__file__).resolve().parents[3] / "shared/standards/dcat-ap/hvd-3.0.0-SHACL-base.ttl"
# What DCAT-AP 3.0 makes mandatory or recommended, and what data.gouv.fr gathers.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> ] ,
    [ sh:path dct:description ; sh:minCount 1 ] , [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] , [ sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:date ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 2 ] , [ sh:path dct:description ; sh:minCount 2 ] ,
    [ sh:path dcat:theme ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path dcat:keyword ; sh:minCount 1 ] ,
    [ sh:path dcat:contactPoint ; sh:minCount 1 ; sh:class vcard:Organization ] , [ sh:path dct:publisher ; sh:minCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dct:accrualPeriodicity ; sh:maxCount 1 ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path dct:temporal ; sh:class dct:PeriodOfTime ] ,
    [ sh:path dcat:distribution ; sh:minCount 2 ; sh:class dcat:Distribution ] , [ sh:path dct:conformsTo ; sh:class dct:Standard ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] , [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:format ; sh:minCount 1 ; sh:maxCount 1 ] , [ sh:path dcat:byteSize ; sh:datatype xsd:nonNegativeInteger ; sh:minCount 1 ] .
"""


@pytest.fixture
def published(people, media, declared):  # noqa: F811
    for name in ("communes", "commune-outlines", "directory"):
        assert publish(name).outcome == "published"


def read(address: str, kind: str) -> Graph:
    answer = Client().get(address)
    assert answer.status_code == 200
    return Graph().parse(data=answer.content.decode(), format=kind)


def check(graph: Graph, shapes: Graph) -> None:
    conforms, _report, text = validate(graph, shacl_graph=shapes, inplace=False)
    assert conforms, text


def test_json_ld_and_turtle_say_the_same(published):
    one, other = read("/data/catalog.jsonld", "json-ld"), read("/data/catalog.ttl", "turtle")
    assert len(one) > 80 and one.isomorphic(other)


def test_the_catalogue_keeps_to_what_dcat_ap_asks(published):
    check(read("/data/catalog.ttl", "turtle"), Graph().parse(data=SHAPES, format="turtle"))


@pytest.mark.skipif(
    not HIGH_VALUE_SHAPES.exists(), reason="the shapes of high-value data stand beside the project; ours above are always checked"
)
def test_high_value_data_keep_to_their_shapes(published):
    graph = read("/data/catalog.ttl?high_value=1", "turtle")
    assert [str(one).rsplit("/", 2)[1] for one in graph.subjects(RDF.type, DCAT.Dataset)] == ["commune-outlines"]
    check(graph, Graph().parse(HIGH_VALUE_SHAPES, format="turtle"))


def test_high_value_data_name_their_act_and_category(published):
    graph = read("/data/catalog.ttl?high_value=1", "turtle")
    r5r = Namespace("http://data.europa.eu/r5r/")
    act = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    files = list(graph.objects(dataset, DCAT.distribution))
    assert len(files) == 3
    assert {str(law) for one in (dataset, *files) for law in graph.objects(one, r5r.applicableLegislation)} == {act}
    assert list(graph.objects(dataset, r5r.hvdCategory))


def test_a_file_is_named_with_its_size_digest_and_licence(published):
    graph = read("/data/catalog.ttl", "turtle")
    licences = {str(one) for one in graph.objects(None, DCTERMS.license)}
    assert licences == {"http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"}
    for file in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(next(graph.objects(file, DCAT.downloadURL)))
        path = address.split("/", 3)[3]
        assert Client().head(f"/{path}")["Content-Length"] == str(next(graph.objects(file, DCAT.byteSize)))


def test_a_long_catalogue_is_read_page_by_page(published, monkeypatch):
    from oppidum.interfaces.dcat import nodes

    monkeypatch.setattr(nodes, "SIZE", 2)
    hydra = Namespace("http://www.w3.org/ns/hydra/core#")
    first = read("/data/catalog.jsonld", "json-ld")
    follows = str(next(first.objects(None, hydra.next)))
    second = read("/" + follows.split("/", 3)[3], "json-ld")
    found = {str(one) for graph in (first, second) for one in graph.subjects(RDF.type, DCAT.Dataset)}
    assert len(found) == 3 and not list(second.objects(None, hydra.next))
    assert int(next(first.objects(None, hydra.totalItems))) == 3


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999", "²"])
def test_a_page_that_is_none_is_the_nearest(page, published):
    assert Client().get(f"/data/catalog.jsonld?page={page}").status_code == 200
