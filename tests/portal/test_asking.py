"""Asking for a declared service without JavaScript: page by page, saved as one goes, checked, sent once, found again."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oppidum.cases.declaration import Form, Page, Text, registry
from oppidum.cases.declaration.service import _version_of as service_version
from oppidum.cases.models import Attachment, Case, Draft, Mail, Party
from oppidum.core import clock
from oppidum.web.portal import asking, service_story
from oppidum.web.portal.season import Season
from tests.territory.town import IN_AUBANE

PDF = b"%PDF-1.7\n1 0 obj\n"


class Request:
    """One draft in one browser, filled in as a browser without JavaScript does: what is on screen names itself."""

    def __init__(self, client):
        self.client = client
        begun = client.post("/services/street-party/ask/")
        self.token = re.search(r"/ask/([\w-]{22})/who/", begun["Location"])[1]

    def address(self, page):
        return f"/services/street-party/ask/{self.token}/{page}/"

    def get(self, page, **query):
        return self.client.get(self.address(page), query)

    def send(self, page, **answers):
        """Post a page with its `shown`, as it is drawn now."""
        drawn = self.get(page).content.decode()
        answers = {name.replace("__", "-"): value for name, value in answers.items()}
        return self.client.post(self.address(page), {"shown": re.findall(r'name="shown" value="([^"]+)"', drawn), **answers})

    def who(self, **more):
        answers = {"applicant__kind": "person", "applicant__name": "Ana Ruiz", "contact__email": "ana@example.fr"} | more
        return self.send("who", **answers)

    def party(self, **more):
        day = (clock.today() + timedelta(days=60)).isoformat()
        return self.send("party", **({"kind": "meal", "day": day, "music": "no"} | more))

    def street(self, **more):
        lon, lat = IN_AUBANE
        return self.send("street", **({"where__address": "Rue de la République", "where__lon": lon, "where__lat": lat} | more))

    def to_check(self, **party):
        self.who()
        self.party(**party)
        self.street()
        self.send("budget", lines__0__what="Chaises", lines__0__amount="120,50")
        return self.send("sign", oath__agreed="on", oath__name="Ana Ruiz")

    def to_sent(self):
        self.to_check()
        self.client.post(self.address("check"), {})
        return Draft.objects.get(token=self.token).code


@pytest.fixture
def ask(client, street_party):
    return Request(client)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_whole_way(ask, client):
    assert ask.who()["Location"] == ask.address("party")
    assert ask.party()["Location"] == ask.address("street")
    assert ask.street()["Location"] == ask.address("budget")
    ask.send("budget", lines__0__what="Chaises", lines__0__amount="120,50")
    assert ask.send("sign", oath__agreed="on", oath__name="Ana Ruiz")["Location"] == ask.address("check")
    check = text(ask.get("check"))
    assert "Ana Ruiz" in check and "120,50" in check and "30" in check and "Un repas" in check
    sent = client.post(ask.address("check"), {}, follow=True)
    case = Case.objects.get(service="street-party")
    assert case.code in text(sent) and "accordée" in text(sent) and case.live.contactable
    assert case.answers["kind"] == "meal" and case.answers["lines"] == [{"what": "Chaises", "amount": 12050}]
    assert case.answers["where"]["commune"] == case.commune_id and case.answers["oath"]["name"] == "Ana Ruiz"
    assert Party.objects.get(case=case).email == "ana@example.fr"


def test_a_second_tap_files_nothing_more(ask, client):
    ask.to_sent()
    assert client.post(ask.address("check"), {})["Location"] == ask.address("sent")
    assert Case.objects.filter(service="street-party").count() == 1
    assert Draft.objects.get(token=ask.token).raw == {}


def test_what_is_wrong_comes_back_with_what_was_typed(ask):
    page = ask.who(contact__email="ana@", applicant__name="")
    assert page.status_code == 422
    shown = page.content.decode()
    assert 'value="ana@"' in shown and 'href="#id_contact-email"' in shown and 'href="#id_applicant-name"' in shown
    assert Draft.objects.get(token=ask.token).raw["contact"]["email"] == "ana@"


def test_a_question_that_an_answer_calls_for_is_asked_before_going_on(ask):
    ask.who()
    first = ask.party(kind="sale", music="yes")
    assert first.status_code == 303 and first["Location"].startswith(f"{ask.address('party')}#id_stalls")
    assert "Jusqu&#x27;à quelle heure" in ask.get("party").content.decode()
    assert ask.party(kind="sale", music="yes", until="22", stalls="12")["Location"] == ask.address("street")


def test_what_is_no_longer_asked_is_dropped_when_it_is_sent(ask, client):
    ask.who()
    ask.party(kind="sale")
    ask.party(kind="sale", stalls="12")
    ask.party(kind="meal", stalls="12")
    assert Draft.objects.get(token=ask.token).raw.get("stalls") in ("", "12")
    ask.street()
    ask.send("budget")
    ask.send("sign", oath__agreed="on", oath__name="Ana Ruiz")
    client.post(ask.address("check"), {})
    assert "stalls" not in Case.objects.get(service="street-party").answers


def test_who_cannot_ask_learns_it_at_once_and_can_correct_the_answer(ask, client):
    ask.who()
    ask.party(kind="sale")
    stop = ask.party(kind="sale", stalls="300")
    assert stop["Location"] == ask.address("stop")
    page = text(client.get(stop["Location"]))
    assert "200 stands" in page and "mairie" in page
    assert ask.party(kind="sale", stalls="30")["Location"] == ask.address("street")


def test_files_are_kept_from_page_to_page_and_go_with_the_case(ask, client):
    ask.who()
    ask.party()
    plan = SimpleUploadedFile("plan.pdf", PDF)
    lon, lat = IN_AUBANE
    ask.street(plan=plan)
    token = Attachment.objects.get().token
    assert client.get(f"/services/street-party/ask/{ask.token}/files/{token}").status_code == 200
    again = ask.get("street").content.decode()
    assert "plan.pdf" in again and f'value="{token}" checked' in again
    ask.street(plan=token)
    ask.send("budget")
    ask.send("sign", oath__agreed="on", oath__name="Ana Ruiz")
    client.post(ask.address("check"), {})
    case = Case.objects.get(service="street-party")
    assert Attachment.objects.get().case_id == case.pk and case.answers["plan"][0]["name"] == "plan.pdf"
    own = client.get(f"/follow/{case.code}/files/{token}")
    assert own.status_code == 200 and own["Content-Disposition"].startswith("attachment")
    assert client.get(f"/services/street-party/ask/{ask.token}/files/{token}").status_code == 404


def test_a_file_of_another_kind_is_refused_with_the_rest_kept(ask):
    ask.who()
    ask.party()
    page = ask.street(plan=SimpleUploadedFile("plan.exe", b"MZ\x90\x00\x03"))
    assert page.status_code == 422 and "PDF" in text(page) and not Attachment.objects.exists()
    assert "Rue de la République" in page.content.decode()


def test_rows_are_added_and_taken_out_without_a_script(ask):
    ask.who()
    ask.party()
    ask.street()
    more = ask.send("budget", lines__0__what="Chaises", lines__0__amount="10", add__row="lines")
    assert more.status_code == 200 and 'name="lines-1-what"' in more.content.decode()
    less = ask.send(
        "budget", lines__0__what="Chaises", lines__0__amount="10", lines__1__what="Sono", lines__1__amount="x", drop__row="lines-0"
    )
    assert 'value="Sono"' in less.content.decode() and "Chaises" not in less.content.decode()
    wrong = ask.send("budget", lines__0__what="Sono", lines__0__amount="x")
    assert wrong.status_code == 422 and 'href="#id_lines-0-amount"' in wrong.content.decode()


def test_an_address_that_may_be_several_places_offers_them(ask):
    ask.who()
    ask.party()
    page = ask.street(where__address="13910", where__lon="", where__lat="")
    assert page.status_code == 422
    offered = re.findall(r'name="where-choice"[^>]*value="([^"]+)"', page.content.decode())
    assert offered
    chosen = ask.street(where__address="13910", where__lon="", where__lat="", where__choice=offered[0])
    assert chosen["Location"] == ask.address("budget")


def test_a_link_by_mail_opens_the_draft_until_its_day(ask, client):
    ask.send(
        "who",
        applicant__kind="person",
        applicant__name="Ana Ruiz",
        contact__email="ana@example.fr",
        keep="1",
        keep_email="Ana@example.fr",
    )
    mail = Mail.objects.get()
    assert mail.to == "ana@example.fr" and f"/services/street-party/ask/{ask.token}/" in mail.body
    client.cookies.clear()
    link = f"/services/street-party/ask/{ask.token}/"
    assert client.get(link)["Location"] == ask.address("party")
    Draft.objects.update(kept_until=clock.today() - timedelta(days=1))
    assert client.get(link).status_code == 410


def test_nobody_is_led_into_a_draft_that_another_one_reads(client, street_party):
    assert client.get("/services/street-party/ask/AAAAAAAAAAAAAAAAAAAAAA/who/").status_code == 410
    assert client.get("/services/street-party/ask/")["Location"] == "/services/street-party/"
    assert not Draft.objects.exists()


def test_pages_are_taken_in_their_order(ask):
    assert ask.get("street")["Location"] == ask.address("who")
    assert ask.get("check")["Location"] == ask.address("who")
    assert ask.get("nothing").status_code == 404


def test_the_last_request_of_a_proven_address_fills_in_the_next(ask, client, street_party):
    ask.to_sent()
    session = client.session
    session["my_reports"] = {"email": "ana@example.fr", "since": int(clock.now().timestamp())}
    session.save()
    page = Request(client).get("who").content.decode()
    assert 'value="Ana Ruiz"' in page and "dernière demande" in page and 'value="ana@example.fr"' in page


def test_a_page_of_a_form_costs_few_queries(ask, client, django_assert_max_num_queries):
    ask.to_check(kind="meal")
    with django_assert_max_num_queries(8):
        ask.get("street")
    with django_assert_max_num_queries(8):
        ask.get("check")
    with django_assert_max_num_queries(14):
        client.post(ask.address("sign"), {"shown": ["oath", "oath-agreed", "oath-name"], "oath-agreed": "on", "oath-name": "Ana"})


def test_the_look_of_a_page_saves_and_tells_no_faults(ask, client):
    ask.who()
    page = client.post(ask.address("party") + "look", {"kind": "sale", "music": "yes"})
    shown = page.content.decode()
    assert page.status_code == 200 and "Combien de stands" in shown and "field-error" not in shown
    assert Draft.objects.get(token=ask.token).raw["kind"] == "sale"


def test_a_closed_campaign_begins_nothing(client, street_party, monkeypatch):
    for room in (asking, service_story):
        monkeypatch.setattr(room, "find_season", lambda service, now: Season(False))
    assert client.post("/services/street-party/ask/")["Location"] == "/services/street-party/"
    assert "terminée" in text(client.get("/services/street-party/"))
    assert not Draft.objects.exists()


def test_who_began_under_other_questions_is_told_once_and_loses_nothing(ask, client, street_party, monkeypatch):
    ask.who()
    asked_more = Form(*street_party.form.pages, Page("more", "More", neighbours=Text("Who was asked?", required=True)))
    monkeypatch.setattr(street_party, "form", asked_more)
    monkeypatch.setattr(street_party, "minutes", 99)  # Another declaration has another name.
    registry._versions.cache_clear()
    service_version.cache_clear()
    assert "Les questions ont changé depuis que vous avez commencé." in text(ask.get("party"))
    again = ask.get("party")
    assert (
        "Les questions ont changé" not in text(again) and Draft.objects.get(token=ask.token).raw["applicant"]["name"] == "Ana Ruiz"
    )


@pytest.mark.parametrize(
    "sent",
    [
        {"applicant-kind": "\x00", "applicant-name": "A\x00na"},
        {"applicant-kind": ["person", "company"], "contact-email": "x" * 5000},
        {"home-text": "1 rue X", "home-lon": "nan", "home-lat": "1e999"},
        {"shown": ["../..", "id\x00"], "add-row": "nothing", "drop-row": "lines-99999999999"},
        {"applicant": "Ana", "contact": "ana@example.fr"},
    ],
)
def test_whatever_is_sent_is_answered(ask, client, sent):
    assert client.post(ask.address("who"), sent).status_code in (200, 303, 422)
    assert client.post(ask.address("who") + "look", sent).status_code == 200
    assert client.get(ask.address("who")).status_code == 200


def test_rows_and_places_of_all_sorts_are_answered(ask, client):
    ask.who()
    ask.party()
    for sent in ({"where": "x", "where-choice": "a,b"}, {"where-lon": "5", "where-lat": ""}, {"plan": ["no-token", "\x00"]}):
        assert client.post(ask.address("street"), sent).status_code in (200, 303, 422)
    ask.street()
    for sent in ({"lines-9999-what": "x"}, {"lines-0-what": "x", "drop-row": "lines-7"}, {"lines--1-what": "x"}, {"lines": "x"}):
        assert client.post(ask.address("budget"), sent).status_code in (200, 303, 422)
