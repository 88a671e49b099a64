"""Trails: exactly the records that a number counts, and nothing of a person in them."""

import csv
import random
import re

import pytest
from django.test import Client

from oppidum.cases.models import Case
from oppidum.cases.public import public_id
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, count_trail
from oppidum.figures.declaration import Count, Stock
from oppidum.figures.overview import value_of
from oppidum.figures.trails import open_trail
from tests.desk.queries import all_queries
from tests.people_of_town import PASSWORD
from tests.web_figures.conftest import PERSONAL

pytestmark = pytest.mark.usefixtures("now")


def read_csv(client, address: str) -> list[list[str]]:
    """The lines of a CSV file, its head first."""
    answer = client.get(address)
    assert answer.status_code == 200 and answer.streaming
    return list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines(), delimiter=";"))


@pytest.fixture
def signed_in(a_year):
    """A browser for each officer."""

    def sign_in(name: str) -> Client:
        browser = Client()
        assert browser.login(username=name, password=PASSWORD)
        return browser

    return sign_in


def is_number(figure):
    """Whether a figure is the number of its records."""
    return isinstance(figure, Stock) or isinstance(figure, Count) and not figure.adds


def test_each_trail_has_as_many_records_as_the_number_and_so_has_a_part_drawn_at_random(a_year, client):
    rng = random.Random(3)
    for name, figure in all_figures().items():
        if figure.publication != "public":
            continue
        value = value_of(name, 2027)
        parts = [(split, key) for split, counts in value.splits.items() for key in counts]
        for split, key in [("", ""), *rng.sample(parts, min(4, len(parts)))]:
            narrowed = f"&{split}={key}" if split else ""
            if is_number(figure):
                expected = value.splits[split][key] if split else value.value
            else:  # a share opens to its part, a change to its year, a rank to the records that it ranks
                expected = count_trail(name, Period.year(2027), {split: key} if split else None)
            lines = read_csv(client, f"/figures/{name}/trail.csv?year=2027{narrowed}")
            page = client.get(f"/figures/{name}/trail/?year=2027{narrowed}").content.decode()
            assert len(lines) - 1 == expected == page.count('<td class="number quiet">'), (name, split, key)
            assert f'<strong class="digits">{expected}</strong>' in page


def test_pages_of_a_trail_follow_each_other_without_gap_or_overlap(a_year):
    trail = open_trail("reports-filed", 2027)
    whole = [record.case for record in trail.read(internal=True)]
    paged = [record.case for start in range(0, trail.total, 7) for record in trail.read(offset=start, limit=7, internal=True)]
    assert paged == whole and len(set(whole)) == 52


def test_visitors_find_no_code_and_nothing_of_a_person(a_year, client):
    codes = list(Case.objects.values_list("code", flat=True))
    for name in all_figures():
        for address in (
            f"/figures/{name}/",
            f"/figures/{name}/trail/?year=2027",
            f"/figures/{name}/trail.csv?year=2027",
            f"/figures/{name}/figure.csv",
        ):
            answer = client.get(address)
            body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
            assert not [code for code in codes if code in body or code.replace("-", "") in body], address
            assert not [word for word in PERSONAL if word in body], address


def test_a_public_report_is_named_by_its_public_id(a_year, client):
    page = client.get("/figures/reports-done/trail/?year=2027").content.decode()
    assert f'href="/reports/{public_id(a_year.hole.case_id)}"' in page


def test_of_a_report_that_is_not_public_visitors_learn_the_month_alone(a_year, client):
    lines = read_csv(client, "/figures/reports-filed/trail.csv?year=2027&category=noise.neighbours")[1:]
    assert lines == [["1", "2027-01", "", "non public", "non public", "non public"]]
    whole = read_csv(client, "/figures/reports-filed/trail.csv?year=2027")[1:]
    [place] = [n for n, line in enumerate(whole) if line[3] == "non public"]
    # Last in its month, so that its place doesn't tell the day.
    assert whole[place - 1][1].startswith("2027-01") and whole[place + 1][1].startswith("2027-02")
    assert public_id(a_year.noise.case_id) not in client.get("/figures/reports-filed/trail/?year=2027").content.decode()


def test_a_call_never_leads_visitors_to_a_report(a_year, client):
    page = client.get("/figures/calls/trail/?year=2027").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert main and "/reports/" not in main and public_id(a_year.hole.case_id) not in page


def test_officers_of_the_figures_open_the_cases_within_their_sight(a_year, signed_in):
    dora = signed_in("dora").get("/figures/reports-filed/trail/?year=2027").content.decode()
    assert f'href="/desk/case/{a_year.hole.code}/"' in dora
    assert a_year.noise.code not in dora  # Aubane's own team has it: not in her sight
    assert "non public" not in dora


def test_officers_without_the_right_read_what_everybody_reads(a_year, signed_in, client):
    ana = signed_in("ana").get("/figures/reports-filed/trail.csv?year=2027")
    assert b"".join(ana.streaming_content) == b"".join(client.get("/figures/reports-filed/trail.csv?year=2027").streaming_content)


def test_a_trail_of_an_officer_costs_the_same_few_queries_whatever_its_length(a_year, signed_in):
    browser = signed_in("dora")
    for narrowed in ("", "&month=2027-01"):
        with all_queries() as sent:
            browser.get(f"/figures/reports-filed/trail/?year=2027{narrowed}")
        assert len(sent) <= 24, len(sent)


def test_a_name_like_a_formula_is_no_formula_in_a_spreadsheet():
    from oppidum.web.figures.exporting import _safe

    assert _safe("=1+1") == "'=1+1" and _safe(12) == 12 and not re.match(r"'", _safe("Aubane"))
