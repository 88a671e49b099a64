"""The web edition and its desk: a draft for officers alone, every number a link to its trail, nothing lost between two writers."""

import re

import pytest
from django.test import Client

from oppidum.publishing.models import ReportHighlight, ReportText
from oppidum.publishing.report import workflow
from oppidum.publishing.report.editions import make_file
from tests.publishing.report_of_town import YEAR

HOME = f"/report/{YEAR}/"
DESK = f"/desk/report/{YEAR}/"


@pytest.fixture
def reader():
    return Client()


def signed_in(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.mark.parametrize(
    "path", ["", "waste/", "index/", "charts/waste-recovered/", "charts/waste-recovered/data.csv", "report.pdf"]
)
def test_a_draft_is_not_there_for_everybody(officers, reader, path):
    assert reader.get(HOME + path).status_code == 404
    assert signed_in(officers.elie).get(HOME + path).status_code == 404


def test_an_officer_reads_the_draft_and_is_told_that_it_is_one(officers):
    page = signed_in(officers.nour).get(HOME).content.decode()
    assert "brouillon, vu des seuls agents" in page and "Collecter et valoriser" in page


def test_everybody_reads_a_published_edition(published, reader):
    page = reader.get(HOME).content.decode()
    assert "brouillon" not in page and "Collecter et valoriser" in page
    assert f'href="/report/{YEAR}/"' in reader.get("/report/editions/").content.decode()


def test_each_number_opens_to_its_trail(published, reader):
    page = reader.get(HOME + "waste/").content.decode()
    assert re.search(rf'<a class="told" href="/figures/waste-residual-collected/\?year={YEAR}"[^>]*>6\u202f483', page)


def test_a_chapter_has_the_one_before_and_the_one_after(published, reader):
    page = reader.get(HOME + "waste/").content.decode()
    assert 'rel="prev"' in page and 'rel="next"' in page


def test_a_chapter_that_there_is_not_is_not_found(published, reader):
    assert reader.get(HOME + "no-such-chapter/").status_code == 404
    assert reader.get("/report/2019/").status_code == 404


def test_another_year_stands_beside_when_asked(published, reader):
    page = reader.get(f"{HOME}waste/?compare={YEAR - 1}").content.decode()
    assert f'<th scope="col" class="number">{YEAR - 1}</th>' in page and "+100" in page
    assert f'<th scope="col" class="number">{YEAR - 1}</th>' not in reader.get(f"{HOME}waste/?compare=1789").content.decode()


def test_a_chart_has_its_table_its_files_and_its_figures(published, reader):
    chart = HOME + "charts/waste-recovered/"
    page = reader.get(chart)
    assert page.status_code in (200, 404)
    key = re.search(r'id="chart-([a-z0-9-]+)"', reader.get(HOME + "waste/").content.decode())[1]
    chart = f"{HOME}charts/{key}/"
    page = reader.get(chart).content.decode()
    assert "<svg" in page and "<table" in page and "/figures/" in page
    assert reader.get(chart + "chart.svg").content.startswith(b"<svg")
    assert reader.get(chart + "chart.png").content.startswith(b"\x89PNG")
    assert reader.get(chart + "data.csv").content.startswith(b"\xef\xbb\xbf")
    assert reader.get(f"{HOME}charts/none/").status_code == 404


def test_the_index_says_where_each_figure_comes_from(published, reader):
    page = reader.get(HOME + "index/").content.decode()
    assert "validé par Owen" in page and f'class="report-where" href="/report/{YEAR}/waste/"' in page


def test_the_pdf_made_ahead_is_given_and_none_is_made_on_the_way(published, reader):
    assert reader.get(HOME + "report.pdf").status_code == 404
    make_file(workflow.get_edition(YEAR), "fr")
    answer = reader.get(HOME + "report.pdf")
    assert answer.status_code == 200 and b"".join(answer.streaming_content).startswith(b"%PDF")


def test_english_has_its_own_texts(published):
    page = Client().get(f"{HOME}?lang=en").content.decode()
    assert "Collecting and recovering waste" in page


def test_the_pages_cost_few_queries(published, reader, django_assert_max_num_queries):
    reader.get(HOME + "waste/")
    with django_assert_max_num_queries(14):
        reader.get(HOME + "waste/")


# ---- the desk


def test_the_desk_is_for_those_who_see_internal_figures(officers):
    assert signed_in(officers.elie).get(DESK).status_code == 403
    page = signed_in(officers.nour).get(DESK).content.decode()
    assert "proposé par Oppidum" in page and "Publier l’édition" not in page
    assert "Publier l’édition" in signed_in(officers.owen).get(DESK).content.decode()


def test_a_draft_is_kept_and_its_faults_are_told_by_line(officers):
    client = signed_in(officers.nour)
    client.post(DESK + "waste/", {"language": "fr", "number": "0", "body": "Bon.\n\nIl y a 58 déchèteries."})
    page = client.get(DESK + "waste/").content.decode()
    assert "ligne 3" in page and "{recycling-centres-count}" in page.replace("&#x27;", "'")
    answer = client.post(DESK + "waste/", {"language": "fr", "number": "1", "body": "Il y a 58 déchèteries.", "submit": "1"})
    assert answer.status_code == 422 and "Il y a 58" in answer.content.decode()
    assert ReportText.objects.get().state == "draft"


def test_who_comes_second_sees_both_wordings(officers):
    signed_in(officers.nour).post(DESK + "waste/", {"language": "fr", "number": "0", "body": "Le texte de Nour."})
    answer = signed_in(officers.owen).post(DESK + "waste/", {"language": "fr", "number": "0", "body": "Le texte d’Owen."})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Le texte de Nour." in page and "Le texte d’Owen." in page
    assert 'name="number" value="1"' in page
    signed_in(officers.owen).post(DESK + "waste/", {"language": "fr", "number": "1", "body": "Les deux."})
    assert ReportText.objects.get().body == "Les deux."


def test_a_look_keeps_nothing(officers):
    answer = signed_in(officers.nour).post(DESK + "waste/look/", {"language": "fr", "body": "On a {levelo-trips}."})
    assert "2\u202f197\u202f135" in answer.content.decode() and not ReportText.objects.exists()


def test_a_text_goes_all_the_way_by_clicks(officers):
    nour, owen = signed_in(officers.nour), signed_in(officers.owen)
    nour.post(DESK + "waste/move/", {"language": "fr", "number": "0", "what": "submit"})
    owen.post(DESK + "waste/move/", {"language": "fr", "number": "1", "what": "send-back", "reason": "Trop court."})
    assert "Trop court." in nour.get(DESK + "waste/").content.decode()
    nour.post(DESK + "waste/", {"language": "fr", "number": "2", "body": "Plus long.", "submit": "1"})
    owen.post(DESK + "waste/move/", {"language": "fr", "number": "4", "what": "approve"})
    assert ReportText.objects.get().state == "approved"
    history = nour.get(DESK + "waste/history/").content.decode()
    assert "Trop court." in history and "Plus long." in history


def test_an_edition_is_published_from_the_desk(officers, reader):
    signed_in(officers.nour).post(DESK + "all/", {"language": "fr"})
    owen = signed_in(officers.owen)
    owen.post(DESK + "all/", {"language": "fr", "what": "approve"})
    owen.post(DESK + "compare/", {"language": "fr", "compared_with": str(YEAR - 1)})
    owen.post(DESK + "publish/")
    assert reader.get(HOME).status_code == 200
    assert f'<th scope="col" class="number">{YEAR - 1}</th>' in reader.get(HOME + "waste/").content.decode()


def test_a_highlight_is_written_down_and_read(officers):
    client = signed_in(officers.nour)
    wrong = client.post(DESK + "highlights/", {"on": "1999-01-01", "title_fr": "Fête"})
    assert wrong.status_code == 422 and "Fête" in wrong.content.decode()
    client.post(DESK + "highlights/", {"on": f"{YEAR}-06-01", "title_fr": "Fête de la mer", "directorate": "mobility"})
    assert "Fête de la mer" in client.get(HOME).content.decode()
    client.post(f"{DESK}highlights/{ReportHighlight.objects.get().pk}/remove/")
    assert not ReportHighlight.objects.exists()


def test_contradictions_are_read_before_print(officers):
    client = signed_in(officers.nour)
    client.post(DESK + "waste/", {"language": "fr", "number": "0", "body": "Le 31 février, on a trié."})
    page = client.get(DESK + "contradictions/").content.decode()
    assert "31 février" in page and f'href="{DESK}waste/?language=fr"' in page
