"""Discovery, services and their definitions, in both formats, against the shapes of the specification's examples."""

import json
from xml.etree import ElementTree

import pytest

from oppidum.cases.declaration import get_service
from oppidum.interfaces.open311.formats import Document

JSON, XML = "application/json; charset=utf-8", "text/xml; charset=utf-8"
SERVICE = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]
ATTRIBUTE = ["variable", "code", "datatype", "required", "datatype_description", "order", "description"]


def tags(element) -> list[str]:
    return [child.tag for child in element]


def test_each_format_has_its_exact_content_type(program):
    assert program.get("services.json")["Content-Type"] == JSON
    assert program.get("services.xml")["Content-Type"] == XML
    assert program.get("services.xml").content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')


def test_without_suffix_the_answer_is_xml_unless_json_alone_is_accepted(program):
    assert program.get("services")["Content-Type"] == XML
    assert program.client.get("/open311/v2/services", headers={"Accept": "application/json"})["Content-Type"] == JSON
    assert program.client.get("/open311/v2/services.xml", headers={"Accept": "application/json"})["Content-Type"] == XML


def test_services_have_the_fields_of_the_specification_in_both_formats(program):
    listed, drawn = program.json("services.json"), program.xml("services.xml")
    assert drawn.tag == "services" and len(listed) == len(drawn) == len(get_service("report").categories)
    for one, element in zip(listed, drawn, strict=True):
        assert list(one) == tags(element) == SERVICE and element.tag == "service"
        assert one["metadata"] in (True, False) and element.findtext("metadata") in ("true", "false")
        assert one["type"] == "realtime" and one["service_code"] == element.findtext("service_code")


def test_a_definition_has_questions_in_order_with_their_values(program):
    told = program.json("services/water.hydrant.json")
    assert list(told) == ["service_code", "attributes"]
    questions = {a["code"]: a for a in told["attributes"]}
    assert [a["order"] for a in told["attributes"]] == list(range(1, len(told["attributes"]) + 1))
    assert questions["what"]["datatype"] == "singlevaluelist" and questions["what"]["required"] is True
    assert {v["key"] for v in questions["what"]["values"]} >= {"hydrant_open", "fountain_dry"}
    assert questions["under_jet"]["required"] is False  # asked of some only
    assert questions["danger_1"]["variable"] is False and "18" in questions["danger_1"]["description"]


def test_a_definition_in_xml_nests_values_in_attributes(program):
    drawn = program.xml("services/cleanliness.dirty_street.xml")
    assert drawn.tag == "service_definition" and tags(drawn) == ["service_code", "attributes"]
    first = drawn.find("attributes/attribute")
    assert tags(first)[:7] == ATTRIBUTE and first.findtext("datatype") == "multivaluelist"
    assert tags(first.find("values/value")) == ["key", "name"]


@pytest.mark.parametrize("code", get_service("report").categories)
def test_every_service_is_defined_with_datatypes_of_the_specification(program, code):
    known = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
    for attribute in program.json(f"services/{code}.json")["attributes"]:
        assert attribute["datatype"] in known and attribute["description"]
        assert bool(attribute.get("values")) == attribute["datatype"].endswith("valuelist")


def test_an_unknown_service_is_404_in_both_formats(program):
    assert "service_code" in program.refused(program.get("services/roads.moon.json"), 404)
    answer = program.get("services/roads.moon.xml")
    error = ElementTree.fromstring(answer.content).find("error")
    assert answer.status_code == 404 and tags(error) == ["code", "description"] and error.findtext("code") == "404"


def test_locale_alone_chooses_the_language(program):
    french, english = program.json("services.json"), program.json("services.json", locale="en")
    assert french[0]["service_name"] != english[0]["service_name"] == "Dirty street or square"
    asked = program.client.get("/open311/v2/services.json", headers={"Accept-Language": "en"})
    assert json.loads(asked.content) == french
    assert "locale" in program.refused(program.get("services.json", locale="tlh"), 400)


@pytest.mark.parametrize("path", ["/open311/discovery", "/open311/v2/discovery"])
def test_discovery_names_the_endpoint_and_its_formats(program, path):
    told = json.loads(program.client.get(f"{path}.json").content)
    assert list(told) == ["changeset", "contact", "key_service", "endpoints"]
    [endpoint] = told["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2" and endpoint["url"].endswith("/open311/v2")
    drawn = ElementTree.fromstring(program.client.get(f"{path}.xml").content)
    assert [f.text for f in drawn.findall("endpoints/endpoint/formats/format")] == ["text/xml", "application/json"]


def test_the_jurisdiction_may_be_left_out_and_another_is_refused(program, settings):
    settings.PUBLIC_URL = "https://www.castelmer.example"
    for known in ("", "200099999", "castelmer.example", "www.castelmer.example"):
        assert program.get("services.json", jurisdiction_id=known).status_code == 200
    assert "jurisdiction_id" in program.refused(program.get("services.json", jurisdiction_id="sfgov.org"), 404)


def test_what_does_not_exist_is_told_as_an_error_document(program):
    program.refused(program.client.get("/open311/v3/x", headers={"Accept": "application/json"}), 404)
    answer = program.client.delete("/open311/v2/services.json")
    assert program.refused(answer, 405) and "GET" in answer["Allow"]


def test_a_page_of_another_site_may_read(program):
    assert program.get("services.json")["Access-Control-Allow-Origin"] == "*"
    assert program.client.options("/open311/v2/requests.json").status_code == 204


def test_xml_is_well_formed_whatever_somebody_wrote():
    wild = "<b>&amp; \x00\x0b\x1f\ufffe\ud800 ]]> é 🦄 \"'"
    drawn = ElementTree.fromstring(Document("service_requests", [{"description": wild, "address": None}]).render("xml"))
    assert drawn.findtext("request/description") == "<b>&amp;  ]]> é 🦄 \"'"
    assert json.loads(Document("service_requests", [{"description": "é\ud800"}]).render("json")) == [{"description": "é?"}]
