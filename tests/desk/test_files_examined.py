"""Files on pages: what is not examined yet is opened with a warning, what is harmful by nobody, and both sides read why."""

import io

import pytest

from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Attachment, Case
from oppidum.core import clock
from tests.browser import check_page
from tests.cases.small_services import declare
from tests.cases.test_scanning import PAPERS, PDF, ZOE, Permission


@pytest.fixture
def given(monkeypatch, people, settings, tmp_path):
    """A permission with a paper that nobody has examined."""
    settings.MEDIA_ROOT, settings.SCANNER = tmp_path, "tcp://127.0.0.1:9"
    declare(monkeypatch, Permission)
    paper = attachments.save_upload(io.BytesIO(PDF), "plan.pdf", PAPERS, clock.now())
    filed = file_case(prepare_case(Permission, {"papers": [paper.token]}, contact=ZOE, channel="portal"))
    return f"/desk/case/{filed.code}/files/{paper.token}", f"/follow/{filed.code}/files/{paper.token}"


@pytest.fixture
def cleo(client, people):
    client.force_login(people.cleo)
    return client


def case_page(client):
    return client.get(f"/desk/case/{Case.objects.get().code}/").content.decode()


def test_an_officer_is_warned_before_opening_what_nobody_examined(cleo, given):
    at_desk, _own = given
    warned = cleo.get(at_desk)
    assert "Content-Disposition" not in warned and "anyway=1" in warned.content.decode()
    opened = cleo.get(at_desk, {"anyway": "1"})
    assert opened["Content-Disposition"].startswith("attachment")
    assert (opened["X-Content-Type-Options"], opened["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")
    assert "antivirus" in warned.content.decode() and "Recherche de virus pas encore faite" in case_page(cleo)


def test_its_author_uses_it_at_once(client, given):
    _desk, own = given
    assert client.get(own)["Content-Disposition"].startswith("attachment")


def test_a_clean_one_is_opened_without_a_word(cleo, given):
    Attachment.objects.update(verdict="clean")
    assert cleo.get(given[0])["Content-Disposition"].startswith("attachment") and "virus" not in case_page(cleo)


def test_a_harmful_one_is_handed_to_nobody_and_both_sides_read_why(cleo, given):
    Attachment.objects.update(verdict="infected", found="Eicar")
    for address in (*given, f"{given[0]}?anyway=1"):
        answer = cleo.get(address)
        assert answer.status_code == 403 and PDF not in answer.content and "Eicar" in answer.content.decode()
    assert "compte comme non reçu" in case_page(cleo)
    assert "Envoyez-le de nouveau" in cleo.get(f"/follow/{Case.objects.get().code}").content.decode()


def test_without_a_scanner_the_page_says_so_and_the_file_opens(cleo, given, settings):
    settings.SCANNER = ""
    assert cleo.get(given[0])["Content-Disposition"].startswith("attachment")
    assert "pas d’antivirus" in case_page(cleo)


@pytest.mark.browser
def test_the_warning_and_the_case_with_a_harmful_file_can_be_read(open_page, people, given):
    page = open_page(given[0], officer=people.cleo)
    check_page(page)
    Attachment.objects.update(verdict="infected", found="Win.Test.EICAR_HDB-1")
    page = open_page(f"/follow/{Case.objects.get().code}")
    check_page(page)
    page = open_page(f"/desk/case/{Case.objects.get().code}/", officer=people.cleo)
    check_page(page)
