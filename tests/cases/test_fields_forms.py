"""A whole form: pages, three states of an answer, its description for programs, and the rows of a spreadsheet."""

from datetime import date

import pytest

from oppidum.cases.declaration import (
    Choice,
    Contact,
    Day,
    Form,
    Items,
    Money,
    Page,
    Party,
    Text,
    YesNo,
    answer,
    clean_form,
    clean_page,
    describe_form,
    survey,
)
from oppidum.cases.declaration.fields import columns_of, nest_row, unknown_columns
from oppidum.core.errors import InvalidForm

TODAY = date(2027, 3, 1)
FORM = Form(
    Page("who", "Who asks", applicant=Party("Who asks?", required=True), contact=Contact("How?", required=True)),
    Page(
        "what",
        "The project",
        kind=Choice("Kind", {"play": "A play", "match": "A match"}, required=True),
        when=Day("When?", required=True),
        lines=Items("Budget", fields={"what": Text("What", required=True), "amount": Money("Amount", required=True)}),
    ),
    Page("team", "The team", when=answer("kind").is_("match"), players=Text("Who plays?", required=True), subs=YesNo("Others?")),
)
ANA = {"kind": "person", "name": "Ana"}
RAW = {"applicant": ANA, "contact": {"email": "a@b.fr"}, "kind": "play", "when": "12/03/2027"}


def test_a_page_that_is_not_asked_is_neither_owed_nor_kept():
    found = survey(FORM, RAW | {"players": "x"}, TODAY)
    assert found.states["players"] == "unasked" and "players" not in found.answers and not found.faults
    assert survey(FORM, RAW | {"kind": "match"}, TODAY).states["players"] == "empty"


def test_a_page_is_cleaned_with_what_stands_before_it():
    assert clean_page(FORM, "team", RAW | {"kind": "match", "players": "We"}, TODAY) == {"players": "We"}
    with pytest.raises(InvalidForm) as wrong:
        clean_page(FORM, "who", {}, TODAY)
    assert [fault.field for fault in wrong.value.errors] == ["applicant-kind", "contact-email"]


def test_a_question_may_be_called_like_an_option_of_the_page():
    assert isinstance(FORM["when"], Day) and FORM.page("team").when is not None


def test_a_name_is_given_once():
    with pytest.raises(ValueError, match="asked twice in one form: a;"):
        Form(Page("one", "One", a=Text("A")), Page("two", "Two", a=Text("A")))


def test_the_description_is_plain_data_in_the_readers_language():
    pages = describe_form(FORM, "fr")
    assert [page["name"] for page in pages] == ["who", "what", "team"]
    assert pages[2]["when"] == {"reads": ["kind"], "says": "Kind = A match"}
    applicant = pages[0]["questions"][0]
    assert applicant["kind"] == "party" and applicant["options"][0]["label"] == "Un particulier"
    assert [one["name"] for one in pages[1]["questions"][2]["fields"]] == ["what", "amount"]


ROW = {
    "applicant.kind": "association",
    "applicant.name": "Les Amis",
    "applicant.number": "W131001234",
    "contact.email": "amis@example.fr",
    "kind": "A play",
    "when": "12/03/2027",
    "lines.0.what": "Room",
    "lines.0.amount": "1 200,50 €",
    "lines.1.what": "",
    "lines.1.amount": "",
}


def test_a_row_of_a_spreadsheet_is_a_whole_form():
    assert clean_form(FORM, nest_row(FORM, ROW), TODAY) == {
        "applicant": {"kind": "association", "name": "Les Amis", "rna": "W131001234"},
        "contact": {"email": "amis@example.fr"},
        "kind": "play",
        "when": "2027-03-12",
        "lines": [{"what": "Room", "amount": 120050}],
    }


def test_a_column_that_no_question_reads_is_told():
    assert [fault.field for fault in unknown_columns(FORM, [*ROW, "amuont", "lines.7.amount", "lines.1.what2"])] == [
        "amuont",
        "lines.1.what2",
    ]
    assert "applicant.name" in columns_of(FORM) and "lines.2.amount" in columns_of(FORM)
