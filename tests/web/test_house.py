"""What every page has: the authority's name, a language by choice, refusals that say what to do, health."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from oppidum import urls as all_urls
from oppidum.core.errors import Invalid, NotFound, TooMany
from oppidum.web import health


def refuse(request):
    raise Invalid("Dites où cela se trouve.", field="place")


def hide(request):
    raise NotFound


def slow_down(request):
    raise TooMany(retry_after=30)


def break_down(request):
    raise RuntimeError("broken")


handler400, handler403, handler404, handler500 = (getattr(all_urls, f"handler{code}") for code in (400, 403, 404, 500))
urlpatterns = [
    *all_urls.urlpatterns,
    path("test/refuse", refuse),
    path("api/refuse", refuse),
    path("test/hide", hide),
    path("test/slow", slow_down),
    path("test/break", break_down),
    path("test/post", lambda request: HttpResponse(request.POST.get("a", ""))),
]


@pytest.fixture
def here(town, settings):
    """A visitor of the town's site, where some pages refuse."""
    settings.ROOT_URLCONF = "tests.web.test_house"
    cache.clear()
    return Client(raise_request_exception=False)


def test_a_page_carries_the_authoritys_name_and_is_french_whatever_the_browser_says(here):
    page = here.get("/accessibility/", headers={"Accept-Language": "en"})
    assert "Métropole de Castelmer" in page.content.decode() and 'lang="fr"' in page.content.decode()
    assert page["Content-Language"] == "fr"


def test_english_is_chosen_once_and_remembered(here):
    assert 'lang="en"' in here.get("/accessibility/?lang=en").content.decode()
    assert 'lang="en"' in here.get("/accessibility/").content.decode()
    assert 'lang="fr"' in here.get("/accessibility/?lang=fr").content.decode()
    assert 'lang="fr"' in here.get("/accessibility/?lang=xx").content.decode()


def test_the_language_switch_keeps_the_page_and_its_address(here):
    assert "?view=late&amp;lang=en" in here.get("/accessibility/?view=late").content.decode()


def test_a_refusal_is_a_page_that_says_what_to_do_and_keeps_a_way_back(here):
    page = here.get("/test/refuse", headers={"Referer": "http://testserver/from?x=1"})
    assert page.status_code == 422
    assert "Dites où cela se trouve." in page.content.decode() and 'href="/from?x=1"' in page.content.decode()


def test_the_way_back_never_leaves_the_site(here):
    assert "evil" not in here.get("/test/refuse", headers={"Referer": "http://evil.example/x"}).content.decode()


def test_a_program_is_told_in_problem_json(here):
    for address, headers in (("/api/refuse", {}), ("/test/refuse", {"Accept": "application/json"})):
        answer = here.get(address, headers=headers)
        assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "invalid" and answer.json()["field"] == "place"


def test_what_is_hidden_and_what_does_not_exist_look_the_same(here):
    assert here.get("/test/hide").status_code == here.get("/nothing-here").status_code == 404


def test_a_rate_limit_says_how_long_to_wait(here):
    answer = here.get("/test/slow")
    assert answer.status_code == 429 and answer["Retry-After"] == "30"


def test_an_error_gives_a_reference_and_nothing_of_the_inside(here):
    page = here.get("/test/break")
    assert page.status_code == 500 and "référence" in page.content.decode() and "RuntimeError" not in page.content.decode()
    assert here.get("/test/break", headers={"Accept": "application/json"}).json()["status"] == 500


def test_a_body_beyond_the_limit_is_a_file_too_large(here, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert here.post("/test/post", {"a": "x" * 1000}, content_type="application/x-www-form-urlencoded").status_code in (200, 413)
    assert here.post("/test/post", "a=" + "x" * 1000, content_type="application/x-www-form-urlencoded").status_code == 413


def test_a_page_left_open_too_long_says_that_nothing_is_lost(town, settings):
    settings.ROOT_URLCONF = "tests.web.test_house"
    page = Client(enforce_csrf_checks=True).post("/test/post", {"a": "1"})
    assert page.status_code == 403 and "ce que vous avez écrit est gardé" in page.content.decode()


def test_no_page_has_an_inline_script_or_style(here, styleguide):
    import re

    for address in ("/accessibility/", styleguide, "/nothing"):
        text = here.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_liveness_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert Client().get("/health/live").json() == {"status": "live"}


def test_readiness_names_what_is_wrong(db, monkeypatch):
    assert Client().get("/health/ready").json()["checks"] == dict.fromkeys(health.CHECKS, "ok")
    monkeypatch.setitem(health.CHECKS, "outbox", lambda: "stuck since 10:20")
    answer = Client().get("/health/ready")
    assert answer.status_code == 503 and answer.json()["checks"]["outbox"] == "stuck since 10:20"


def test_the_style_guide_is_for_those_who_build(here, styleguide, settings):
    assert here.get(styleguide).status_code == 200
    settings.STYLEGUIDE = False
    assert here.get(styleguide).status_code == 403


def test_a_request_without_a_choice_speaks_french():
    from oppidum.web.language import chosen

    assert chosen(RequestFactory().get("/")) == "fr"
