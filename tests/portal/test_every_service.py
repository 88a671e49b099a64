"""The house checks itself: every declared service that residents can ask for has a page, a form that can be drawn, a name that finds it."""

import re
from html import unescape

import pytest
from django.utils.translation import override

from oppidum.cases.declaration import catalogue, describe_form, pages_of
from oppidum.cases.models import Draft
from oppidum.cases.searching import find_services
from oppidum.core import clock
from oppidum.web.portal.offered import is_askable, offered
from oppidum.web.portal.season import find_season
from oppidum.web.questions import draw_questions, paths_shown

ASKABLE = [code for code, service in catalogue().items() if is_askable(service)]


@pytest.mark.parametrize("code", ASKABLE)
def test_its_page_says_what_it_is_and_leads_to_its_form(client, people, code):
    service = catalogue()[code]
    page = client.get(f"/services/{code}/", {"lang": "fr"}).content.decode()
    is_open = find_season(service, clock.now()).is_open
    asked = "Aucun appel n'est ouvert" if service.contest else f"/services/{code}/ask/"
    assert (asked if is_open else "Fermé pour le moment") in unescape(page)
    assert service.says, "say in two sentences what it is for (says=)"
    assert "%(" not in page and "&lt;django" not in page


@pytest.mark.parametrize("code", ASKABLE)
def test_its_name_finds_it(code):
    with override("fr"):
        assert find_services(str(catalogue()[code].name), "fr", offered())[0] is catalogue()[code]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", ASKABLE)
def test_each_page_of_its_form_can_be_drawn_and_described(code, language):
    service = catalogue()[code]
    with override(language):
        for page in pages_of(service.form):
            paths = paths_shown(draw_questions(page.questions, {}))
            assert len(paths) == len(set(paths))
        assert [page["name"] for page in describe_form(service.form, language)] == [page.name for page in pages_of(service.form)]


@pytest.mark.parametrize("code", ASKABLE)
def test_its_form_begins_and_says_what_is_missing(client, people, code):
    if not find_season(catalogue()[code], clock.now()).is_open:
        assert client.post(f"/services/{code}/ask/")["Location"] == f"/services/{code}/"
        return
    begun = client.post(f"/services/{code}/ask/")
    first = client.get(begun["Location"])
    assert first.status_code == 200 and Draft.objects.get().service == code
    shown = re.findall(r'name="shown" value="([^"]+)"', first.content.decode())
    again = client.post(begun["Location"], {"shown": shown})
    assert again.status_code in (303, 422)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_its_icon_is_among_those_that_set_up_copies(code):
    from django.conf import settings

    assert catalogue()[code].icon in (settings.ROOT / "oppidum/web/icons.txt").read_text().split()
