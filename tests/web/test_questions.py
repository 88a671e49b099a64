"""Declared questions as they are drawn: only what is asked, each input named by the path of its answer, each fault beside its input."""

from datetime import date

import pytest
from django.template import Context, Template

from oppidum.cases.declaration import (
    Address,
    AssetPick,
    Choice,
    Computed,
    Contact,
    Day,
    Files,
    Items,
    Money,
    Number,
    Party,
    Period,
    Place,
    Statement,
    Text,
    YesNo,
    answer,
    clean_form,
    items,
)
from oppidum.core.errors import InvalidForm
from oppidum.web.questions import draw_questions, paths_shown

TODAY = date(2027, 3, 1)
FORM = {
    "kind": Choice("Kind", {"play": "A play", "match": "A match"}, required=True),
    "players": Text("Who plays?", required=True, when=answer("kind").is_("match")),
    "first": Day("First day"),
    "stay": Period("Stay"),
    "noisy": YesNo("Noisy?"),
    "surface": Number("Surface", unit="m²"),
    "price": Money("Price"),
    "where": Place("Where?", required=True),
    "home": Address("Your address"),
    "berth": AssetPick("Which berth?", "berth"),
    "applicant": Party("Who asks?", required=True),
    "contact": Contact("How do we reach you?", needs=("email",), required=True),
    "plans": Files("Plans", most=3),
    "lines": Items(
        "Budget", fields={"what": Text("What", required=True), "amount": Money("Amount", required=True)}, totals=("amount",)
    ),
    "total": Computed("Total", value=items("lines").sum(answer("amount")), as_="money"),
    "oath": Statement("I certify that this is true.", required=True),
}


def drawn(raw, faults=()):
    return {one.name: one for one in draw_questions(FORM, raw, faults, today=TODAY)}


def html(raw, faults=()):
    return Template("{% questions drawn %}").render(Context({"drawn": draw_questions(FORM, raw, faults, today=TODAY)}))


def test_only_what_is_asked_is_drawn():
    assert "players" not in drawn({}) and "players" in drawn({"kind": "match"})
    assert drawn({})["kind"].decides and not drawn({})["price"].decides


def test_a_kept_value_comes_back_as_people_type_it():
    page = drawn({"price": 123450, "first": "12/03/2027", "surface": 12.5, "noisy": True})
    assert [page[name].fields[0].value for name in ("price", "first", "surface", "noisy")] == [
        "1234,50",
        "2027-03-12",
        "12,5",
        "yes",
    ]


def test_a_company_is_asked_its_number_and_a_person_is_not():
    assert [one.name for one in drawn({})["applicant"].fields] == ["applicant-kind", "applicant-name"]
    company = drawn({"applicant": {"kind": "company", "siret": "73282932000074"}})["applicant"]
    assert [one.name for one in company.fields][2:] == ["applicant-number", "applicant-represented_by"]
    assert company.fields[2].value == "73282932000074"


def test_each_fault_stands_beside_its_input():
    raw = {"lines": [{"what": "Room", "amount": "x"}], "applicant": {"kind": "company", "name": "", "number": "1"}}
    with pytest.raises(InvalidForm) as wrong:
        clean_form(FORM, raw, TODAY)
    page = html(raw, wrong.value.errors)
    paths = paths_shown(draw_questions(FORM, raw, today=TODAY))
    for fault in wrong.value.errors:
        assert fault.field in paths and f'id="id_{fault.field}-error"' in page, fault.field
        assert f'id="id_{fault.field}"' in page, fault.field


def test_rows_grow_to_the_most_and_show_their_total():
    page = drawn({"lines": [{"what": "Room", "amount": "12,50"}, {"what": "Band", "amount": 20000}]})["lines"]
    assert len(page.rows) == 2 and page.may_grow and page.totals[0]["value"].startswith("212,50")
    assert len(drawn({})["lines"].rows) == 1


def test_a_file_kept_is_listed_and_not_asked_again():
    kept = {"token": "t", "name": "plan.pdf", "type": "application/pdf", "bytes": 340_000}
    page = html({"plans": [kept]})
    assert "plan.pdf" in page and 'value="t" checked' in page and "340" in page


def test_no_two_inputs_share_an_id():
    page = html({"kind": "match", "lines": [{}, {}], "applicant": {"kind": "company"}})
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
