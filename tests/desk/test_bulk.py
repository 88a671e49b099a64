"""One act on a selection: preview, confirm, and each refusal told."""

from oppidum.cases.acting import act_on
from oppidum.cases.models import Case, Live
from oppidum.cases.rules.standing import Command
from tests.desk.conftest import ANA, report
from tests.desk.queries import all_queries


def versions(*filed):
    live = {row.case_id: row.version for row in Live.objects.filter(case_id__in=[f.case_id for f in filed])}
    return ",".join(f"{f.case_id}:{live[f.case_id]}" for f in filed)


def test_a_preview_tells_who_moves_and_why_others_do_not_and_writes_nothing(desk, cases):
    picked = versions(cases.hole, cases.asked, cases.done)
    answer = desk("ana").post("/desk/bulk/", {"cases": picked, "action": "start"})
    text = answer.content.decode()
    assert answer.status_code == 200 and cases.asked.code in text and cases.done.code in text
    assert Live.objects.get(pk=cases.hole.case_id).step == "assigned"


def test_confirmed_the_possible_ones_move_and_each_refusal_is_told(desk, cases):
    browser = desk("ana")
    picked = versions(cases.hole, cases.asked, cases.done)
    answer = browser.post("/desk/bulk/", {"cases": picked, "action": "start", "stage": "confirm"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/bulk/done/"
    text = answer.content.decode()
    assert cases.asked.code in text and cases.done.code in text and cases.hole.code not in text
    assert Live.objects.get(pk=cases.hole.case_id).step == "in_progress"


def test_a_case_changed_since_the_preview_is_refused_not_run_over(desk, cases):
    picked = versions(cases.hole)
    act_on(cases.hole.case_id, Command("start", ANA))
    desk("ana").post(
        "/desk/bulk/",
        {
            "cases": picked,
            "action": "reject",
            "stage": "confirm",
            "reason": "private",
            "message": "Terrain privé",
        },
    )
    assert Live.objects.get(pk=cases.hole.case_id).step == "in_progress"


def test_all_of_a_filter_are_taken_beyond_the_page(desk, people, cases):
    for _ in range(60):
        report()
    browser = desk("ana")
    answer = browser.post("/desk/bulk/", {"all": "1", "filter": "view=team&step=assigned", "action": "start"})
    picked = answer.content.decode().split('name="cases" value="')[1].split('"')[0]
    assert picked.count(":") == 62
    browser.post("/desk/bulk/", {"cases": picked, "action": "start", "stage": "confirm"})
    assert Live.objects.filter(step="in_progress").count() == 62


def test_cases_out_of_sight_are_left_out_of_a_selection(desk, cases):
    browser = desk("ana")
    browser.post("/desk/bulk/", {"cases": versions(cases.hole, cases.noise), "action": "start", "stage": "confirm"})
    assert Live.objects.get(pk=cases.noise.case_id).step == "assigned"
    assert Live.objects.get(pk=cases.hole.case_id).step == "in_progress"


def test_hundreds_move_with_the_queries_of_one(desk, people, cases):
    filed = [report() for _ in range(150)]
    browser = desk("ana")
    with all_queries() as one:
        browser.post(
            "/desk/bulk/", {"cases": versions(filed[0]), "action": "move_team", "stage": "confirm", "team": people.roads.pk}
        )
    with all_queries() as many:
        browser.post(
            "/desk/bulk/", {"cases": versions(*filed[1:]), "action": "move_team", "stage": "confirm", "team": people.cleanliness.pk}
        )
    assert Live.objects.filter(team=people.cleanliness).count() == 149
    assert len(many) <= len(one) + 2


def test_a_missing_answer_is_asked_for_and_the_selection_kept(desk, cases):
    picked = versions(cases.hole, cases.old)
    answer = desk("ana").post("/desk/bulk/", {"cases": picked, "action": "finish", "stage": "confirm", "what_was_done": ""})
    assert answer.status_code == 422 and picked in answer.content.decode()


def test_nothing_selected_or_no_action_says_what_to_do(desk, cases):
    browser = desk("ana")
    assert browser.post("/desk/bulk/", {"action": "start"}).status_code == 422
    assert browser.post("/desk/bulk/", {"case": cases.hole.case_id, "action": "explode"}).status_code == 422
    assert browser.post("/desk/bulk/", {"case": cases.hole.case_id, "action": "ask_resident"}).status_code == 422
    assert browser.get("/desk/bulk/").status_code == 405


def test_an_act_on_many_beyond_the_role_changes_nothing(desk, cases):
    desk("cleo").post("/desk/bulk/", {"cases": versions(cases.hole), "action": "start", "stage": "confirm"})
    assert Case.objects.get(pk=cases.hole.case_id).live.step == "assigned"
