"""The contact centre's screen: what each key comes to in the cases and in the calls, who is recognised, what is refused."""

import re
import threading

import pytest
from django.db import connection
from django.urls import reverse

from oppidum.cases.calls import NewCall, log_once, read_phone
from oppidum.cases.models import Call, Case, Entry, Message, Party
from oppidum.core import clock
from tests.desk.conftest import report
from tests.desk.queries import all_queries
from tests.territory.town import FAR_AWAY, IN_AUBANE, IN_DORGUES

SCREEN, LOOK = "/desk/calls/", "/desk/calls/look/"
ZOE = "06 12 34 56 78"
KEY = "k" * 22
POTHOLE = {"category": "roads.pothole", "q_where": "road", "words": "Un trou devant l'école", "place": "Rue de la République"}


def point(at):
    return {"lon": f"{at[0]:.6f}", "lat": f"{at[1]:.6f}"}


def send(browser, **typed):
    return browser.post(SCREEN, {"key": KEY, "opened_at": clock.now().isoformat(), **typed})


@pytest.fixture
def cleo(desk):
    """Cleo of the contact centre, signed in."""
    return desk("cleo")


def only_call():
    return Call.objects.get()


def last_entry(filed):
    return Entry.objects.filter(case_id=filed.case_id).order_by("-seq").first()


# --- opening the screen


def test_the_number_that_the_telephone_passes_is_recognised(cleo):
    page = cleo.get(SCREEN, {"phone": "0612345678"}).content.decode()
    assert "06\u00a012\u00a034\u00a056\u00a078" in page and "Zoé Mercadier" in page and "zoe@example.org" in page
    assert page.count('name="open"') == 2, "both of Zoé's reports, each opened by a press"


def test_a_stranger_is_a_stranger(cleo):
    assert "Premier appel" in cleo.get(SCREEN, {"phone": "0491000000"}).content.decode()


def test_whoever_may_not_see_persons_is_told_nobody_s_name(desk, people):
    people.cleo.role.rights = ["intake"]
    people.cleo.role.save()
    page = desk("cleo").get(SCREEN, {"phone": ZOE}).content.decode()
    assert "Zoé" not in page and "zoe@" not in page and 'name="open"' not in page


@pytest.mark.parametrize("name", ["ana", "max", "dora"])
@pytest.mark.parametrize("address", [SCREEN, LOOK, "/desk/calls/caller/"])
def test_the_screen_is_for_those_who_take_calls(desk, name, address):
    browser = desk(name)
    assert browser.post(address, {"outcome": "nothing", "key": KEY}).status_code == 403
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("0491000000", "+33491000000"),
        ("+33 4 91 00 00 00", "+33491000000"),
        ("0033491000000", "+33491000000"),
        ("+44 20 7946 0958", "+442079460958"),
        ("anonymous", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_numbers_are_read_as_they_are_written(typed, kept):
    assert read_phone(typed) == kept


# --- while typing


def test_the_right_column_follows_the_caller_s_words(cleo):
    page = cleo.post(
        LOOK, {"words": "Bonjour madame, je vous appelle parce qu'il y a un gros trou dans la chaussée"}
    ).content.decode()
    assert 'value="roads.pothole"' in page and 'data-call-key="1"' in page


def test_open_reports_close_by_are_offered_with_their_words(cleo, cases):
    page = cleo.post(LOOK, {**POTHOLE, **point(IN_AUBANE)}).content.decode()
    assert f'name="join" value="{cases.hole.code}"' in page and "devant l&#x27;école" in page and "Aubane" in page
    assert cases.noise.code not in page


def test_the_choice_made_stays_while_words_go_on(cleo):
    page = cleo.post(
        LOOK, {"words": "une lampe ne marche plus", "category": "roads.pothole", "questions_of": "roads.pothole"}
    ).content.decode()
    assert re.search(r'value="roads.pothole" checked', page)
    assert "call-questions" not in page, "questions being answered are left alone"


def test_questions_come_with_the_category(cleo):
    page = cleo.post(LOOK, {"category": "roads.pothole", "questions_of": ""}).content.decode()
    assert 'id="call-questions"' in page and 'name="q_where"' in page


def test_a_hard_stop_says_the_number_to_call(cleo):
    page = cleo.post(LOOK, {"category": "roads.manhole", "q_state": "open", "questions_of": "roads.manhole"}).content.decode()
    assert "call-stop" in page and "17" in page


def test_outside_the_territory_the_neighbour_s_town_hall_is_read_out(cleo):
    page = cleo.post(LOOK, {"place": "Dorgues", **point(IN_DORGUES)}).content.decode()
    assert "Dorgues" in page and "04 42 00 00 99" in page
    assert "call-outside" in cleo.post(LOOK, {**point(FAR_AWAY)}).content.decode()


def test_an_address_alone_offers_its_places_and_one_without_any_the_communes(cleo):
    page = cleo.post(LOOK, {"place": "rue de la republique"}).content.decode()
    assert 'name="place_choice"' in page and "Rue de la République, 13910 Aubane" in page
    assert '<select id="id_commune"' in cleo.post(LOOK, {"place": "xyzzyqq"}).content.decode()


def test_typing_costs_a_handful_of_queries(cleo):
    typed = {**POTHOLE, **point(IN_AUBANE)}
    cleo.post(LOOK, typed)
    with all_queries() as sent:
        cleo.post(LOOK, typed)
    assert len(sent) <= 6, "\n".join(sent)


def test_nothing_is_drawn_over_the_screen_of_whose_session_has_ended(client, town):
    answer = client.post(LOOK, {"words": "un trou"})
    assert answer.status_code == 401 and not answer.content


# --- filing


def test_a_report_is_the_resident_s_by_way_of_the_officer(cleo, people):
    answer = send(
        cleo, outcome="report", **POTHOLE, **point(IN_AUBANE), phone="0491000000", name="Ali Benali", email="Ali@Example.org"
    )
    call = only_call()
    assert answer.status_code == 302 and answer.url == reverse("desk:calls-done", args=[call.pk])
    entry = Entry.objects.get(case_id=call.case_id, action="file")
    assert (entry.actor_kind, entry.actor_id) == ("resident", people.cleo.pk)
    assert call.case.channel == "phone" and call.case.live.team == people.roads and call.case.answers == {"where": "road"}
    party = Party.objects.get(case=call.case)
    assert (party.name, party.email, party.phone) == ("Ali Benali", "ali@example.org", "+33491000000")
    assert (call.outcome, call.phone, call.commune_id, call.category) == ("report", "+33491000000", "13901", "roads.pothole")
    page = cleo.get(answer.url).content.decode()
    assert call.case.code in page and "Voirie" in page


def test_a_screen_sent_twice_files_once(cleo, cases):
    before = Case.objects.count()
    first, second = (send(cleo, **POTHOLE, **point(IN_AUBANE), outcome="report") for _ in range(2))
    assert first.url == second.url and Case.objects.count() == before + 1 and Call.objects.count() == 1


def test_every_fault_is_told_at_once_and_everything_stays(cleo):
    answer = send(
        cleo, outcome="report", category="roads.pothole", words="Un trou", email="nobody", phone="123", place="Rue de la République"
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and not Call.objects.exists()
    for field in ("id_email", "id_phone", "id_place", "id_q_where"):
        assert f'href="#{field}"' in page
    assert "Un trou" in page and 'value="nobody"' in page and 'value="123"' in page and 'name="place_choice"' in page


def test_a_place_chosen_among_those_offered_files_without_javascript(cleo):
    typed = {**POTHOLE, "place": "rue de la republique", "place_choice": "5.050000,43.350000"}
    assert send(cleo, outcome="report", **typed).status_code == 302
    assert only_call().case.address == "Rue de la République, 13910 Aubane"


def test_a_commune_alone_is_enough_when_no_register_knows_the_place(cleo):
    assert send(cleo, outcome="report", **{**POTHOLE, "place": "Le grand virage"}, commune="13902").status_code == 302
    assert only_call().case.commune_id == "13902" and only_call().case.address == "Le grand virage, Bellefont"


def test_without_javascript_an_address_typed_over_the_old_point_counts(cleo):
    typed = {**POTHOLE, "place": "Cours Mirabeau, 13930 Castelmer", "place_was": "Rue de la République", **point(IN_AUBANE)}
    assert send(cleo, outcome="report", **typed).status_code == 302
    assert only_call().commune_id == "13903"


def test_while_life_is_at_risk_nothing_is_filed_before_help_is_called(cleo):
    typed = {"category": "roads.manhole", "q_state": "open", "words": "plaque ouverte", **point(IN_AUBANE), "outcome": "report"}
    assert send(cleo, **typed).status_code == 422
    assert send(cleo, **typed, rescued="1").status_code == 302


# --- the other outcomes


@pytest.mark.parametrize("outcome", ["nothing", "information", "redirected", "emergency", "lost"])
def test_one_key_ends_a_call_that_opens_nothing(cleo, cases, outcome):
    before = Case.objects.count()
    assert send(cleo, outcome=outcome, words="Où est la déchèterie ?", phone="12").status_code == 302
    call = only_call()
    assert (call.outcome, call.case, call.phone) == (outcome, None, "") and "déchèterie" in call.note and "12" in call.note
    assert Case.objects.count() == before


def test_an_empty_screen_is_logged_too(cleo):
    assert send(cleo, outcome="lost").status_code == 302 and only_call().outcome == "lost"


def test_where_the_caller_was_directed_is_noted(cleo):
    send(cleo, outcome="redirected", place="Dorgues", **point(IN_DORGUES))
    assert "Dorgues" in only_call().note and "04 42 00 00 99" in only_call().note


def test_an_outcome_that_does_not_exist_is_refused(cleo):
    assert send(cleo, outcome="magic").status_code == 422 and not Call.objects.exists()


def test_joining_follows_for_the_resident_and_brings_the_words(cleo, cases, people):
    send(cleo, join=cases.hole.code, words="Il s'agrandit", phone="0491000000", name="Ali")
    facts = list(Entry.objects.filter(case_id=cases.hole.case_id, actor_id=people.cleo.pk).order_by("seq"))
    assert [(f.action, f.actor_kind) for f in facts] == [("follow", "resident"), ("reply", "resident")]
    assert Case.objects.get(pk=cases.hole.case_id).live.followers == 1
    assert Party.objects.get(phone="+33491000000").role == "follower"
    assert (only_call().outcome, only_call().case_id) == ("joined", cases.hole.case_id)


def test_who_follows_already_is_not_counted_twice(cleo, cases):
    send(cleo, join=cases.hole.code, phone=ZOE)
    assert Case.objects.get(pk=cases.hole.case_id).live.followers == 0
    assert only_call().outcome == "follow_up"


def test_joining_twice_by_one_screen_counts_once(cleo, cases):
    for _ in range(2):
        send(cleo, join=cases.hole.code, phone="0491000000")
    assert Case.objects.get(pk=cases.hole.case_id).live.followers == 1 and Call.objects.count() == 1


# --- about an existing report


def test_a_code_read_out_opens_the_report(cleo, cases):
    page = cleo.post(LOOK, {"find": cases.asked.code.lower().replace("-", " ")}).content.decode()
    assert cases.asked.code in page and "Quel numéro ?" in page and "Voirie" in page


def test_a_number_lists_its_reports(cleo, cases):
    page = cleo.post(LOOK, {"find": ZOE}).content.decode()
    assert cases.hole.code in page and cases.done.code in page


def test_internal_notes_are_not_read_out(cleo, cases):
    from oppidum.cases.acting import act_on
    from oppidum.cases.rules.standing import Command
    from tests.desk.conftest import ANA

    act_on(cases.hole.case_id, Command("note", ANA, {"note": "voisin pénible"}))
    assert "pénible" not in cleo.post(LOOK, {"find": cases.hole.code}).content.decode()


def test_a_question_is_logged_on_its_report(cleo, cases):
    send(cleo, outcome="follow_up", opened=cases.hole.code, words="Quand ?")
    assert (only_call().outcome, only_call().case_id, only_call().note) == ("follow_up", cases.hole.case_id, "Quand ?")
    assert last_entry(cases.hole).action == "give_to", "nothing is added to the report"


@pytest.mark.parametrize(
    "name, pressed, action", [("hole", "message", "reply"), ("asked", "message", "answer"), ("done", "object", "object")]
)
def test_the_caller_s_words_go_where_the_report_waits_for_them(cleo, cases, people, name, pressed, action):
    filed = getattr(cases, name)
    version = Case.objects.get(pk=filed.case_id).live.version
    send(cleo, outcome=pressed, opened=filed.code, seen=version, words="C'est au numéro 12.")
    entry = last_entry(filed)
    assert (entry.action, entry.actor_kind, entry.actor_id) == (action, "resident", people.cleo.pk)
    assert Message.objects.get(case_id=filed.case_id, seq=entry.seq).kind == "from_resident"
    assert only_call().outcome == "follow_up"


def test_a_message_without_words_is_asked_for(cleo, cases):
    answer = send(cleo, outcome="message", opened=cases.hole.code)
    assert answer.status_code == 422 and "id_words" in answer.content.decode() and not Call.objects.exists()


def test_an_answer_to_a_report_that_moved_on_meanwhile_is_shown_again(cleo, cases):
    answer = send(cleo, outcome="object", opened=cases.done.code, seen=1, words="Pas réparé")
    assert answer.status_code == 409 and "Pas réparé" in answer.content.decode() and not Call.objects.exists()


def test_a_report_out_of_sight_is_not_found(cleo, cases, people):
    people.cleo.communes.set(["13903"])
    assert "call-case" not in cleo.post(LOOK, {"opened": cases.hole.code}).content.decode()
    assert send(cleo, join=cases.hole.code).status_code == 404


# --- the day


def test_the_day_counts_one_s_own_calls_by_hour_and_outcome(cleo, desk, cases):
    send(cleo, outcome="nothing", words="bavardage")
    page = cleo.get("/desk/calls/today/").content.decode()
    assert "bavardage" in page and "Rien à ouvrir" in page
    supervisor = desk("dora").get("/desk/calls/today/").content.decode()
    assert "Rien à ouvrir" in supervisor and "bavardage" not in supervisor
    assert 'href="/desk/calls/today/"' in desk("dora").get("/desk/").content.decode(), "the way there for who takes no calls"
    assert desk("ana").get("/desk/calls/today/").status_code == 403


def test_the_last_page_of_a_call_is_its_taker_s_alone(cleo, desk, people):
    send(cleo, outcome="nothing")
    people.dora.role.rights = ["intake"]
    people.dora.role.save()
    assert desk("dora").get(reverse("desk:calls-done", args=[only_call().pk])).status_code == 404


def test_the_clock_runs_from_the_first_key(cleo, moved):
    opened = clock.now()
    with moved(2027, 3, 10, 9, 10):
        cleo.post(SCREEN, {"key": KEY, "opened_at": opened.isoformat(), "waited": "300", "outcome": "nothing"})
    call = only_call()
    assert (call.ended_at - call.received_at).total_seconds() == 300


def test_a_caller_who_rang_before_is_remembered(cleo, cases):
    send(cleo, outcome="information", phone="0491000000", words="Horaires de la piscine")
    assert "Horaires de la piscine" in cleo.get(SCREEN, {"phone": "0491000000"}).content.decode()


def test_joining_adds_up_on_a_second_report(cleo, cases):
    other = report(words="Encore un trou")
    send(cleo, join=other.code, phone="0491000000")
    cleo.post(SCREEN, {"key": "z" * 22, "join": cases.hole.code, "phone": "0491000000"})
    assert Call.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_sendings_at_the_same_moment_one_ends_the_call(people):
    ends, calls, together = [], [], threading.Barrier(2)

    def end():
        ends.append(1)
        return NewCall(officer=people.cleo.pk, outcome="nothing", key=KEY)

    def sending():
        together.wait()
        calls.append(log_once(KEY, end).pk)
        connection.close()

    threads = [threading.Thread(target=sending) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ends) == 1 and len(set(calls)) == 1 == Call.objects.count()
