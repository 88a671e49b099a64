"""A case page and what can be done on it: refusals, conflicts, nothing typed is lost."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.models import Case, Entry, Mail, Message
from oppidum.cases.rules.standing import Command
from tests.desk.conftest import ANA, report
from tests.desk.queries import all_queries


def page(browser, filed, query=""):
    return browser.get(f"/desk/case/{filed.code}/{query}")


def step_of(filed):
    return Case.objects.get(pk=filed.case_id).live.step


def act(browser, filed, action, seen=None, **fields):
    seen = Case.objects.get(pk=filed.case_id).live.version if seen is None else seen
    return browser.post(f"/desk/case/{filed.code}/act/{action}/", {"seen": seen, **fields})


def test_the_page_says_what_where_who_and_by_when(desk, cases):
    text = page(desk("ana"), cases.hole).content.decode()
    for told in (cases.hole.code, "devant l&#x27;école", "Rue de la République", "Aubane", "Voirie", "Zoé Mercadier", "15"):
        assert told in text


@pytest.mark.parametrize("name, found", [("ana", 200), ("dora", 200), ("cleo", 200), ("max", 200), ("bob", 404)])
def test_a_case_out_of_sight_is_not_found(desk, cases, name, found):
    assert page(desk(name), cases.hole).status_code == found
    assert act(desk(name), cases.hole, "note", note="x").status_code == {200: 302}.get(found, found)


def test_a_town_hall_sees_the_cases_of_its_commune_alone(desk, cases):
    assert page(desk("max"), cases.old).status_code == 404
    assert desk("max").get(f"/desk/case/{cases.old.code}.pdf").status_code == 404


def test_contact_details_are_masked_without_the_right_to_see_persons(desk, cases):
    text = page(desk("max"), cases.hole).content.decode()
    assert "zoe@example.org" not in text and "Mercadier" not in text and "+33612345678" not in text


def test_an_officer_acts_and_comes_back_beside_the_list(desk, cases):
    answer = act(desk("ana"), cases.hole, "start", back="view=team&commune=13901", list="1")
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/?view=team&commune=13901&case={cases.hole.code}"
    assert step_of(cases.hole) == "in_progress"


def test_the_way_back_never_leaves_the_desk(desk, cases):
    answer = act(desk("ana"), cases.hole, "start", back="//evil.example/?view=team&next=//evil", list="1")
    assert answer["Location"].startswith("/desk/")


def test_a_missing_answer_keeps_what_was_typed(desk, cases):
    answer = act(desk("ana"), cases.hole, "reject", reason="", message="Terrain privé, voyez le syndic")
    text = answer.content.decode()
    assert answer.status_code == 422 and "Terrain privé, voyez le syndic" in text and "error-summary" in text
    assert step_of(cases.hole) == "assigned"


def test_the_second_officer_sees_what_changed_keeps_the_text_and_confirms(desk, cases):
    first, second = desk("ana"), desk("dora")
    seen = Case.objects.get(pk=cases.hole.case_id).live.version
    act(first, cases.hole, "start", seen=seen)
    answer = act(second, cases.hole, "finish", seen=seen, what_was_done="Rebouché à froid")
    text = answer.content.decode()
    assert answer.status_code == 409 and "Rebouché à froid" in text and "Ana" in text
    assert step_of(cases.hole) == "in_progress"
    assert f'name="seen" value="{seen + 1}"' in text
    assert act(second, cases.hole, "finish", seen=seen + 1, what_was_done="Rebouché à froid").status_code == 302
    assert step_of(cases.hole) == "done"


def test_what_is_no_longer_possible_can_be_kept_as_a_note(desk, cases):
    seen = Case.objects.get(pk=cases.hole.case_id).live.version
    act(desk("ana"), cases.hole, "finish", seen=seen, what_was_done="Rebouché")
    answer = act(desk("dora"), cases.hole, "reject", seen=seen, reason="private", message="Terrain privé")
    text = answer.content.decode()
    assert answer.status_code == 409 and "Terrain privé" in text and "/act/note/" in text
    assert act(desk("dora"), cases.hole, "note", note="Terrain privé").status_code == 302


def test_a_form_without_a_version_is_asked_to_look_first(desk, cases):
    assert act(desk("ana"), cases.hole, "start", seen="x").status_code == 409


def test_an_act_that_the_role_does_not_allow_is_refused(desk, cases):
    assert act(desk("cleo"), cases.hole, "start").status_code == 403
    assert act(desk("ana"), cases.hole, "object", message="x").status_code in (403, 409)
    assert desk("ana").post(f"/desk/case/{cases.hole.code}/act/explode/", {"seen": 1}).status_code == 404


def test_the_contact_centre_answers_for_the_resident_and_the_journal_says_both(desk, cases, people):
    assert act(desk("cleo"), cases.asked, "answer", message="Au numéro 12").status_code == 302
    entry = Entry.objects.get(case_id=cases.asked.case_id, action="answer")
    assert (entry.actor_kind, entry.actor_id) == ("resident", people.cleo.pk)
    assert Message.objects.get(case_id=cases.asked.case_id, seq=entry.seq).kind == "from_resident"


def test_a_standard_answer_is_added_to_what_was_typed(desk, cases):
    answer = act(desk("ana"), cases.hole, "ask_resident", message="Bonjour,", insert_answer="0")
    text = answer.content.decode()
    assert answer.status_code == 200 and "Bonjour," in text and "Où" in text
    assert step_of(cases.hole) == "assigned"


def test_the_mail_is_shown_before_it_is_sent(desk, cases):
    answer = act(desk("ana"), cases.hole, "ask_resident", message="Quel numéro de rue ?", preview="1")
    text = answer.content.decode()
    assert answer.status_code == 200 and "mail-preview" in text and text.count("Quel numéro de rue") == 2
    assert step_of(cases.hole) == "assigned"


def test_moving_to_another_team_keeps_the_category(desk, cases, people):
    act(desk("dora"), cases.hole, "move_team", team=people.cleanliness.pk)
    live = Case.objects.get(pk=cases.hole.case_id).live
    assert (live.team_id, live.category) == (people.cleanliness.pk, "roads.pothole")


def test_neighbours_and_the_residents_other_reports_are_listed(desk, cases, people):
    text = page(desk("ana"), cases.hole).content.decode()
    assert cases.asked.code in text  # in the same place, open
    assert cases.done.code in text  # Zoé's other report


def test_a_mail_of_unknown_fate_can_be_sent_again(desk, cases, people):
    from oppidum.core import clock

    mail = Mail.objects.create(
        case_id=cases.hole.case_id,
        seq=1,
        to="zoe@example.org",
        language="fr",
        subject="Reçu",
        body="…",
        fate="unknown",
        key="k",
        created_at=clock.now(),
        send_after=clock.now(),
    )
    assert "zoe@example.org" in page(desk("ana"), cases.hole).content.decode()
    assert desk("max").post(f"/desk/case/{cases.hole.code}/mail/{mail.pk}/again/").status_code == 403
    assert desk("ana").post(f"/desk/case/{cases.hole.code}/mail/{mail.pk}/again/").status_code == 302
    assert Mail.objects.filter(fate="queued").count() == 1
    assert "/again/" not in page(desk("ana"), cases.hole).content.decode()


def test_numbers_that_a_resident_wrote_are_masked_without_the_right_to_see_persons(desk, people):
    filed = report(words="Appelez-moi au 06 11 22 33 44")
    for name, told in (("ana", True), ("max", False)):
        browser = desk(name)
        shown = page(browser, filed).content.decode() + browser.get("/desk/?view=all").content.decode()
        assert ("06 11 22 33 44" in shown) is told


def test_the_page_takes_few_queries_however_long_the_journal(desk, cases):
    browser = desk("ana")
    page(browser, cases.hole)
    with all_queries() as short:
        page(browser, cases.hole)
    for number in range(20):
        act_on(cases.hole.case_id, Command("note", ANA, {"note": f"Note {number}"}))
    with all_queries() as long:
        page(browser, cases.hole)
    assert len(long) <= len(short) and len(long) <= 23, len(long)


def test_the_form_of_an_action_comes_alone_when_htmx_asks(desk, cases):
    answer = (
        desk("ana")
        .get(f"/desk/case/{cases.hole.code}/?act=plan", headers={"HX-Request": "true", "HX-Target": "act-panel"})
        .content.decode()
    )
    assert 'name="day"' in answer and "<html" not in answer


def test_a_case_prints_with_persons_only_for_who_may_see_them(desk, cases):
    for name in ("ana", "max"):
        answer = desk(name).get(f"/desk/case/{cases.hole.code}.pdf")
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF") and b"StructTreeRoot" in answer.content


def test_a_case_prints_at_any_instant(cases, people):
    from datetime import UTC, datetime

    from oppidum.core import clock
    from oppidum.publishing.case_paper import case_pdf

    case = Case.objects.get(pk=cases.hole.case_id)
    with clock.at(datetime(2027, 3, 10, 8, 0, 0, 123456, tzinfo=UTC)):
        assert case_pdf(case, people.ana).startswith(b"%PDF")


def test_a_paper_holds_what_its_reader_may_know(cases, people, now):
    from oppidum.cases.histories import read_case_file
    from oppidum.publishing.case_paper import default_title, paper_data

    told = {o: str(paper_data(read_case_file(o, cases.hole.code), o, default_title)) for o in (people.ana, people.max)}
    assert "zoe@example.org" in told[people.ana] and "zoe@example.org" not in told[people.max]


def test_a_photo_goes_with_the_act_and_is_shown_to_officers_in_sight(desk, cases, settings, tmp_path):
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(made, "JPEG")
    browser = desk("ana")
    answer = act(browser, cases.hole, "finish", what_was_done="", photo=SimpleUploadedFile("a.jpg", made.getvalue()))
    assert answer.status_code == 422 and "photo_token" in answer.content.decode()
    token = answer.content.decode().split('name="photo_token" value="')[1].split('"')[0]
    assert act(browser, cases.hole, "finish", what_was_done="Rebouché", photo_token=token).status_code == 302
    assert Case.objects.get(pk=cases.hole.case_id).photos.count() == 1
    assert browser.get(f"/desk/photo/{token}/full/").status_code == 200
    assert desk("bob").get(f"/desk/photo/{token}/full/").status_code == 404


def test_a_script_called_photo_is_refused_and_the_text_kept(desk, cases):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = act(desk("ana"), cases.hole, "finish", what_was_done="Rebouché", photo=SimpleUploadedFile("a.jpg", b"#!/bin/sh"))
    assert answer.status_code == 422 and "Rebouché" in answer.content.decode()


def test_a_case_of_somebody_who_gave_no_address_opens(desk, people):
    filed = report(address="")
    assert page(desk("ana"), filed).status_code == 200


def test_a_private_answer_is_for_who_may_see_persons(desk, now):
    code = report("parking.abandoned_vehicle", raw={"state": "flat", "plate": "AB-123-CD"}).code
    assert "AB-123-CD" in desk("cleo").get(f"/desk/case/{code}/").content.decode()
    shown = desk("max").get(f"/desk/case/{code}/").content.decode()
    assert "AB-123-CD" not in shown and "votre rôle ne montre pas cette réponse" in shown
    assert b"AB-123-CD" not in desk("max").get(f"/desk/case/{code}.pdf").content


def test_the_journal_of_a_case_sent_to_nobody_does_not_say_that_it_was_sent(desk, cases):
    shown = desk("cleo").get(f"/desk/case/{cases.stray.code}/").content.decode()
    assert "Aucune équipe trouvée" in shown and "Transmis à l" not in shown
