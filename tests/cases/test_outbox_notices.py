"""What the notices of a report say: every action, both languages, with and without what may be missing."""

import re
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from oppidum.cases.mailing.notices import day_in_words, read_told, render_notice
from oppidum.cases.mailing.previews import preview
from oppidum.cases.models import Case
from oppidum.cases.rules.errors import NotNow
from oppidum.core.errors import InvalidForm
from oppidum.services.living_environment.report import Report
from tests.cases.leaving import TOM, ZOE, report, take

MINIMAL = {
    "qualify": {"category": "roads.pothole"},
    "plan": {"day": "2027-03-12"},
    "ask_resident": {"message": "Quel numéro ?"},
    "finish": {"what_was_done": "Comblé"},
    "reject": {"reason": "private", "message": "Chez le voisin"},
    "transfer": {"transferred_to": "ASF"},
    "object": {"message": "Toujours là"},
    "reopen": {"note": "Mal fait"},
    "message": {"message": "Nous passons demain"},
}
BEFORE = {"no_answer": ["ask_resident"], "object": ["finish"], "reopen": ["finish"], "take_back": ["transfer"]}
ACTIONS = sorted(Report.noticed - {"file"})


def told_of(people, moved, action, **known):
    """A report filed on 1 March 2027 on which `action` was taken as the last act."""
    with moved(2027, 3, 1, 9):
        filed = report(**known)
        original = report()
        data = MINIMAL | {"mark_duplicate": {"original": original.code}, "move_team": {"team": people.signals.pk}}
        seq = 1
        for step in [] if action == "file" else [*BEFORE.get(action, []), action]:
            seq = take(filed.case_id, step, **data.get(step, {})).version
    return read_told([(filed.case_id, seq)])[filed.case_id, seq]


def every_notice(people, moved):
    """Each action of the report, on a case with a team and promise and on one without, where the flow offers it."""
    for category in ("roads.pothole", "other.other"):
        for action in ("file", *ACTIONS):
            with suppress(NotNow):
                yield action, told_of(people, moved, action, category=category)


def test_every_notice_is_whole_whatever_is_missing_in_both_languages(people, moved):
    seen = set()
    for action, told in every_notice(people, moved):
        seen.add(action)
        for language in ("fr", "en"):
            subject, body = render_notice(Report, action, told, language)
            assert not re.search(r"[{}]|\bNone\b|\n\n\n|: *\n(?!\n\w)", f"{subject}\n{body}\n"), body
            assert told.code in subject and f"/follow/{told.code}" in body and body.endswith("Métropole de Castelmer")
        assert render_notice(Report, action, told, "fr")[1] != body, f"{action} is not translated"
    assert seen == Report.noticed


def test_the_acknowledgement_says_what_where_who_and_when(people, moved):
    told = told_of(people, moved, "file", address="12 rue de la République")
    french, english = (render_notice(Report, "file", told, language)[1] for language in ("fr", "en"))
    assert all(word in french for word in ("lundi 1er mars 2027", "12 rue de la République, Aubane", "Voirie", "lundi 15 mars"))
    assert "Monday 1 March 2027" in english and "Monday 15 March 2027" in english


def test_a_report_without_a_team_says_nothing_of_one(people, moved):
    body = render_notice(Report, "file", told_of(people, moved, "file", category="other.other"), "en")[1]
    assert "Who has it" not in body and "What: " in body


def test_a_telephone_that_nobody_gave_takes_its_line_with_it(people, moved):
    body = render_notice(Report, "transfer", told_of(people, moved, "transfer"), "en")[1]
    assert "Who has it now: ASF" in body and "telephone:" not in body.partition("Follow")[0]


def test_the_words_of_an_officer_stand_in_the_mail(people, moved):
    assert "Quel numéro ?" in render_notice(Report, "ask_resident", told_of(people, moved, "ask_resident"), "fr")[1]


def test_a_notice_never_tells_an_internal_note(people, moved):
    assert "Mal fait" not in str([render_notice(Report, "reopen", told_of(people, moved, "reopen"), "fr")])


def test_a_notice_rendered_late_tells_the_case_as_it_stood(people, moved):
    with moved(2027, 3, 1, 9):
        filed = report()
    with moved(2027, 3, 2, 9):
        take(filed.case_id, "move_team", team=people.signals.pk)
    assert read_told([(filed.case_id, 1)])[filed.case_id, 1].team == "Voirie"
    assert read_told([(filed.case_id, 3)])[filed.case_id, 3].team == "Feux"


def test_fifty_notices_cost_the_queries_of_one(people):
    ids = [report().case_id for _ in range(50)]
    for entries in ([(ids[0], 1)], [(i, 1) for i in ids]):
        with CaptureQueriesContext(connection) as asked:
            assert len(read_told(entries)) == len(entries)
        assert len(asked) <= 5


def test_days_are_told_as_people_say_them():
    for language, said in (("fr", "vendredi 12 mars 2027"), ("en", "Friday 12 March 2027")):
        with override(language):
            assert day_in_words(date(2027, 3, 12)) == said
    assert day_in_words(None) == ""


def test_an_officer_reads_the_mail_before_it_leaves(people):
    filed = report(TOM)
    take(filed.case_id, "follow", contact=ZOE)
    case = Case.objects.get(pk=filed.case_id)
    mails = preview(case, "finish", {"what_was_done": "Comblé à l'enrobé"}, people.ana)
    assert [(m.language, m.readers) for m in mails] == [("en", 1), ("fr", 1)]
    assert all("Comblé à l'enrobé" in m.body for m in mails)
    assert [m.language for m in preview(case, "ask_resident", {"message": "Où ?"}, people.ana)] == ["en"]
    assert preview(case, "note", {"note": "x"}, people.ana) == []


def test_a_preview_is_refused_as_the_act_would_be_and_writes_nothing(people):
    filed = report()
    case = Case.objects.get(pk=filed.case_id)
    with pytest.raises(InvalidForm):
        preview(case, "finish", {}, people.ana)
    with pytest.raises(NotNow):
        preview(case, "take_back", {}, people.ana)
    assert Case.objects.get(pk=filed.case_id).live.version == 2
