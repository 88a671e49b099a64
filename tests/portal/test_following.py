"""Following a report by its code and by its public id: who reads what, who may say what, until when."""

import io
import re

import pytest
from django.test import Client
from PIL import Image

from oppidum.cases.acting import act_on
from oppidum.cases.mailing.stopping import stop_link
from oppidum.cases.models import Entry, Message, Party, Photo
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.core import rates
from tests.desk.conftest import report

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign", "note", "intake"}))
ZOE = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")


@pytest.fixture(autouse=True)
def _fresh_rates(db):
    rates.forget()


@pytest.fixture
def hole(people, moved):
    """A pothole reported by Zoé on Monday 1 March 2027, due on Monday 15 March."""
    with moved(2027, 3, 1, 9):
        yield report(contact=ZOE, words="Un trou devant l'école, appelez le 06 12 34 56 78")


def act(filed, action, **data):
    return act_on(filed.case_id, Command(action, ANA, data))


def code_page(filed, browser=None) -> str:
    return text_of((browser or Client()).get(f"/follow/{filed.code}"))


def public_page(filed, browser=None) -> str:
    return text_of((browser or Client()).get(f"/reports/{public_id(filed.case_id)}"))


def text_of(answer, status: int = 200) -> str:
    """The page's source, with its quotes and spaces as one types them."""
    page = answer.content.decode()
    assert answer.status_code == status, page[:500]
    return page.replace("&#x27;", "'").replace("\u00a0", " ").replace("\u202f", " ")


def seen_in(page: str) -> str:
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(made, "JPEG")
    made.seek(0)
    made.name = "trou.jpg"
    return made


def test_the_page_answers_in_order_where_who_when_and_what_was_done(hole, people):
    people.roads.phone = "04 91 00 00 00"
    people.roads.save()
    page = code_page(hole)
    positions = [
        page.index(words)
        for words in (
            "Où en est-on",
            "L'équipe a votre signalement",
            "Voirie",
            "04 91 00 00 00",
            "avant le lundi",
            "Qu'est-ce qui a été fait",
        )
    ]
    assert positions == sorted(positions)


def test_a_report_that_no_team_has_is_not_said_to_be_with_one(people, moved):
    with moved(2027, 3, 1, 9):
        filed = report("other.other")
    page = code_page(filed)
    assert "Un agent cherche l'équipe compétente" in page and "Transmis à l'équipe" not in page


def test_a_code_is_read_however_it_is_typed(hole):
    browser = Client()
    assert browser.get(f"/follow/{hole.code.lower().replace('-', '')}")["Location"] == f"/follow/{hole.code}"
    assert browser.get("/follow/", {"code": f" {hole.code.lower()} "})["Location"] == f"/follow/{hole.code}"


@pytest.mark.parametrize("code", ["22222-22222", "HELLO", "x" * 300, "<script>alert(1)</script>", "é\u202e", "7KQ2M-XA4R0"])
def test_a_wrong_code_gets_a_kind_page_that_names_the_characters_never_used(town, code):
    answer = Client().get("/follow/" + code.replace("/", ""))
    page = text_of(answer, 404)
    assert "jamais utilisés" in page and "<script>alert" not in page


def test_whoever_tries_codes_one_after_the_other_is_slowed_down(hole):
    browser = Client()
    from oppidum.core.codes import new_codes

    statuses = [browser.get(f"/follow/{code}").status_code for code in new_codes(70)]
    assert statuses[0] == 404 and statuses[-1] == 429
    assert browser.get(f"/follow/{hole.code}").status_code == 429, "a right code must not shine through"
    assert browser.get("/follow/HELLO").status_code == 404, "what can't be a code costs nothing"


def test_a_late_report_says_so(hole, moved):
    with moved(2027, 3, 16, 9):
        page = code_page(hole)
    assert "Nous n'avons pas tenu notre engagement" in page


def test_a_transferred_report_says_who_has_it_and_their_telephone(hole):
    act(hole, "transfer", transferred_to="Département", phone="04 13 31 13 13", message="Ils vous écriront")
    page = code_page(hole)
    assert "Département" in page and "04 13 31 13 13" in page and "Ils vous écriront" in page
    public = public_page(hole)
    assert "Département" in public and "Ils vous écriront" not in public


def test_the_conversation_is_for_the_holder_of_the_code_alone(hole):
    act(hole, "message", message="Bonjour Madame Mercadier")
    act(hole, "note", note="Riverain pénible")
    act(hole, "ask_resident", message="Quel numéro de rue ?")
    act_on(hole.case_id, Command("answer", RESIDENT, {"message": "Au 12, chez moi"}))
    own, public = code_page(hole), public_page(hole)
    for words in ("Bonjour Madame Mercadier", "Quel numéro de rue", "Au 12, chez moi", "06 12 34 56 78"):
        assert words in own and words not in public
    assert "Riverain pénible" not in own + public
    assert "Ana" not in own + public and "Zoé" not in own + public and "zoe@" not in own + public


def test_the_code_never_stands_on_a_public_page(hole):
    browser = Client()
    pages = [public_page(hole), text_of(browser.get("/reports/")), text_of(browser.get("/reports/points.geojson?bbox=4,42,7,45"))]
    assert not [page for page in pages if hole.code in page or hole.code.replace("-", "") in page]


def test_a_duplicate_leads_to_the_public_page_of_the_original_not_to_its_code(hole, people):
    other = report()
    act(hole, "mark_duplicate", original=other.code)
    page = code_page(hole)
    assert f"/reports/{public_id(other.case_id)}" in page and other.code not in page


def test_a_hidden_report_shows_its_words_nowhere_but_to_its_author(hole):
    act(hole, "hide")
    assert Client().get(f"/reports/{public_id(hole.case_id)}").status_code == 404
    for address in ("/reports/", "/reports/?words=école", "/reports/points.geojson?bbox=4,42,7,45"):
        assert "école" not in text_of(Client().get(address)).replace('value="école"', "")
    assert "devant l" in code_page(hole)


def test_a_report_on_a_private_subject_has_no_public_page(people):
    noise = report("noise.neighbours", "Musique chez M. Durand")
    assert Client().get(f"/reports/{public_id(noise.case_id)}").status_code == 404
    assert "Musique chez M. Durand" in code_page(noise)


@pytest.mark.parametrize("name", ["x", "0" * 13, "7KQ2M-XA4RH", "points", "é" * 13])
def test_a_made_up_public_id_is_not_found(town, name):
    assert Client().get(f"/reports/{name}").status_code == 404


def test_words_are_shown_as_text_never_as_markup(people):
    filed = report(words="<script>alert('x')</script><img src=x onerror=alert(1)>", address="<b>ici</b>")
    act(filed, "finish", what_was_done="<i>fait</i>")
    for page in (code_page(filed), public_page(filed), text_of(Client().get("/reports/?state=done"))):
        assert "<script>alert" not in page and "<img src=x" not in page and "<b>ici" not in page and "<i>fait" not in page


def test_an_answer_sets_the_report_going_again(hole):
    act(hole, "ask_resident", message="Quel numéro ?")
    browser = Client()
    page = code_page(hole, browser)
    assert "Quel numéro" in page and "mardi 16" in page
    answer = browser.post(f"/follow/{hole.code}/act/answer", {"message": "Le 12", "seen": seen_in(page)}, follow=True)
    assert "l'équipe a votre réponse" in text_of(answer)
    assert Entry.objects.filter(case_id=hole.case_id, action="answer").count() == 1


def test_the_same_message_sent_twice_is_one(hole):
    browser = Client()
    seen = seen_in(code_page(hole, browser))
    for _again in range(3):
        assert browser.post(f"/follow/{hole.code}/act/reply", {"message": "Toujours là\r\nmerci", "seen": seen}).status_code == 302
    assert Message.objects.filter(case_id=hole.case_id).count() == 1


def test_an_answer_sent_twice_is_no_error(hole):
    act(hole, "ask_resident", message="Quel numéro ?")
    browser = Client()
    seen = seen_in(code_page(hole, browser))
    sent = [browser.post(f"/follow/{hole.code}/act/answer", {"message": "Le 12", "seen": seen}).status_code for _ in range(2)]
    assert sent == [302, 302] and Message.objects.filter(case_id=hole.case_id, kind="from_resident").count() == 1


def test_an_answer_that_comes_too_late_is_kept_and_offered_as_a_message(hole):
    act(hole, "ask_resident", message="Quel numéro ?")
    browser = Client()
    seen = seen_in(code_page(hole, browser))
    act(hole, "finish", what_was_done="Trouvé sans vous")
    answer = browser.post(f"/follow/{hole.code}/act/answer", {"message": "Le 12, au fond", "seen": seen})
    page = text_of(answer, 409)
    assert "Le 12, au fond" in page and "Trouvé sans vous" in page
    assert not Message.objects.filter(kind="from_resident").exists()


def test_an_objection_made_on_an_old_page_says_what_changed(hole):
    act(hole, "finish", what_was_done="Comblé")
    browser = Client()
    seen = seen_in(code_page(hole, browser))
    act(hole, "message", message="Nous repasserons demain")
    answer = browser.post(f"/follow/{hole.code}/act/object", {"message": "Toujours là", "seen": seen})
    page = text_of(answer, 409)
    assert "Toujours là" in page and "L'équipe vous a écrit" in page
    assert browser.post(f"/follow/{hole.code}/act/object", {"message": "Toujours là", "seen": seen_in(page)}).status_code == 302


def test_what_the_author_does_not_read_makes_no_page_stale(hole):
    act(hole, "finish", what_was_done="Comblé")
    browser = Client()
    seen = seen_in(code_page(hole, browser))
    act(hole, "note", note="À surveiller")
    assert browser.post(f"/follow/{hole.code}/act/object", {"message": "Non", "seen": seen}).status_code == 302


def test_the_author_can_object_on_the_fourteenth_day_and_not_on_the_fifteenth(hole, moved):
    act(hole, "finish", what_was_done="Comblé")
    browser = Client()
    with moved(2027, 3, 15, 23):
        page = code_page(hole, browser)
        assert "jusqu'au lundi 15" in page
    with moved(2027, 3, 16, 0):
        assert "act/object" not in code_page(hole, browser)
        late = browser.post(f"/follow/{hole.code}/act/object", {"message": "Toujours là", "seen": seen_in(page)})
        assert late.status_code == 409 and "Toujours là" in late.content.decode()
    with moved(2027, 3, 15, 23):
        assert browser.post(f"/follow/{hole.code}/act/object", {"message": "Toujours là", "seen": seen_in(page)}).status_code == 302
        assert "de nouveau ouvert" in code_page(hole, browser)


def test_an_officers_act_is_no_residents_act(hole):
    assert Client().post(f"/follow/{hole.code}/act/finish", {"what_was_done": "Moi-même"}).status_code == 404


def test_an_empty_message_is_named_and_nothing_is_written(hole):
    answer = Client().post(f"/follow/{hole.code}/act/reply", {"message": "  ", "seen": "2"})
    assert answer.status_code == 422 and 'href="#id_reply-message"' in answer.content.decode()
    assert not Message.objects.exists()


def test_a_message_of_a_hundred_kilobytes_is_refused_with_a_word(hole):
    answer = Client().post(f"/follow/{hole.code}/act/reply", {"message": "x" * 100_000, "seen": "2"})
    assert answer.status_code == 422 and "100000" in re.sub(r"\D", "", answer.content.decode()[:20_000])


def test_photos_come_with_a_message_and_stay_out_of_public(hole, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    browser = Client()
    sent = {"message": "Voici", "seen": seen_in(code_page(hole, browser)), "photos": [picture(), picture()]}
    assert browser.post(f"/follow/{hole.code}/act/reply", sent).status_code == 302
    tokens = list(Photo.objects.filter(case_id=hole.case_id, seq=3).values_list("token", flat=True))
    assert len(tokens) == 2
    own, public = code_page(hole, browser), public_page(hole)
    assert all(token in own and token not in public for token in tokens)


def test_a_photo_that_is_none_is_named_and_the_others_are_kept(hole, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    script = io.BytesIO(b"<?php echo 1;")
    script.name = "vacances.jpg"
    browser = Client()
    sent = {"message": "Voici", "seen": seen_in(code_page(hole, browser)), "photos": [picture(), script]}
    answer = browser.post(f"/follow/{hole.code}/act/reply", sent)
    page = answer.content.decode()
    kept = Photo.objects.get(case=None).token
    assert answer.status_code == 422 and "vacances.jpg" in page and f'value="{kept}"' in page and "Voici" in page
    again = {"message": "Voici", "seen": seen_in(page), "kept": [kept]}
    assert browser.post(f"/follow/{hole.code}/act/reply", again).status_code == 302
    assert Photo.objects.get(token=kept).case_id == hole.case_id


def test_another_cases_photo_can_not_be_taken_by_its_token(hole, people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Client().post(f"/follow/{hole.code}/act/reply", {"message": "Voici", "seen": "2", "photos": [picture()]})
    theirs = Photo.objects.get().token
    other = report()
    Client().post(f"/follow/{other.code}/act/reply", {"message": "À moi", "seen": "2", "kept": [theirs]})
    assert Photo.objects.get(token=theirs).case_id == hole.case_id


def test_the_author_stops_the_mails_and_takes_them_up_again(hole):
    browser = Client()
    assert "à chaque étape" in text_of(browser.post(f"/follow/{hole.code}/mails", {"notify": "0"}, follow=True))
    assert Party.objects.get(case_id=hole.case_id).notify is False
    browser.post(f"/follow/{hole.code}/mails", {"notify": "1"})
    assert Party.objects.get(case_id=hole.case_id).notify is True


def test_the_link_of_a_mail_stops_nothing_before_its_button_is_pressed(hole):
    party = Party.objects.get(case_id=hole.case_id)
    address = "/stop/" + stop_link(party.pk).rsplit("/", 1)[1]
    browser = Client()
    assert browser.get(address).status_code == 200 and Party.objects.get(pk=party.pk).notify
    assert "plus de courriels" in text_of(browser.post(address))
    assert not Party.objects.get(pk=party.pk).notify
    assert browser.get("/stop/1.forged").status_code == 404


def test_a_report_without_an_address_can_be_given_one(people):
    filed = report()
    browser = Client()
    browser.post(f"/follow/{filed.code}/mails", {"email": "Zoe@Example.org"})
    party = Party.objects.get(case_id=filed.case_id)
    assert (party.email, party.role) == ("zoe@example.org", "author"), "whoever holds the code is the author"
    wrong = browser.post(f"/follow/{report().code}/mails", {"email": "nonsense"})
    assert wrong.status_code == 422 and 'value="nonsense"' in wrong.content.decode()


def test_the_same_problem_counts_a_visitor_once_and_an_address_once(hole):
    address = f"/reports/{public_id(hole.case_id)}/follow"
    browser = Client()
    for _again in range(2):
        assert browser.post(address, {"email": ""}).status_code == 302
    for visitor in (Client(), Client()):
        assert visitor.post(address, {"email": "max@example.org"}).status_code == 302
    assert Entry.objects.filter(case_id=hole.case_id, action="follow").count() == 2
    assert "2 autres personnes" in public_page(hole)


def test_a_closed_report_is_no_longer_followed(hole):
    act(hole, "finish", what_was_done="Comblé")
    page = public_page(hole)
    assert "signalez-le" in page, page[page.index("same-title") :][:1500]
    assert Client().post(f"/reports/{public_id(hole.case_id)}/follow", {}).status_code == 409


def test_the_pages_cost_few_queries_however_long_the_story(hole, django_assert_max_num_queries):
    for n in range(20):
        act(hole, "message", message=f"Message {n}")
    Client().get("/reports/")
    with django_assert_max_num_queries(12):
        code_page(hole)
    with django_assert_max_num_queries(8):
        public_page(hole)
