"""The first loop, whole: from the street to the crew and back, in chromium on the real server, with the worker's own tasks."""

import email
import email.policy
import json
import re
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from oppidum.cases import outbox
from oppidum.cases.mailing import sending
from oppidum.cases.models import Call, Case
from oppidum.cases.public import public_id
from oppidum.cases.reading import read_journals
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.calendar import next_working_day
from oppidum.web.desk import choices
from tests.portal.pictures import jpeg
from tests.territory.town import IN_AUBANE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def house(people, live_server, settings, tmp_path):
    """The town at work: its people, a server, mails that leave as files, a folder for pictures."""
    choices.forget()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path / "mail"
    settings.PUBLIC_URL = live_server.url
    return SimpleNamespace(url=live_server.url, mail=tmp_path / "mail", people=people, read=set())


def test_a_report_goes_from_the_street_to_the_crew_and_back(house, open_page):
    code = a_resident_files_with_a_photo(open_page)
    assert mails_of(house) == [f"Nous avons votre signalement {code}"]

    desk = open_page("/desk/?view=team", officer=house.people.ana, **LAPTOP)
    the_team_finds_it(desk, code)
    act(desk, code, "plan", day=str(next_working_day(clock.today())))
    act(desk, code, "start")
    act(desk, code, "finish", photo=True, what_was_done="Trou rebouché à l'enrobé à froid")
    told = mails_of(house)
    assert len(told) == 3 and all(code in subject for subject in told)

    page = open_page(f"/follow/{code}", **PHONE)
    assert steps_of(page) == ["file", "route", "plan", "start", "finish"], "each step, with its time"
    expect(page.locator("body")).to_contain_text("Trou rebouché à l'enrobé à froid")
    the_resident_objects(page)
    assert Case.objects.select_related("live").get(code=code).live.step == "reopened"
    assert len(mails_of(house)) == 1

    a_caller_joins(open_page("/desk/calls/?phone=0491000000", officer=house.people.cleo, **LAPTOP), code)
    another_program_reads_it(house, code)
    assert [difference for _count, found in verify() for difference in found] == []


def a_resident_files_with_a_photo(open_page) -> str:
    """On a phone: a photo that knows its place, a category, two answers, an address for mails; the code is what stays."""
    page = open_page("/", **PHONE)
    page.locator(".thumb-bar a").click()
    page.set_input_files("#id_photos", {"name": "trou.jpg", "mimeType": "image/jpeg", "buffer": jpeg(at=IN_AUBANE)})
    page.wait_for_selector(".photo-previews img")
    go_on(page)
    page.locator(".groups a", has_text="Voirie").click()
    page.locator("button.pick", has_text="Nid-de-poule").click()
    page.locator("[name=use_photo]").click()
    page.check("input[name=where][value=road]")
    page.check("input[name=accident][value=no]")
    page.fill("#id_words", "Un trou profond devant l'école")
    go_on(page)
    page.fill("#id_email", "zoe@example.org")
    go_on(page)
    go_on(page, "Envoyer")
    return page.locator(".case-code-value").inner_text()


def go_on(page, words: str = "Continuer"):
    with page.expect_navigation():
        page.locator(".thumb-bar .button-big", has_text=words).click()


def the_team_finds_it(desk, code: str):
    """The officer of the roads opens the inbox: it is there, with its photo."""
    desk.locator(f"a[data-case='{code}']").click()
    desk.wait_for_selector(f"#case-pane [data-case-open='{code}']")
    expect(desk.locator("#case-pane")).to_contain_text("Un trou profond devant l'école")
    expect(desk.locator("#case-pane .photos img, #case-pane img[src*='/photo']").first).to_be_visible()


def act(desk, code: str, action: str, *, photo: bool = False, **answers: str):
    """Open the action's form on the case page, fill it in and send it."""
    desk.goto(f"{desk.url.split('/desk/')[0]}/desk/case/{code}/?act={action}")
    for name, value in answers.items():
        desk.fill(f"#id_{name}", value)
    if photo:
        desk.set_input_files("#id_photo", {"name": "fait.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    with desk.expect_navigation(url=re.compile(rf"/desk/case/{code}/$")):
        desk.locator(".act-form .actions button").first.click()


def steps_of(page) -> list[str]:
    """What happened, oldest first, by the journal; each shown on the page as a line with its time."""
    case = Case.objects.get(code=page.url.rsplit("/", 1)[1])
    lines = page.locator(".timeline time")
    steps = [fact for fact in actions_of(case) if fact != "give_to"]
    assert lines.count() == len(steps) and all(lines.nth(n).get_attribute("datetime") for n in range(lines.count()))
    return steps


def actions_of(case: Case) -> list[str]:
    return [fact.action for fact in read_journals([case.pk])[case.pk]]


def the_resident_objects(page):
    """Within fourteen days: it isn't solved."""
    page.locator("details.say summary", has_text="pas résolu").click()
    form = page.locator("form[action$='/act/object']")
    form.locator("textarea").fill("Le trou est revenu avec la pluie")
    form.locator("button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/follow/[^/]+$"))
    expect(page.locator(".timeline")).to_contain_text("Le trou est revenu avec la pluie")


def a_caller_joins(page, code: str):
    """The contact centre finds the report while the caller speaks, and joins it with one key."""

    def looked():
        return page.expect_response(lambda answer: "/calls/look/" in answer.url)

    with looked():
        page.keyboard.type("un trou")
    page.wait_for_selector("[data-call-key='1'][value='roads.pothole']")
    with looked():
        page.keyboard.press("Alt+Digit1")
    page.focus("#id_place")
    page.keyboard.type("rue de la repu")
    page.wait_for_selector("[role=option]:has-text('Rue de la République')")
    page.keyboard.press("ArrowDown")
    with looked():
        page.keyboard.press("Enter")
    page.wait_for_selector(f"[name=join][value='{code}']")
    page.keyboard.press("Alt+Digit6")
    page.wait_for_selector(".call-speech")
    call = Call.objects.select_related("case__live").get()
    assert (call.outcome, call.case.code, call.case.live.followers) == ("joined", code, 1)


def another_program_reads_it(house, code: str):
    """Open311: open again, under its public name, with the photo and without the code."""
    case = Case.objects.get(code=code)
    with urlopen(f"{house.url}/open311/v2/requests/{public_id(case.pk)}.json", timeout=10) as answer:
        text = answer.read().decode()
    [told] = json.loads(text)
    assert told["status"] == "open" and told["service_code"] == "roads.pothole" and code not in text and "zoe@" not in text


def mails_of(house) -> list[str]:
    """The worker's turn: the subjects, up to the colon, of the mails that it wrote now, all in French and to the resident."""
    outbox.deliver()
    sending.send_queued()
    subjects = []
    for path in sorted(set(house.mail.glob("*")) - house.read):
        house.read.add(path)
        for text in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if text.strip():
                mail = email.message_from_bytes(text, policy=email.policy.default)
                assert mail["To"] == "zoe@example.org" and mail["Content-Language"] == "fr"
                subjects.append(mail["Subject"].split(" :")[0].split("\u00a0:")[0])
    return subjects
