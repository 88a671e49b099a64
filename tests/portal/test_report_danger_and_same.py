"""Where life is at risk the form stops; a problem already reported is followed, not filed again."""

import html

from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case, Live, Party
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import Actor, Command
from oppidum.services.living_environment.report import Report
from tests.territory.town import IN_AUBANE

OFFICER = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))


def text(response) -> str:
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


def file_pothole(words="Un trou, 06 12 34 56 78", at=IN_AUBANE):
    raw = {"category": "roads.pothole", "where": "road", "words": words}
    return file_case(prepare_case(Report, raw, lon=at[0], lat=at[1], commune="13901", channel="portal"))


def details(walk, **answers):
    known = {"shown": ["where", "accident"], "where": "road", "accident": "no", "words": "Un trou"} | answers
    return walk.send("details", **known)


def test_somebody_hurt_stops_the_form_with_the_number_to_call(walk):
    walk.to_details()
    answer = details(walk, accident="yes")
    assert answer["Location"] == walk.address("stop")
    page = text(walk.get("stop"))
    assert 'href="tel:15"' in page and "Appelez le 15" in page and "12 rue de la République" in page


def test_a_stopped_form_can_not_be_sent_from_any_page(walk):
    walk.to_check()
    details(walk, accident="yes")
    for step in ("nearby", "contact", "check"):
        assert walk.get(step)["Location"] == walk.address("stop")
        assert walk.send(step)["Location"] == walk.address("stop")
    assert not Case.objects.exists()


def test_a_changed_answer_goes_on(walk):
    walk.to_details()
    details(walk, accident="yes")
    assert "checked" in text(walk.get("details"))
    assert details(walk, accident="no")["Location"] == walk.address("nearby")
    assert walk.get("stop").status_code == 303


def test_neighbours_are_shown_with_distance_age_and_masked_words(walk):
    file_pothole()
    walk.to_details()
    details(walk)
    page = text(walk.get("nearby"))
    assert "Un trou" in page and "06 12" not in page and "C'est le même problème" in page


def test_no_neighbour_leads_straight_on(walk):
    walk.to_details()
    details(walk)
    assert walk.get("nearby")["Location"] == walk.address("contact")


def test_a_hidden_report_shows_no_words(walk):
    filed = file_pothole("Insultes")
    act_on(filed.case_id, Command("hide", OFFICER, {"public": False}))
    walk.to_details()
    details(walk)
    assert "Insultes" not in text(walk.get("nearby"))


def test_the_same_problem_is_followed_and_counted_once(walk, walk_again):
    filed = file_pothole()
    walk.to_details()
    details(walk)
    assert walk.send("nearby", same=public_id(filed.case_id))["Location"] == walk.address("same")
    assert "Suivre ce signalement" in text(walk.get("same"))
    assert walk.send("same", email="zoe@example.org", language="fr")["Location"] == walk.address("sent")
    walk.send("same", email="zoe@example.org", language="fr")
    sent = text(walk.get("sent"))
    assert public_id(filed.case_id) in sent and filed.code not in sent and Case.objects.count() == 1
    other = walk_again()
    other.to_details()
    details(other)
    other.send("nearby", same=public_id(filed.case_id))
    other.send("same")
    assert Live.objects.get(pk=filed.case_id).followers == 1
    follower = Party.objects.get(role="follower")
    assert (follower.email, follower.notify) == ("zoe@example.org", False)


def test_following_needs_no_address(walk):
    filed = file_pothole()
    walk.to_details()
    details(walk)
    walk.send("nearby", same=public_id(filed.case_id))
    walk.send("same")
    assert Live.objects.get(pk=filed.case_id).followers == 1 and not Party.objects.exists()


def test_a_code_from_elsewhere_is_not_followed(walk):
    far = file_pothole(at=(5.01, 43.31))
    near = file_pothole()
    walk.to_details()
    details(walk)
    answer = walk.send("nearby", same=public_id(far.case_id))
    assert answer.status_code == 200 and public_id(near.case_id) in text(answer) and near.code not in text(answer)
    assert walk.get("same")["Location"] == walk.address("nearby")


def test_a_report_closed_meanwhile_leads_back_to_the_list(walk):
    filed = file_pothole()
    walk.to_details()
    details(walk)
    walk.send("nearby", same=public_id(filed.case_id))
    act_on(filed.case_id, Command("finish", OFFICER, {"what_was_done": "Comblé"}))
    assert walk.get("same")["Location"] == walk.address("nearby")
    walk.send("same")
    assert Live.objects.get(pk=filed.case_id).followers == 0


def test_another_problem_goes_on(walk):
    file_pothole()
    walk.to_details()
    details(walk)
    assert walk.send("nearby")["Location"] == walk.address("contact")
