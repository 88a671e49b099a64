"""Each clock tells its dates in sentences, in the reader's language, and warns on days on which somebody works."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from oppidum.cases.declaration import Clock, clear_days, hours, months, open_days, working_days
from oppidum.cases.explaining import explain, say_length, warning_days
from oppidum.cases.rules.clock_states import clock_state
from oppidum.core.calendar import is_working_day

FILED = date(2027, 3, 1)
DIA = Clock("dia", "Pre-emption", lasts=months(2), means="waiver", warns=(10, 3))


def told(events, language="en", clock=DIA, filed=FILED):
    with override(language):
        return explain(clock, clock_state(clock, events, {}, filed))


def test_a_running_clock_says_from_when_to_when():
    assert told([]) == [
        "The time (2 months) runs from Monday 1 March 2027, which doesn't count.",
        "It ends on Saturday 1 May 2027 at midnight.",
        "Silence gives up the right.",
    ]


def test_a_suspended_clock_says_since_when_and_what_is_left():
    assert told([["suspend", "2027-03-21"]], "fr") == [
        "Le délai (2 mois) court à compter du lundi 1er mars 2027, jour qui ne compte pas.",
        "Il est suspendu depuis le dimanche 21 mars 2027\u00a0; il en restera 41 jours quand il reprendra.",
        "Le silence vaut renonciation au droit.",
    ]


def test_what_stood_still_is_told_when_it_runs_again():
    assert told([["suspend", "2027-03-21"], ["resume", "2027-04-10"]], "fr")[1:3] == [
        "Il a été suspendu du dimanche 21 mars 2027 au samedi 10 avril 2027.",
        "Il expire le vendredi 21 mai 2027 à minuit.",
    ]


def test_an_incomplete_file_has_no_date_and_says_why():
    made = Clock("c", "C", lasts=months(1), means="approval", waits_for="ask", restarted_by="papers")
    assert told([["wait", "2027-03-10"]], clock=made) == [
        "The file is incomplete since Wednesday 10 March 2027: the time (1 month) has not started. It runs whole once the file is complete."
    ]
    assert told([["wait", "2027-03-10"], ["restart", "2027-03-20"]], "fr", made)[0] == (
        "Le dossier est complet depuis le samedi 20 mars 2027\u00a0: le délai (1 mois) court à compter de ce jour, qui ne compte pas."
    )


def test_an_extension_an_interruption_an_answer_and_a_silence_are_told():
    assert "Il a été porté à 3 mois en tout." in told([["extend", "2027-03-10", "1 month"]], "fr")
    assert "It stands still until Friday 9 April 2027 at the latest." in told([["interrupt", "2027-03-10", "2027-04-09"]])
    assert told([["stop", "2027-04-01"]])[1:] == ["An answer was given on Thursday 1 April 2027: the time is over."]
    assert "Il a expiré le samedi 1er mai 2027 à minuit, sans réponse." in told([["lapse", "2027-05-01"]], "fr")


def test_hours_are_told_to_the_minute_by_the_wall_of_the_town():
    breach = Clock("breach", "Breach", lasts=hours(72), starts="know", means="breach")
    known = datetime(2027, 3, 26, 13, 20, tzinfo=UTC)
    lines = told([["start", known.isoformat()]], "fr", breach, None)
    assert lines[0] == "Le délai (72 heures) court à compter du vendredi 26 mars 2027 à 14:20."
    assert lines[1] == "Il expire le lundi 29 mars 2027 à 15:20."


def test_lengths_are_said_in_both_languages():
    for length, french in (
        (months(24), "2 ans"),
        (clear_days(5), "5 jours francs"),
        (working_days(1), "1 jour ouvré"),
        (open_days(6), "6 jours ouvrables"),
        (months(1) + working_days(2), "1 mois et 2 jours ouvrés"),
    ):
        with override("fr"):
            assert say_length(length) == french
        with override("en"):
            assert say_length(length) == str(length)


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)))
def test_officers_are_warned_on_working_days_before_the_end(filed):
    state = clock_state(DIA, [], {}, filed)
    for day, before in zip(warning_days(DIA, state), (10, 3), strict=True):
        assert is_working_day(day) and state.ends_on - timedelta(days=before + 4) <= day <= state.ends_on - timedelta(days=before)
