"""The inbox as pages: views, rail, own views, selections, export, and how many queries they take."""

import csv
import io

import pytest

from oppidum.cases.models import SavedView
from oppidum.web.desk import choices
from tests.desk.conftest import report
from tests.desk.queries import all_queries

BUDGET = 12


@pytest.fixture(autouse=True)
def _fresh_choices():
    choices.forget()


def test_an_officer_starts_with_the_cases_of_the_team(desk, cases):
    page = desk("ana").get("/desk/").content.decode()
    assert cases.hole.code in page and cases.noise.code not in page
    assert 'aria-current="page"' in page


@pytest.mark.parametrize("size", [20, 50, 100])
def test_the_page_takes_twelve_queries_at_most_whatever_its_size(desk, people, moved, size):
    browser = desk("dora")
    SavedView.objects.create(officer=people.dora, name="Aubane", query="view=all&commune=13901")
    for _ in range(size):
        report()
    browser.get("/desk/")
    choices.forget()
    with all_queries() as sent:
        page = browser.get(f"/desk/?view=all&size={size}&words=trou")
    assert page.status_code == 200 and page.content.decode().count("data-key-item") == size
    assert len(sent) <= BUDGET, sent


def test_every_view_opens_for_every_role(desk):
    for name in ("ana", "bob", "cleo", "dora", "max"):
        browser = desk(name)
        for view in ("mine", "team", "late", "due_today", "due_week", "to_qualify", "waiting", "unassigned", "all", "closed"):
            assert browser.get(f"/desk/?view={view}").status_code == 200


def test_a_filter_is_kept_under_a_name_counted_and_forgotten(desk, people):
    browser = desk("dora")
    browser.post("/desk/views/", {"name": " Aubane  ", "query": "view=all&commune=13901&evil=1"})
    kept = SavedView.objects.get(officer=people.dora)
    assert (kept.name, kept.query) == ("Aubane", "view=all&commune=13901")
    assert "Aubane" in browser.get("/desk/").content.decode()
    browser.post(f"/desk/views/{kept.pk}/delete/")
    assert not SavedView.objects.exists()


def test_nobody_deletes_the_view_of_somebody_else(desk, people):
    kept = SavedView.objects.create(officer=people.dora, name="Aubane", query="view=all")
    assert desk("ana").post(f"/desk/views/{kept.pk}/delete/").status_code == 404


def test_what_a_resident_wrote_is_shown_as_text(desk, people):
    report(words="<script>alert(1)</script>", address='"><img src=x>')
    page = desk("ana").get("/desk/").content.decode()
    assert "<script>alert" not in page and "<img src=x>" not in page


def exported(browser, query):
    text = b"".join(browser.get(f"/desk/export.csv?{query}").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_export_holds_the_filter_within_sight(desk, cases):
    assert {line["Code"] for line in exported(desk("ana"), "view=all")} == {cases.hole.code, cases.old.code, cases.asked.code}


def test_the_export_tells_persons_to_who_may_see_them_alone(desk, cases):
    assert "zoe@example.org" in str(exported(desk("ana"), "view=all"))
    assert "zoe@example.org" not in str(exported(desk("max"), "view=all"))


def test_a_cell_of_the_export_is_never_a_formula(desk, people):
    report(words="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in {value for line in exported(desk("ana"), "view=all") for value in line.values()}


@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/desk/export.csv",
        "/desk/bulk/done/",
        "/desk/case/AAAAA-AAAAA/",
        "/desk/case/AAAAA-AAAAA.pdf",
        "/desk/home/",
        "/desk/photo/x/full/",
    ],
)
def test_a_stranger_is_sent_to_the_login_page(client, town, path):
    answer = client.get(path)
    assert answer.status_code == 302 and answer["Location"].startswith("/desk/login/")
