"""A person whom a mail did not reach is something to do: in the inbox, on the case, until somebody has telephoned or written."""

import pytest

from oppidum.cases import outbox
from oppidum.cases.mailing import post_box, sending
from oppidum.cases.mailing.envelopes import envelope_of
from oppidum.cases.models import Case, Mail, ParkedMail, TextMessage
from oppidum.core import clock
from tests.browser import check_page
from tests.cases.test_post_box import letter, told


@pytest.fixture
def bounced(cases, now, settings):
    """The mail to Zoé about the hole came back."""
    settings.MAIL_BOUNCES = "rebonds@castelmer.example"
    outbox.deliver()
    sending.send_queued()
    mail = Mail.objects.filter(case_id=cases.hole.case_id, to="zoe@example.org").latest("pk")
    post_box.receive(told(mail))
    return mail


def test_it_stands_in_the_inbox_and_on_the_case_of_who_may_see_it(desk, cases, bounced):
    assert "Courriels non arrivés" in desk("ana").get("/desk/").content.decode()
    assert "Courriels non arrivés" not in desk("bob").get("/desk/").content.decode()
    page = desk("ana").get("/desk/mails/").content.decode()
    assert cases.hole.code in page and "personne n’a cette adresse (5.1.1)" in page and "+33612345678" in page
    case = desk("ana").get(f"/desk/case/{cases.hole.code}/").content.decode()
    assert "ne reçoit pas de courriels depuis" in case and "personne n’a cette adresse" in case
    assert desk("max").get("/desk/mails/").status_code == 403


@pytest.mark.parametrize(("how", "words"), [("phone", "joint par téléphone"), ("letter", "écrit par courrier")])
def test_a_person_reached_another_way_is_done_with_and_the_journal_says_how(desk, cases, bounced, how, words):
    assert desk("bob").post(f"/desk/mails/{bounced.pk}/{how}/").status_code == 404
    desk("ana").post(f"/desk/mails/{bounced.pk}/{how}/")
    assert cases.hole.code not in desk("ana").get("/desk/mails/").content.decode()
    assert words in desk("ana").get(f"/desk/case/{cases.hole.code}/").content.decode()


def test_an_address_that_works_after_all_is_written_to_again(desk, cases, bounced):
    desk("ana").post(f"/desk/mails/{bounced.pk}/works/")
    assert "ne reçoit pas" not in desk("ana").get(f"/desk/case/{cases.hole.code}/").content.decode()


def test_the_page_says_what_is_known_of_each_mail_and_no_more(desk, cases, now):
    outbox.deliver()
    said = lambda: desk("ana").get(f"/desk/case/{cases.hole.code}/").content.decode()  # noqa: E731
    assert "zoe@example.org · en file d&#x27;attente" in said()
    sending.send_queued()
    assert "accepté par le serveur de messagerie, sans nouvelles depuis" in said()
    Mail.objects.update(delivery="delivered")
    assert "remis dans la boîte" in said()


def test_its_reader_opened_the_page_once_and_for_all_and_programs_don_t_count(client, desk, cases, now, moved):
    outbox.deliver()
    sending.send_queued()
    page = f"/follow/{cases.hole.code}"
    client.get(page)
    client.get(page, headers={"Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch"})
    client.head(page, headers={"Sec-Fetch-Mode": "navigate"})
    desk("ana").get(page, headers={"Sec-Fetch-Mode": "navigate"})
    assert not Mail.objects.exclude(consulted_at=None).exists()
    for hour in (10, 15):
        with moved(2027, 3, 10, hour):
            client.get(page, headers={"Sec-Fetch-Mode": "navigate"})
    assert {mail.consulted_at.hour for mail in Mail.objects.filter(case=cases.hole.case_id)} == {9}
    assert not Mail.objects.filter(case=cases.done.case_id).exclude(consulted_at=None).exists()
    with moved(2027, 3, 10, 16):
        assert "page consultée le" in desk("ana").get(f"/desk/case/{cases.hole.code}/").content.decode()


@pytest.mark.browser
def test_the_pages_can_be_read(open_page, people, cases, bounced):
    from oppidum.people.models import Role

    Role.objects.filter(code="case-officer").update(rights=["act", "assign", "note", "persons", "setup"])
    post_box.receive(letter(envelope_of(bounced), "Le trou est devant le numéro 12."))
    assert ParkedMail.objects.count() == 1
    check_page(open_page("/desk/mails/", officer=people.ana))
    check_page(open_page(f"/desk/case/{Case.objects.get(pk=bounced.case_id).code}/", officer=people.ana))
    check_page(open_page("/desk/", officer=people.ana))


def test_a_text_message_that_did_not_arrive_is_told_and_settled_like_a_mail(desk, cases, now):
    outbox.deliver()
    text = TextMessage.objects.create(
        case_id=cases.hole.case_id, seq=1, to="+33612345678", language="fr", words="Votre signalement", coding="gsm7", segments=1,
        fate="sent", delivery="lost", key="t1", created_at=clock.now(), send_after=clock.now(),
    )  # fmt: skip
    browser = desk("ana")
    for page in (f"/desk/case/{cases.hole.code}/", "/desk/mails/"):
        assert "non remis" in browser.get(page).content.decode()
    assert desk("bob").post(f"/desk/texts/{text.pk}/phone/").status_code == 404
    browser.post(f"/desk/texts/{text.pk}/phone/")
    assert "SMS qui ne sont pas arrivés" not in browser.get("/desk/mails/").content.decode()
    assert "non remis" in browser.get(f"/desk/case/{cases.hole.code}/").content.decode()
