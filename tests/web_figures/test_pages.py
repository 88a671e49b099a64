"""The pages of the figures: numbers that equal a recount, and addresses that explain themselves."""

import html
import re

import pytest

from oppidum.cases.models import Call, Case
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, compute
from oppidum.figures.declaration import Count, Counted
from oppidum.figures.overview import glance, list_years
from oppidum.figures.remembering import forget
from oppidum.figures.statements import by_source
from tests.desk.queries import all_queries
from tests.figures.test_figures import new

pytestmark = pytest.mark.usefixtures("a_year", "now")


def text_of(answer) -> str:
    """What a reader sees."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())  # \u00a0 is white space too


def test_the_overview_shows_the_numbers_that_a_recount_gives(client):
    shown = text_of(client.get("/figures/?year=2027"))
    assert f"{Case.objects.filter(filed_at__year=2027).count()} signalements" in shown
    assert f"{Call.objects.count()} appels" in shown
    assert "33,3 %" in shown


def test_a_glance_and_a_full_count_agree():
    for name, one in glance(2027).items():
        value = compute(name, Period.year(2027))
        assert one.value == value.value, name
        if isinstance(one.figure, Count):
            assert {month: count for month, count in one.months.items() if count} == value.splits["month"], name


def test_the_running_year_compares_with_the_same_days_of_the_year_before(client):
    one = glance(2027)["reports-filed"]
    assert (one.value, one.before) == (52, 6)
    assert "2026, jusqu'au 1er juillet : 6 (+766,7 %)" in text_of(client.get("/figures/"))


def test_a_year_without_a_year_before_says_that_it_has_no_figure(client):
    assert "2025 : pas de chiffre" in text_of(client.get("/figures/?year=2026"))


def test_years_are_those_that_have_records(client, moved):
    assert list_years() == [2027, 2026]
    with moved(2029, 5, 5):
        forget()
        assert list_years() == [2029, 2027, 2026]


def test_each_part_of_a_figure_equals_a_recount(client):
    shown = client.get("/figures/reports-filed/?year=2027").content.decode()
    for commune in ("13901", "13902", "13903"):
        counted = Case.objects.filter(filed_at__year=2027, commune_id=commune).count()
        assert re.search(rf'commune={commune}">{counted}<', shown), commune


def test_a_figure_tells_what_it_counts_in_words(client):
    shown = text_of(client.get("/figures/reports-done/"))
    assert "les lignes du journal des dossiers" in shown and "service « Signaler un problème »" in shown
    assert "Compté jeudi 1er juillet à 9 h" in shown


def test_a_share_opens_to_its_two_counts(client):
    shown = text_of(client.get("/figures/calls-with-report-share/?year=2027"))
    assert "Appels suivis d'un signalement" in shown and "Appels au centre de contact" in shown


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/figures/?year=abc", 400, "quatre chiffres, comme 2027"),
        ("/figures/?year=12027", 400, "quatre chiffres"),
        ("/figures/?year=1999", 404, "rien enregistré en 1999"),
        ("/figures/moon-phases/", 404, "ne comptons rien sous ce nom"),
        ("/figures/reports-filed/trail/?planet=mars&commune=99999", 404, "dans cette partie"),
        ("/figures/reports-filed/trail/?outcome=report", 404, "pas réparti"),
        ("/figures/reports-filed/trail/?commune=13901&category=roads.pothole", 400, "une seule partie"),
        ("/figures/reports-filed/trail/?page=99", 404, "première"),
        ("/figures/reports-filed/trail/?page=x", 404, "première"),
        ("/figures/reports-filed/trail/?commune=%00", 400, "adresse"),
        ("/figures/reports-filed/figure.csv?year=1", 400, "quatre chiffres"),
        ("/figures/reports-filed/trail.csv?month=2027-13", 404, "dans cette partie"),
    ],
)
def test_a_wrong_address_says_what_to_do(client, address, status, says):
    answer = client.get(address)
    assert answer.status_code == status and says in text_of(answer)


def test_every_figure_has_its_page_in_both_languages(client):
    for name in (figure.name for figure in all_figures().values() if figure.publication == "public"):
        for language in ("fr", "en"):
            assert client.get(f"/figures/{name}/?lang={language}").status_code == 200


def test_a_page_costs_few_queries_and_none_to_count_within_the_minute(client, moved):
    with all_queries() as asked:
        client.get("/figures/")
    first = [one for one in asked if "set_config" not in one]
    # Each source and kind is read once for the year and once for the year before.
    sources = by_source(figure for figure in all_figures().values() if isinstance(figure, Counted))
    assert len(first) <= 2 * len(sources) + 12
    with all_queries() as second:
        client.get("/figures/")
        client.get("/figures/")
    assert len(second) <= 2, second  # the owners' names
    new_value = glance(2027)["reports-filed"].value
    with moved(2027, 7, 1, 9, 2):
        assert glance(2027)["reports-filed"].computed_at.minute == 2
        assert glance(2027)["reports-filed"].value == new_value


def test_what_was_counted_is_forgotten_after_a_minute(moved):
    from oppidum.cases.filing import file_cases

    assert glance(2027)["reports-filed"].value == 52
    file_cases([new()])
    assert glance(2027)["reports-filed"].value == 52
    with moved(2027, 7, 1, 9, 1):
        assert glance(2027)["reports-filed"].value == 53
