"""What somebody would send us to do harm: scripts, formulas, header lines, other sites' addresses, stolen sessions, odd forms."""

import random
import re
import stat
import threading

import pytest
from django.conf import settings as live_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from oppidum.cases import outbox
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.mailing import sending
from oppidum.cases.models import Case, Entry, Mail, SavedView
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import Contact
from oppidum.core import rates
from oppidum.core.secret import secret_key
from oppidum.interfaces import keys
from oppidum.services.living_environment.report import Report
from oppidum.web.desk import choices
from oppidum.web.spreadsheets import safe
from tests.people_of_town import PASSWORD
from tests.portal.conftest import Walk
from tests.territory.town import IN_AUBANE
from tests.web.test_bad_requests import NAMES, ODD
from tests.web.test_routes import arguments, routes

SCRIPT = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{7*7}}${7*7}"
RAW = ("<script>alert", "<img src=x", "onerror=alert(2)>")


@pytest.fixture(autouse=True)
def _fresh(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rates.forget()
    choices.forget()


def officer(name="dora", **more) -> Client:
    browser = Client(raise_request_exception=False, **more)
    assert browser.login(username=name, password=PASSWORD)
    return browser


@pytest.fixture
def poisoned(people):
    """A report whose every word that a stranger can choose is a script."""
    contact = Contact(SCRIPT, '"<script>alert(1)</script>"@example.org', "+33612345678", "fr")
    raw = {"category": "roads.pothole", "words": SCRIPT, "where": "road"}
    known = {
        "lon": IN_AUBANE[0],
        "lat": IN_AUBANE[1],
        "commune": "13901",
        "channel": "portal",
        "address": SCRIPT,
        "contact": contact,
    }
    filed = file_case(prepare_case(Report, raw, **known))
    ana = actor_of(people.ana)
    from oppidum.cases.acting import act_on

    act_on(filed.case_id, prepare(Report, "ask_resident", {"message": SCRIPT}, ana))
    act_on(filed.case_id, prepare(Report, "finish", {"what_was_done": SCRIPT}, ana))
    SavedView.objects.create(officer=people.dora, name=SCRIPT[:80], query="view=all")
    return filed


def test_words_of_strangers_are_never_markup(poisoned, people):
    case = Case.objects.get(pk=poisoned.case_id)
    name = public_id(case.pk)
    pages = [
        f"/desk/case/{case.code}/",
        f"/desk/case/{case.code}/?act=reopen&note={SCRIPT}",
        "/desk/?view=closed",
        f"/desk/?words={SCRIPT}",
        f"/follow/{case.code}",
        f"/reports/{name}",
        "/reports/?state=done",
        f"/reports/?q={SCRIPT}",
        f"/follow/?code={SCRIPT}",
        f"/report/?category={SCRIPT}",
        f"/figures/?year=2026&x={SCRIPT}",
        f"/my/{SCRIPT}",
        f"/desk/login/?next={SCRIPT}",
        f"/open311/v2/requests/{name}.xml",
        f"/territory/search?q={SCRIPT}",
    ]
    for browser in (officer(), officer("cleo"), Client(raise_request_exception=False)):
        for page in pages:
            answer = browser.get(page, headers={"HX-Request": "true"} if "territory" in page else {})
            assert answer.status_code < 500, page
            assert not any(raw in answer.content.decode() for raw in RAW), page


def test_mails_of_a_hostile_resident_leave_as_plain_text_with_one_reader(poisoned, settings, mailoutbox):
    outbox.deliver()
    sending.send_queued()
    for mail in mailoutbox:
        assert mail.content_subtype == "plain" and len(mail.to) == 1 and not mail.cc and not mail.bcc and not mail.attachments


@pytest.mark.parametrize("email", ["zoe@example.org\nBcc: all@example.org", "zoe@example.org\r\nX: y", "a@b.example, c@d.example"])
def test_no_header_line_comes_in_by_an_address(people, client, email):
    case = file_case(
        prepare_case(
            Report,
            {"category": "roads.pothole", "words": "x", "where": "road"},
            lon=5.05,
            lat=43.35,
            commune="13901",
            channel="portal",
        )
    )
    name = public_id(case.case_id)
    assert client.post(f"/reports/{name}/follow", {"email": email}).status_code == 422
    assert client.post(f"/follow/{case.code}/mails", {"email": email}).status_code == 422
    client.post("/my-reports/", {"email": email})
    assert not Mail.objects.filter(to__contains="Bcc").exists() and not Mail.objects.filter(to__contains=",").exists()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", " =1+1", "＝1+1"])
def test_no_cell_is_run_by_a_spreadsheet(cell):
    assert safe(cell).startswith("'")


def test_every_form_of_a_page_asks_for_its_token(people):
    browser, taken = officer(enforce_csrf_checks=True), []
    for name, pattern in routes():
        if name.startswith("open311:") or name == "partners:receive":
            continue  # no cookie means anything there: a program shows its key, a partner's message its signature
        answer = browser.post(reverse(name, kwargs=arguments(pattern)), {"x": "1"})
        if answer.status_code not in (403, 404, 405) and not name.startswith("api:"):
            taken.append((name, answer.status_code))
    assert not taken


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example/", "http:evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_our_own_pages_only(people, where):
    answer = Client().post("/desk/login/", {"username": "ana", "password": PASSWORD, "next": where})
    assert answer.status_code == 302 and "evil" not in answer["Location"] and answer["Location"].startswith("/desk/")
    listed = officer("ana").get("/desk/", {"lang": where})
    assert listed.status_code == 200 and "evil" not in str(listed.headers)


def test_a_session_known_before_signing_in_is_worth_nothing_after(people):
    browser = Client()
    browser.get("/report/")
    walk = Walk(browser)
    walk.send("photo")
    before = browser.cookies["sessionid"].value
    browser.post("/desk/login/", {"username": "ana", "password": PASSWORD})
    after = browser.cookies["sessionid"].value
    thief = Client()
    thief.cookies["sessionid"] = before
    assert before != after and thief.get("/desk/").status_code == 302
    browser.post("/desk/logout/")
    thief.cookies["sessionid"] = after
    assert thief.get("/desk/").status_code == 302, "signed out is out"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(people):
    def told(name):
        text = Client().post("/desk/login/", {"username": name, "password": "wrong"}).content.decode()
        return re.sub(r'value="[^"]*"', "", text)

    assert told("ana") == told("unknown")


@pytest.mark.parametrize("path", ["/", "/desk/login/", "/reports/", "/figures/", "/nowhere/", "/report/"])
def test_each_page_carries_its_armour(people, path):
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'self'" in policy and "object-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY" and headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_installation_is_closed_by_default():
    from oppidum import settings

    assert not settings.DEBUG and "*" not in settings.ALLOWED_HOSTS and not hasattr(settings, "PASSWORD_HASHERS")
    assert (
        live_settings.SESSION_COOKIE_HTTPONLY
        and live_settings.SESSION_COOKIE_SAMESITE == live_settings.CSRF_COOKIE_SAMESITE == "Lax"
    )
    assert Client(raise_request_exception=False).get("/", headers={"Host": "evil.example"}).status_code == 400


def test_the_secret_key_is_its_owners_alone(tmp_path):
    key = secret_key(tmp_path)
    assert len(key) > 50 and key == secret_key(tmp_path) and stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("seed", range(4))
def test_no_form_with_any_content_breaks(people, seed):
    dice, broken = random.Random(seed), []
    case = file_case(
        prepare_case(
            Report,
            {"category": "roads.pothole", "words": "x", "where": "road"},
            lon=5.05,
            lat=43.35,
            commune="13901",
            channel="portal",
        )
    )
    draft = Walk(Client()).id
    fixed = [f"/report/{draft}/{step}/" for step in ["photo", "what", "where", "details", "nearby", "same", "contact", "check"]]
    fixed += [f"/desk/case/{case.code}/act/{name}/" for name in Report.flow.actions]
    fixed += [f"/follow/{case.code}/act/{name}" for name in ("answer", "object", "reply")] + [f"/follow/{case.code}/mails"]
    fixed += [
        f"/reports/{public_id(case.case_id)}/follow",
        "/desk/calls/",
        "/desk/calls/look/",
        "/desk/calls/caller/",
        "/desk/bulk/",
    ]
    fixed += ["/desk/views/", "/my-reports/", "/open311/v2/requests.json", "/open311/v2/requests.xml", "/desk/login/"]
    names = NAMES + [
        "place",
        "lon",
        "lat",
        "spot",
        "email",
        "name",
        "message",
        "note",
        "seen",
        "day",
        "key",
        "outcome",
        "join",
        "cases",
        "all",
        "filter",
        "stage",
        "action",
        "what_was_done",
        "reason",
        "team",
        "original",
        "username",
        "password",
        "description",
        "attribute[where]",
        "attribute[",
        "photo_token",
        "kept",
        "opened_at",
        "waited",
        "q_where",
        "category_listed",
        "where",
    ]
    good = [
        "roads.pothole",
        "report",
        "joined",
        "confirm",
        "preview",
        "note",
        "plan",
        f"{case.case_id}:2",
        case.code,
        "road",
        "2",
        "5.05",
        "43.35",
    ]
    browsers = [officer("ana"), officer("cleo"), Client(raise_request_exception=False)]
    for address in fixed * 2:
        form = {dice.choice(names): dice.choice(ODD + good + ["x" * 100_000]) for _ in range(dice.randint(1, 9))}
        form |= (
            {"outcome": dice.choice(["report", "joined", "message", "follow_up", "x"]), "key": "k" * 22}
            if "calls" in address
            else {}
        )
        if dice.random() < 0.2:
            form[dice.choice(["photo", "photos", "media"])] = SimpleUploadedFile(
                "a\x00\n.jpg", b"\xff\xd8\xff" + bytes(30), "image/jpeg"
            )
        answer = dice.choice(browsers).post(address, form)
        if answer.status_code >= 500:
            broken.append((address, str(form)[:400]))
    bodies = [
        (b"\xff\xfe=%ff&words=%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"x", "multipart/form-data; boundary="),
        (b"--a\r\nnonsense", "multipart/form-data; boundary=a"),
        (b"{", "application/json"),
        (b"a=1", "text/plain; charset=nonsense"),
        (b"a=1", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"&".join([b"a=1"] * 3000), "application/x-www-form-urlencoded"),
    ]
    for address in fixed:
        body, kind = dice.choice(bodies)
        answer = dice.choice(browsers).generic("POST", address, body, content_type=kind)
        if answer.status_code >= 500:
            broken.append((address, body[:30], kind))
    assert not broken


def at_once(count, send):
    """Call `send(n)` from `count` threads at the same moment."""
    start, found = threading.Barrier(count), [None] * count

    def run(n):
        try:
            start.wait(30)
            found[n] = send(n)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def same_visitor(client: Client) -> Client:
    """Another tab of the same browser."""
    tab = Client(raise_request_exception=False)
    tab.cookies = client.cookies
    return tab


@pytest.mark.django_db(transaction=True)
def test_a_report_sent_four_times_at_once_is_one_report(people):
    walk = Walk(Client())
    walk.to_check(email="zoe@example.org", notify="on")
    found = at_once(4, lambda n: same_visitor(walk.client).post(walk.address("check")).status_code)
    assert found == [302] * 4 and Case.objects.count() == 1 and Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_call_ended_four_times_at_once_files_and_logs_once(people):
    from oppidum.cases.models import Call

    cleo = officer("cleo")
    form = {
        "key": "k" * 22,
        "outcome": "report",
        "category": "roads.pothole",
        "q_where": "road",
        "words": "un trou",
        "place": "Rue de la République, 13910 Aubane",
        "lon": IN_AUBANE[0],
        "lat": IN_AUBANE[1],
        "phone": "0491000000",
    }
    found = at_once(4, lambda n: same_visitor(cleo).post("/desk/calls/", form).status_code)
    assert found == [302] * 4 and (Case.objects.count(), Call.objects.count()) == (1, 1)


@pytest.mark.parametrize("seed", range(3))
def test_no_program_with_a_key_breaks_or_half_files(people, seed):
    """Whatever a form holds, it is filed whole or refused: never a 500, never a case without its journal."""
    keys.forget()
    dice, broken, token = random.Random(seed), [], keys.make_key("Allô", ["open311:write"], limit=1_000_000)
    good = {"service_code": "roads.pothole", "lat": "43.35", "long": "5.05", "attribute[where]": "road", "description": "x"}
    more = [
        "description",
        "address_string",
        "email",
        "phone",
        "first_name",
        "last_name",
        "media_url",
        "attribute[where]",
        "attribute[]",
        "attribute[where][]",
        "lat",
        "long",
        "jurisdiction_id",
        "locale",
        "service_code",
        "address_id",
        "device_id",
        "account_id",
    ]
    for _ in range(60):
        form = (
            good | {"api_key": token} | {dice.choice(more): dice.choice([*ODD, "x" * 100_000]) for _ in range(dice.randint(1, 3))}
        )
        headers = {"Idempotency-Key": dice.choice(["a", "x" * 300, "é"])} if dice.random() < 0.3 else {}
        answer = Client(raise_request_exception=False).post(
            f"/open311/v2/requests.{dice.choice(['json', 'xml'])}", form, headers=headers
        )
        if answer.status_code not in (200, 400, 404, 413):
            broken.append((answer.status_code, str(form)[:400]))
    assert not broken and Entry.objects.filter(seq=1).count() == Case.objects.count()
