"""The metropolis writes its own prices in a file; what is wrong in it is told, by service, tariff and row."""

from datetime import date

import pytest
from django.utils import translation

from oppidum.cases.declaration import compute_fee, get_service, tariff_file
from oppidum.cases.declaration.faults import DefinitionError
from oppidum.cases.declaration.tariff_words import price_tables

GOOD = """
[school-transport]
duplicate = [{since = "2028-03-01", source = "Deliberation 2028-12", verified = true, rows = [["12.50 EUR"]]}]
pass = [{since = "2027-03-01", source = "Deliberation 2027-3", rows = [
    ["city", true, "<= 400.5", "56 EUR"], [["city", "country"], true, "> 400.5", "61.00 EUR"], ["*", "*", "*", "99.00 EUR"]]}]
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    def write(text):
        path = tmp_path / "tariffs.toml"
        path.write_text(text)
        monkeypatch.setenv(tariff_file.VARIABLE, str(path))
        tariff_file.forget()

    yield write
    monkeypatch.delenv(tariff_file.VARIABLE, raising=False)
    tariff_file.forget()


def price(fee, **known):
    service = get_service("school-transport")
    given = {"rule:least_km": 3, "rule:late_from": "2027-07-16", "filed_on": "2027-06-01", "today": "2028-04-01"}
    place = lambda lon, *zones: {"lon": lon, "lat": 43.3, "zones": list(zones)}  # noqa: E731
    return compute_fee(service, fee, {**given, "home": place(5.0, "city-network"), "school": place(5.2), **known})


def test_own_prices_take_the_place_of_the_declared_ones(file):
    file(GOOD)
    assert price("duplicate").total_cents == 1_250
    assert price("duplicate", today="2028-02-29").total_cents == 1_000
    assert [price("pass", quotient=q).total_cents for q in (400, 400.5, 401)] == [5_600, 5_600, 6_100]
    assert price("pass").total_cents == 9_900
    assert price("duplicate").sources == ("Deliberation 2028-12",)
    assert tariff_file.fit_tariffs({"school-transport": get_service("school-transport")}) == []


def test_without_a_file_the_declaration_holds(file):
    assert price("duplicate").total_cents == 1_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[school-transport]\npass = [{since = '2028-01-01'}]", "a version is"),
        ("[school-transport]\nduplicate = [{since = '2028-01-01', source = 'x', rows = [[12]]}]", 'write it as "12.50 EUR"'),
        ("not toml", "is no TOML"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_start(file, text, said):
    file(text)
    with pytest.raises(DefinitionError, match=said):
        tariff_file.own_tariffs("school-transport")


def test_a_price_for_what_does_not_exist_is_told(file):
    file(
        """
[nowhere]
x = []
[school-transport]
berth = [{since = "2028-01-01", source = "x", rows = [["1 EUR"]]}]
pass = [{since = "2028-01-01", source = "x", rows = [["city", "1 EUR"]]}]
"""
    )
    told = "\n".join(tariff_file.fit_tariffs({"school-transport": get_service("school-transport")}))
    for said in ("[nowhere]: no such service", "berth: the service has no such tariff", "needs 3 keys"):
        assert said in told


def test_prices_are_read_as_a_table_on_the_page_of_the_service():
    with translation.override("fr"):
        passes, duplicate = price_tables(get_service("school-transport"), date(2027, 6, 1))
        litre, flat = price_tables(get_service("special-waste-fee"), date(2027, 6, 1))
    assert passes.rows[0] == (
        "tout le réseau, pour qui habite dans le périmètre urbain, ayant droit, Quotient familial\u00a0: jusqu’à 400", "55,00\u00a0€",
    )  # fmt: skip
    assert passes.rows[5] == ("réseau hors périmètre urbain, ayant droit", "60,00\u00a0€")
    assert duplicate.rows == [("", "10,00\u00a0€")]
    assert (litre.rows[0], litre.per) == (("Ordures ménagères résiduelles", "39,80\u00a0€"), "pour 1\u202f000")
    assert flat.rows[1][0] == "Litres par semaine\u00a0: jusqu’à 840"
    assert price_tables(get_service("special-waste-fee"), date(2023, 1, 1)) == []
