"""Filing and acting through the engine's one door, on the real database."""

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from oppidum.cases.acting import act, act_on
from oppidum.cases.filing import file_case, file_cases, prepare_case
from oppidum.cases.models import Case, Effect, Entry, Live, Message, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.errors import Itself, NoTeam, NotNow, Stale, TooLate
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed
from oppidum.services.living_environment.report import Report
from tests.territory.town import IN_AUBANE

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))


def pothole(**known):
    defaults = {"lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901", "channel": "portal"}
    raw = {"category": "roads.pothole", "where": "road", "words": "Un trou devant l'école"}
    return prepare_case(Report, raw, **defaults | known)


def test_a_report_goes_at_once_to_the_team_whose_remit_it_is(people):
    filed = file_case(pothole())
    case = Case.objects.select_related("live").get(code=filed.code)
    assert (case.live.step, case.live.team_id, case.live.version) == ("assigned", people.roads.pk, 2)
    assert [e.action for e in Entry.objects.filter(case_id=case.pk).order_by("seq")] == ["file", "route"]


def test_a_category_that_nobody_has_goes_to_qualify(people):
    filed = file_case(prepare_case(Report, {"category": "other.other"}, lon=5.05, lat=43.35, commune="13901", channel="portal"))
    assert Case.objects.get(pk=filed.case_id).live.step == "to_qualify"


def test_the_same_filing_sent_twice_is_one_case(people):
    first, again = file_case(pothole(key="form-1")), file_case(pothole(key="form-1"))
    assert (first.is_new, again.is_new, again.code) == (True, False, first.code)
    assert Case.objects.count() == 1 and Entry.objects.count() == 2


def test_a_wrong_answer_files_nothing_and_names_its_field(people):
    with pytest.raises(InvalidForm) as wrong:
        prepare_case(Report, {"category": "roads.pothole", "where": "the moon", "words": "x" * 6000})
    assert {fault.field for fault in wrong.value.errors} == {"where", "words"}


def test_the_promise_is_counted_in_working_days(people, moved):
    with moved(2027, 5, 12, 9):  # a Wednesday; Whit Monday is 17 May
        filed = file_case(pothole())
    assert str(filed.standing.due_on) == "2027-05-27"


def test_an_author_with_an_address_gets_an_acknowledgement_in_the_outbox(people, monkeypatch):
    monkeypatch.setattr(Report, "noticed", frozenset({"file"}))
    filed = file_case(pothole(contact=Contact("Zoé", "zoe@example.org", "", "fr")))
    assert Party.objects.get(case_id=filed.case_id).email == "zoe@example.org"
    assert Effect.objects.get(case_id=filed.case_id).kind == "notify"


def test_a_thousand_cases_move_with_the_queries_of_one(people, django_assert_max_num_queries):
    filed = file_cases([pothole() for _ in range(1000)])
    with django_assert_max_num_queries(12):
        outcomes = act([(f.case_id, Command("start", ANA)) for f in filed])
    assert {o.standing.step for o in outcomes} == {"in_progress"}
    assert Entry.objects.filter(action="start").count() == 1000


def test_one_refusal_in_a_batch_leaves_the_others_alone(people):
    here, there = file_case(pothole()), file_case(pothole())
    act_on(there.case_id, Command("finish", ANA, {"what_was_done": "Comblé"}))
    outcomes = act([(here.case_id, Command("start", ANA)), (there.case_id, Command("start", ANA))])
    assert outcomes[0].standing.step == "in_progress" and isinstance(outcomes[1].refusal, NotNow)


def test_the_second_officer_is_told_what_changed_and_nothing_is_lost(people):
    filed = file_case(pothole())
    act_on(filed.case_id, Command("start", ANA, seen=2))
    with pytest.raises(Stale) as stale:
        act_on(filed.case_id, Command("reject", ANA, {"reason": "private", "message": "Terrain privé"}, seen=2))
    assert [fact.action for fact in stale.value.details["changes"]] == ["start"]
    assert Case.objects.get(pk=filed.case_id).live.step == "in_progress"


def test_a_note_is_never_stale(people):
    filed = file_case(pothole())
    act_on(filed.case_id, Command("start", ANA, seen=2))
    act_on(filed.case_id, Command("note", ANA, {"note": "Appelé le riverain"}, seen=2))
    assert Message.objects.get(case_id=filed.case_id).kind == "note"


def test_the_promise_stops_while_the_resident_is_asked_and_goes_on_after(people, moved):
    with moved(2027, 3, 1, 9):
        filed = file_case(pothole())  # ten working days: Monday 15 March
    with moved(2027, 3, 3, 9):
        waiting = act_on(filed.case_id, Command("ask_resident", ANA, {"message": "Quel numéro ?"}))
    with moved(2027, 3, 10, 9):
        answered = act_on(filed.case_id, Command("answer", RESIDENT, {"message": "Le 12"}))
    assert waiting.due_on is None
    assert (answered.step, str(answered.due_on)) == ("assigned", "2027-03-22")


def test_a_resident_can_object_for_fourteen_days_and_not_one_more(people, moved):
    with moved(2027, 3, 1, 9):
        filed = file_case(pothole())
        act_on(filed.case_id, Command("finish", ANA, {"what_was_done": "Comblé"}))
    with moved(2027, 3, 16, 9), pytest.raises(TooLate):
        act_on(filed.case_id, Command("object", RESIDENT, {"message": "Toujours là"}))
    with moved(2027, 3, 15, 23):
        assert act_on(filed.case_id, Command("object", RESIDENT, {"message": "Toujours là"})).step == "reopened"


def test_a_resident_can_not_do_an_officers_act(people):
    filed = file_case(pothole())
    with pytest.raises(NotAllowed):
        act_on(filed.case_id, Command("finish", RESIDENT, {"what_was_done": "Rien"}))


@pytest.mark.parametrize(
    "sql",
    [
        "update cases_journal set action = 'x'",
        "delete from cases_journal",
        "truncate cases_journal",
    ],
)
def test_the_database_refuses_to_change_the_journal(people, sql):
    file_case(pothole())
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.count() == 2


def test_words_to_a_resident_stand_beside_the_journal_not_in_it(people):
    filed = file_case(pothole())
    act_on(filed.case_id, Command("message", ANA, {"message": "Nous passons demain"}))
    assert Entry.objects.get(case_id=filed.case_id, seq=3).data == {}
    assert Message.objects.get(case_id=filed.case_id, seq=3).text == "Nous passons demain"


def test_filed_at_may_lie_in_the_past(people):
    yesterday = clock.now().replace(year=clock.now().year - 1)
    filed = file_case(pothole(filed_at=yesterday))
    assert Case.objects.get(pk=filed.case_id).filed_at == yesterday


def test_silence_is_recorded_at_its_legal_instant_however_late_the_sweep(people, moved):
    with moved(2027, 1, 31, 9):
        filed = file_case(pothole())
    with moved(2027, 4, 2, 3):
        assert sweep() == 1 and sweep() == 0
    silence = Entry.objects.get(case_id=filed.case_id, action="silence")
    assert silence.valid_at.astimezone(clock.PARIS).isoformat() == "2027-04-01T00:00:00+02:00"


def test_a_resident_who_does_not_answer_closes_the_report(people, moved):
    with moved(2027, 3, 1, 9):
        filed = file_case(pothole())
        act_on(filed.case_id, Command("ask_resident", ANA, {"message": "Quel numéro ?"}))
    with moved(2027, 3, 16, 23):
        assert sweep() == 0
    with moved(2027, 3, 17, 0):
        assert sweep() == 1
    assert Case.objects.get(pk=filed.case_id).live.step == "rejected"


def test_states_follow_from_the_journal_and_a_forged_one_is_found(people):
    filed = file_cases([pothole() for _ in range(5)])
    act([(f.case_id, Command("start", ANA)) for f in filed])
    assert list(verify()) == [(5, [])]
    Live.objects.filter(pk=filed[2].case_id).update(step="done")
    [(_, [difference])] = list(verify())
    assert (difference.case_id, difference.column, difference.derived) == (filed[2].case_id, "step", "in_progress")


def test_a_qualified_report_goes_to_the_team_whose_remit_the_new_category_is(people):
    filed = file_case(prepare_case(Report, {"category": "other.other"}, lon=5.05, lat=43.35, commune="13901", channel="portal"))
    case = act_on(filed.case_id, prepare(Report, "qualify", {"category": "noise.business"}, ANA))
    assert (case.step, case.team_id, case.category) == ("assigned", people.aubane.pk, "noise.business")
    assert Entry.objects.get(case_id=filed.case_id, action="qualify").data["rule"] == "noise @ 13901"


def test_qualifying_towards_nobody_asks_for_the_team(people):
    filed = file_case(prepare_case(Report, {"category": "other.other"}, lon=5.15, lat=43.35, commune="13902", channel="portal"))
    with pytest.raises(NoTeam):
        act_on(filed.case_id, prepare(Report, "qualify", {"category": "noise.business"}, ANA))
    chosen = prepare(Report, "qualify", {"category": "noise.business", "team": str(people.roads.pk)}, ANA)
    assert act_on(filed.case_id, chosen).team_id == people.roads.pk


def test_a_report_is_not_its_own_duplicate(people):
    here, there = file_case(pothole()), file_case(pothole())
    command = prepare(Report, "mark_duplicate", {"original": here.code}, ANA)
    outcomes = act([(here.case_id, command), (there.case_id, command)])
    assert isinstance(outcomes[0].refusal, Itself) and outcomes[1].standing.step == "duplicate"


def test_the_three_moves_are_three_acts(people):
    """Another person, another team, another category: each changes one thing."""
    filed = file_case(pothole())
    person = act_on(filed.case_id, prepare(Report, "give_to", {"officer": "ana"}, ANA))
    team = act_on(filed.case_id, prepare(Report, "move_team", {"team": "cleanliness"}, ANA))
    category = act_on(filed.case_id, prepare(Report, "recategorise", {"category": "roads.markings"}, ANA))
    assert (person.officer_id, person.team_id, person.category) == (people.ana.pk, people.roads.pk, "roads.pothole")
    assert (team.team_id, team.category) == (people.cleanliness.pk, "roads.pothole")
    assert (category.team_id, category.category, category.promise) == (people.cleanliness.pk, "roads.markings", 30)
    assert {c.step for c in (person, team, category)} == {"assigned"}


def test_references_to_nothing_are_refused_by_field(people):
    for action, field, value in (
        ("move_team", "team", "9999"),
        ("give_to", "officer", "nobody"),
        ("mark_duplicate", "original", "XXXXX"),
    ):
        with pytest.raises(InvalidForm) as wrong:
            prepare(Report, action, {field: value}, ANA)
        assert [fault.field for fault in wrong.value.errors] == [field]


def test_within_a_transaction_an_act_is_part_of_it_and_undone_with_it(people):
    filed = file_case(pothole())
    with CaptureQueriesContext(connection) as asked, pytest.raises(ZeroDivisionError), transaction.atomic():
        assert act_on(filed.case_id, Command("start", ANA)).version == 3
        _ = 1 / 0
    assert [one["sql"].split()[0] for one in asked if "SAVEPOINT" in one["sql"]] == ["SAVEPOINT", "ROLLBACK", "RELEASE"]
    assert Live.objects.get(pk=filed.case_id).version == 2 and Entry.objects.filter(case_id=filed.case_id).count() == 2
