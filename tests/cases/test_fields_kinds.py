"""Each kind of question: what people and programs write, what is kept, what is refused, and how it reads back."""

from datetime import date

import pytest
from django.utils.translation import override

from oppidum.cases.declaration import (
    PDF,
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
    answer,
    answered,
    clean_form,
    items,
    survey,
)
from oppidum.core.errors import Invalid, InvalidForm

TODAY = date(2027, 3, 1)
NBSP, THIN = "\u00a0", "\u202f"


def refused(question, raw):
    """The faults of an answer, by the part at fault."""
    with pytest.raises((Invalid, InvalidForm)) as wrong:
        question.clean(raw, TODAY)
    faults = wrong.value.errors if isinstance(wrong.value, InvalidForm) else [wrong.value]
    return [fault.field for fault in faults]


# --- Money


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1 234,56 €", 123456),
        (f"1{THIN}234,56{NBSP}€", 123456),
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("1234.5", 123450),
        ("12", 1200),
        ("12,5 euros", 1250),
        ("23.000", 2300000),
        ("EUR 3", None),
        (123456, 123456),
    ],
)
def test_euros_are_kept_as_cents(typed, cents):
    if cents is None:
        assert refused(Money("How much?"), typed)
    else:
        assert Money("How much?").clean(typed, TODAY) == cents


@pytest.mark.parametrize("typed", ["", "-", "douze", "1,234", "12,345", "1.23.4", 12.5, True, "9" * 20])
def test_what_is_no_amount_is_refused(typed):
    assert refused(Money("How much?"), typed) == [None]


def test_an_amount_stays_within_its_bounds_and_reads_in_french():
    price = Money("Price", minimum=100, maximum=100_00)
    assert refused(price, "0,99") == refused(price, "100,01") == refused(price, "-5") == [None]
    with override("fr"):
        assert Money("Price").show(123450) == f"1{THIN}234,50{NBSP}€"


def test_a_number_takes_its_unit_typed_after_it():
    assert Number("Surface", unit="m²").clean("42,5 m²", TODAY) == 42.5
    with override("fr"):
        assert Number("Surface", unit="m²").show(1042.5) == f"1{THIN}042,5{THIN}m²"


# --- Days


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("12/03/2027", "2027-03-12"),
        ("1/4/2027", "2027-04-01"),
        ("12-03-2027", "2027-03-12"),
        ("12 mars 2027", "2027-03-12"),
        ("1er avril 2027", "2027-04-01"),
        ("3 août 2027", "2027-08-03"),
        ("12 déc. 2027", "2027-12-12"),
    ],
)
def test_days_as_the_french_write_them(typed, iso):
    assert Day("When?").clean(typed, TODAY) == iso


@pytest.mark.parametrize("typed", ["12/03/27", "30 février 2027", "3 ju 2027", "demain", "2027-13-01"])
def test_a_day_that_can_be_read_two_ways_is_asked_again(typed):
    assert refused(Day("When?"), typed) == [None]


def test_a_period_has_two_days_in_order():
    stay = Period("Stay", earliest=0, longest=30)
    assert stay.clean({"from": "10/04/2027", "to": "2027-04-12"}, TODAY) == {"from": "2027-04-10", "to": "2027-04-12"}
    assert refused(stay, {"from": "10/04/2027", "to": "09/04/2027"}) == ["to"]
    assert refused(stay, {"from": "10/04/2027", "to": "10/05/2027"}) == ["to"]
    assert refused(stay, {"from": "28/02/2027", "to": ""}) == ["from", "to"]
    with override("fr"):
        assert stay.show({"from": "2027-04-01", "to": "2027-04-12"}) == "du 1er avril 2027 au 12 avril 2027"


# --- Places

NOAILLES = {"lon": "5.3799", "lat": "43,2961", "commune": "13201", "address": " 3 rue d'Aubagne ", "zones": ["rental-permit"]}


def test_a_place_keeps_its_point_commune_and_zones():
    assert Place("Where?").clean(NOAILLES, TODAY) == {
        "lon": 5.3799,
        "lat": 43.2961,
        "commune": "13201",
        "address": "3 rue d'Aubagne",
        "zones": ["rental-permit"],
    }


def test_a_place_outside_the_zone_is_refused_with_the_sentence_that_says_so():
    dwelling = Place("Where?", inside="rental-permit", outside="No permit is needed there.")
    assert dwelling.clean(NOAILLES, TODAY)
    with pytest.raises(Invalid) as wrong:
        dwelling.clean(NOAILLES | {"zones": ["parking"]}, TODAY)
    assert (wrong.value.field, str(wrong.value)) == ("address", "No permit is needed there.")
    with override("fr"), pytest.raises(Invalid) as wrong:
        Place("Where?", inside="x").clean(NOAILLES, TODAY)
    assert "hors du périmètre" in str(wrong.value)


@pytest.mark.parametrize("wrong", [{"commune": ""}, {"lon": ""}, {"lat": "91"}, {"lon": "nan"}])
def test_a_place_needs_a_point_of_the_territory(wrong):
    assert refused(Place("Where?"), NOAILLES | wrong) == ["address"]


def test_the_facts_of_a_private_place_say_neither_point_nor_address():
    value = Place("Where?").clean(NOAILLES, TODAY)
    assert Place("Where?", private=True).fact_of(value) == {"commune": "13201", "zones": ["rental-permit"]}


def test_no_register_blocks_an_address():
    assert Address("Your address").clean({"text": "Calle Mayor 1, Toledo"}, TODAY) == {
        "text": "Calle Mayor 1, Toledo",
        "commune": "",
    }
    assert Address("Your address").clean("1 rue X, 13001 Marseille", TODAY)["text"] == "1 rue X, 13001 Marseille"
    assert refused(Address("Your address"), {"text": " ", "lon": "5"}) == ["text"]


def test_a_thing_is_named_by_its_number_or_shown_on_the_map():
    assert AssetPick("Which berth?", "berth").clean({"id": "B 12", "lon": "", "lat": ""}, TODAY) == {"id": "B 12"}
    assert AssetPick("Which berth?", "berth").clean({"lon": 5.3, "lat": 43.2}, TODAY) == {"lon": 5.3, "lat": 43.2}
    assert refused(AssetPick("Which berth?", "berth"), {"id": " "}) == ["id"]


# --- Persons


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("732 829 320 00074", {"siret": "73282932000074", "siren": "732829320"}),
        ("732829320", {"siren": "732829320"}),
        ("356 000 000 09075", {"siret": "35600000009075", "siren": "356000000"}),  # La Poste: digits add up to a multiple of five
    ],
)
def test_a_company_gives_its_number(typed, kept):
    party = Party("Who?", kinds=("company",))
    assert party.clean({"name": "Le Bon Pain", "number": typed}, TODAY) == {"kind": "company", "name": "Le Bon Pain", **kept}


@pytest.mark.parametrize("number", ["W131001234", "w2A1002345", "W9R2 003456", "732 829 320 00074"])
def test_an_association_gives_its_rna_number_or_siret(number):
    assert Party("Who?").clean({"kind": "association", "name": "Les Amis", "number": number}, TODAY)["kind"] == "association"


@pytest.mark.parametrize("number", ["", "732 829 320 00075", "123", "W13100123", "35600000009076"])
def test_a_wrong_number_is_told(number):
    assert refused(Party("Who?"), {"kind": "company", "name": "X", "number": number}) == ["number"]


def test_a_person_gives_a_name_and_no_number():
    given = {"kind": "person", "name": " Ana  Ruiz ", "number": "732829320"}
    assert Party("Who?").clean(given, TODAY) == {"kind": "person", "name": "Ana Ruiz"}
    assert refused(Party("Who?"), {"kind": "person", "name": ""}) == ["name"]
    assert refused(Party("Who?", kinds=("company", "association")), {"kind": "person", "name": "Ana"}) == ["kind"]


def test_what_is_cleaned_stays_what_it_is():
    party = Party("Who?").clean({"kind": "company", "name": "X", "number": "73282932000074", "represented_by": "Ana"}, TODAY)
    assert Party("Who?").clean(party, TODAY) == party


def test_a_contact_is_an_address_or_a_number():
    contact = Contact("How?")
    assert contact.clean({"email": " Ana@Example.FR", "phone": "06 12 34 56 78"}, TODAY) == {
        "email": "ana@example.fr",
        "phone": "+33612345678",
    }
    assert refused(contact, {"name": "Ana"}) == ["email"]
    assert refused(contact, {"email": "ana@", "phone": "12"}) == ["email", "phone"]
    assert refused(Contact("How?", needs=("email", "phone")), {"email": "ana@example.fr"}) == ["phone"]
    assert contact.show({"name": "Ana", "phone": "+33612345678"}) == "Ana · 06 12 34 56 78"


# --- Files


def file(token="t1", name="plan.pdf", kind="application/pdf", size=1000):
    return {"token": token, "name": name, "type": kind, "bytes": size}


def test_files_are_counted_weighed_and_known_by_their_kind():
    plans = Files("Plans", accept=PDF, most=2, largest_mb=1)
    assert plans.clean([file(), file()], TODAY) == [file()]
    assert refused(plans, [file("a"), file("b"), file("c")]) == [None]
    assert refused(plans, [file(kind="image/png")]) == refused(plans, [file(size=2**20 + 1)]) == [None]
    assert refused(plans, ["unknown-token"]) == [None]
    assert plans.fact_of([file()]) == 1


# --- Rows, statements, computed values

BUDGET = Items(
    "Budget", fields={"what": Text("What", required=True), "amount": Money("Amount", required=True)}, most=3, totals=("amount",)
)


def test_blank_rows_are_dropped_and_faults_name_their_row():
    rows = [{"what": "", "amount": ""}, {"what": "Room", "amount": "120,50"}, {"what": "", "amount": "x"}]
    assert refused(BUDGET, rows) == ["2-what", "2-amount"]
    assert BUDGET.clean(rows[:2], TODAY) == [{"what": "Room", "amount": 12050}]
    assert refused(BUDGET, [{"what": "a", "amount": "1"}] * 4) == [None]
    assert BUDGET.sums(BUDGET.clean([{"what": "a", "amount": "1"}] * 3, TODAY)) == {"amount": 300}


def test_a_row_reads_the_answers_before_its_list():
    form = {
        "abroad": Choice("Abroad?", {"yes": "Yes", "no": "No"}),
        "children": Items(
            "Children", fields={"name": Text("Name"), "visa": Text("Visa", required=True, when=answered("abroad", "yes"))}
        ),
    }
    with pytest.raises(InvalidForm) as wrong:
        clean_form(form, {"abroad": "yes", "children": [{"name": "Lou"}]}, TODAY)
    assert [fault.field for fault in wrong.value.errors] == ["children-0-visa"]
    assert clean_form(form, {"abroad": "no", "children": [{"name": "Lou"}]}, TODAY)["children"] == [{"name": "Lou"}]


def test_a_statement_keeps_who_signed():
    oath = Statement("I certify that this is true.", required=True)
    assert oath.clean({"agreed": "on", "name": "Ana Ruiz", "at": "2027-03-01T10:00:00+01:00"}, TODAY) == {
        "name": "Ana Ruiz",
        "at": "2027-03-01T10:00:00+01:00",
    }
    assert refused(oath, {"agreed": "", "name": "Ana"}) == ["agreed"]
    assert refused(oath, {"agreed": "on", "name": ""}) == ["name"]


def test_a_computed_value_is_worked_out_never_taken():
    form = {
        "budget": BUDGET,
        "total": Computed("Total", value=items("budget").sum(answer("amount")), as_="money"),
        "why": Text("Why so much?", required=answer("total") > 10_000, when=answer("total") > 5_000),
    }
    raw = {"budget": [{"what": "Room", "amount": "60"}], "total": "1", "why": ""}
    assert clean_form(form, raw, TODAY)["total"] == 6000
    found = survey(form, raw | {"budget": [{"what": "Room", "amount": "101"}]}, TODAY)
    assert [fault.field for fault in found.faults] == ["why"]
    assert survey(form, raw | {"budget": []}, TODAY).states == {"budget": "empty", "total": "given", "why": "unasked"}
    assert "amount" in form["total"].reason({"budget": "Budget"})


def test_a_company_may_be_one_person_so_its_number_is_no_fact():
    party = Party("Who?")
    company = party.clean({"kind": "company", "name": "Zoé Martin EI", "number": "732829320"}, TODAY)
    assert company["siren"] == "732829320" and party.fact_of(company) == {"kind": "company"}
    association = party.clean({"kind": "association", "name": "Les Amis", "number": "W131234567"}, TODAY)
    assert party.fact_of(association) == {"kind": "association", "rna": "W131234567"}
