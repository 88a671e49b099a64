"""Whether one may ask is answered before the form: by a few questions, in plain words, with what to do instead."""

import html
import re

import pytest
from django.core.cache import cache

from oppidum.cases.declaration import catalogue
from oppidum.cases.models import Draft
from oppidum.territory import locate
from oppidum.territory.models import Stamp, Zone
from oppidum.web.portal.may_ask import NO, OPEN, YES, judge, questions_before
from oppidum.web.portal.offered import is_askable
from tests.browser import check_page
from tests.territory.town import IN_AUBANE, square

ASKABLE = [code for code, service in catalogue().items() if is_askable(service)]


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def designated(people):
    """The permit to let exists around a point of Aubane."""
    cache.clear()
    Zone.objects.create(layer="rental-permit", code="A", name="Centre", commune_id="13901", outline=square(5.0, 43.3, 0.06))
    Stamp.touch()
    locate.forget()
    yield catalogue()["rental-permit"]
    locate.forget()


def at(point, **more):
    return {"asks-at": "ici", "lon": point[0], "lat": point[1], **more}


@pytest.mark.parametrize("code", ASKABLE)
def test_what_is_asked_before_is_little_and_quick_to_answer(code):
    asked = questions_before(catalogue()[code])
    assert len(asked.fields) <= 6
    assert {one.kind for one in asked.fields.values()} <= {"choice", "yes_no", "number", "money", "day", "computed"}


@pytest.mark.parametrize(
    ("raw", "says"),
    [({"level": "student"}, NO), ({}, OPEN), ({"level": "lower"}, OPEN), ({"level": "lower", "birth": "2013-05-04"}, YES)],
)
def test_a_pupil_may_ask_and_a_student_may_not(raw, says):
    service = catalogue()["school-transport"]
    verdict = judge(service, questions_before(service), raw, "person", {})
    assert verdict.says == says and bool(verdict.why and verdict.instead) == (says == NO)


def test_who_may_not_ask_is_told_for_whom_it_is():
    service = catalogue()["composter"]
    verdict = judge(service, questions_before(service), {}, "company", {})
    assert verdict.says == NO and verdict.why


def test_where_the_service_does_not_exist_nobody_need_ask(client, designated):
    page = text(client.get("/services/rental-permit/"))
    assert "À quelle adresse ?" in page.replace("\u00a0", " ")
    outside = text(client.post("/services/rental-permit/may/", at((5.15, 43.35))))
    assert "hors des périmètres" in outside and "Aubane" in outside and "vous n'avez rien à faire" in outside.replace("’", "'")


def test_a_yes_begins_the_form_with_these_answers(client, designated):
    given = {"letting": "new", "exempt": "none"}
    choices = {name: question for name, question in designated.form.items() if name in given}
    given = {
        name: next(key for key in one.options if key not in ("renewal", "amendment", "social", "state"))
        for name, one in choices.items()
    }
    answer = client.post("/services/rental-permit/may/", at(IN_AUBANE, **given))
    assert "Oui, vous pouvez faire cette demande" in text(answer)
    assert f'name="letting" value="{given["letting"]}"' in answer.content.decode()
    client.post("/services/rental-permit/ask/", given)
    assert Draft.objects.get().raw == given
    no = text(client.post("/services/rental-permit/may/", at(IN_AUBANE, letting="renewal")))
    assert "n'est pas possible" in no.replace("’", "'") and "Vous n'avez rien à demander" in no.replace("’", "'")


def test_nothing_is_kept_of_a_question_put_before(client, designated):
    client.post("/services/rental-permit/may/", at(IN_AUBANE))
    assert not Draft.objects.exists() and client.get("/services/rental-permit/may/").status_code == 405
    assert client.post("/services/rights-request/may/").status_code == 404


@pytest.mark.browser
def test_the_verdict_comes_on_the_page_of_the_service(open_page, designated):
    page = open_page("/services/rental-permit/", width=360)
    page.check("input[name=letting][value=renewal]")
    page.click("#may button[type=submit]")
    page.wait_for_selector("#may .notice")
    check_page(page, widths=(360, 1440))
