"""The data breach: its regulation as sentences, its letters on paper, its figures counted."""

from datetime import UTC, datetime

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Effect, Entry
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.clocks import clock_states
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core.calendar import hours
from oppidum.core.errors import InvalidForm, NotAllowed, Refusal
from oppidum.figures.computing import Period, compute
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.publishing.printing import order_run, work
from tests.publishing.conftest import letterhead, text_of  # noqa: F401 -- a fixture
from tests.services.doing import standing

DPO = Actor("officer", 1, "Odile", frozenset({"privacy", "act"}))
ANA = Actor("officer", 2, "Ana", frozenset({"act"}))
TOLD = {
    "known_at": "05/03/2027 18 h 00",
    "kinds": ["confidentiality"],
    "story": "Une clé USB perdue dans le tramway",
    "persons": ["residents"],
    "data": ["identity", "contact"],
    "protected": "no",
}
RISK = {"risk": "risk", "consequences": "Démarchage", "measures": "Mots de passe changés", "persons_count": "120"}
NUMBER = {"cnil_reference": "CNIL-2027-1", "whole": "yes"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path, letterhead):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def breach(people, moved):
    """`breach()`: known on Friday 5 March 2027 at 18 h 00, declared on Saturday at 9:00."""

    def declare(**changes):
        with moved(2027, 3, 6, 9):
            return file_case(prepare_case(get_service("data-breach"), TOLD | changes, channel="desk")).case_id

    return declare


def take(case_id, action, actor=DPO, **raw):
    return act_on(case_id, prepare(get_service("data-breach"), action, raw, actor))


def end_of(case_id):
    (_clock, state), *_ = clock_states(get_service("data-breach"), standing(case_id))
    return state.ends_at


def test_the_law_gives_seventy_two_hours_from_knowledge():
    (cnil,) = get_service("data-breach").clocks
    assert (cnil.lasts, cnil.source, cnil.verified) == (hours(72), "RGPD, art. 33(1)", True)


def test_the_hours_run_from_knowledge_over_the_weekend_and_not_from_the_declaration(breach):
    assert end_of(breach()) == datetime(2027, 3, 8, 17, tzinfo=UTC)


def test_seventy_two_hours_over_the_change_of_time_are_hours_on_the_clock(people, moved):
    with moved(2027, 3, 27, 9):
        case_id = file_case(
            prepare_case(get_service("data-breach"), TOLD | {"known_at": "26/03/2027 18 h 00"}, channel="desk")
        ).case_id
    assert end_of(case_id) == datetime(2027, 3, 29, 17, tzinfo=UTC), "19:00 by the wall, summer time having begun"


def test_the_hour_of_knowledge_is_demanded_and_is_not_to_come(people, moved):
    with moved(2027, 3, 6, 9):
        for wrong in ("", "hier", "05/04/2027 10:00"):
            with pytest.raises(InvalidForm):
                prepare_case(get_service("data-breach"), TOLD | {"known_at": wrong}, channel="desk")


def test_notified_in_time_the_clock_stops(breach, moved):
    case_id = breach()
    with moved(2027, 3, 8, 12):
        take(case_id, "assess", **RISK)
        take(case_id, "notify", **NUMBER)
    with moved(2027, 3, 20, 12):
        sweep()
    assert standing(case_id).step == "notified" and not standing(case_id).facts.get("late")


def test_what_is_late_can_only_be_notified_with_its_reasons(breach, moved):
    case_id = breach()
    with moved(2027, 3, 8, 17, 59):
        sweep()
        assert not standing(case_id).facts.get("late")
    with moved(2027, 3, 8, 18, 5):
        sweep()
        assert standing(case_id).facts["late"] is True
        take(case_id, "assess", **RISK)
        with pytest.raises(Refusal):
            take(case_id, "notify", **NUMBER)
        take(case_id, "explain", late_because="Le prestataire a tardé")
        assert take(case_id, "notify", **NUMBER).step == "notified"
    assert Entry.objects.get(action="pass_deadline").valid_at == datetime(2027, 3, 8, 17, tzinfo=UTC)


def test_it_may_be_notified_in_steps(breach, moved):
    case_id = breach()
    with moved(2027, 3, 7, 9):
        take(case_id, "assess", **RISK)
        assert take(case_id, "notify", **NUMBER | {"whole": "no"}).step == "in_steps"
        take(case_id, "add", added="112 personnes")
        assert take(case_id, "complete").step == "notified"


def test_a_high_risk_is_told_to_the_persons_before_it_can_be_closed(breach, moved):
    case_id = breach()
    with moved(2027, 3, 7, 9):
        take(case_id, "assess", **RISK | {"risk": "high"})
        assert take(case_id, "notify", **NUMBER).step == "to_tell"
        with pytest.raises(NotNow):
            take(case_id, "close")
        assert take(case_id, "tell_persons", told_how="each", what_to_do="Changez vos mots de passe").step == "notified"
        assert take(case_id, "close").step == "closed"


def test_persons_need_not_be_told_for_the_reasons_of_the_law_alone(breach, moved):
    case_id = breach()
    with moved(2027, 3, 7, 9):
        take(case_id, "assess", **RISK | {"risk": "high"})
        take(case_id, "notify", **NUMBER)
        with pytest.raises(InvalidForm):
            take(case_id, "need_not_tell", not_told_because="bad_press")
        assert take(case_id, "need_not_tell", not_told_because="unreadable").step == "notified"


def test_an_unlikely_risk_is_written_down_without_being_notified(breach, moved):
    case_id = breach()
    with moved(2027, 3, 7, 9):
        assert take(case_id, "assess", **RISK | {"risk": "none"}).step == "unlikely"
        assert take(case_id, "record", not_notified_because="Clé chiffrée").step == "recorded"
    with moved(2027, 3, 20, 9):
        sweep()
    assert not standing(case_id).facts.get("late")


def test_only_data_protection_speaks_with_the_cnil(breach, moved):
    case_id = breach()
    with moved(2027, 3, 7, 9):
        take(case_id, "assess", ANA, **RISK)
        with pytest.raises(NotAllowed):
            take(case_id, "notify", ANA, **NUMBER)


def words(case_id, letter):
    """The words of the letter, as printed."""
    while outbox.deliver():
        pass
    assert not list(Effect.objects.exclude(error="").values_list("kind", "error"))
    paper = Paper.objects.get(case_id=case_id, letter=letter)
    if not paper.file:
        order_run("Courriers", None)
        work()
        paper.refresh_from_db()
    return text_of(path_of(paper.file).read_bytes())


def test_the_notification_says_what_article_33_asks_for(breach, moved):
    case_id = breach()
    with moved(2027, 3, 10, 9):
        sweep()
        take(case_id, "assess", **RISK)
        take(case_id, "explain", late_because="Le prestataire a tardé")
        take(case_id, "notify", **NUMBER | {"whole": "no"})
        said = words(case_id, "notification")
    for part in (
        "Une clé USB perdue",
        "18 h 00",
        "120 personnes",
        "Démarchage",
        "Mots de passe changés",
        "Le prestataire a tardé",
        "CNIL-2027-1",
        "33(4)",
    ):
        assert part in said, part


def test_the_word_to_the_persons_says_what_they_can_do(breach, moved):
    case_id = breach()
    with moved(2027, 3, 7, 9):
        take(case_id, "assess", **RISK | {"risk": "high"})
        take(case_id, "notify", **NUMBER)
        take(case_id, "tell_persons", told_how="each", what_to_do="Changez vos mots de passe")
        said = words(case_id, "persons")
    assert "Changez vos mots de passe" in said and "CNIL" in said


def test_eleven_breaches_notified_are_counted_and_those_that_are_not_stay_in_the_register(breach, moved):
    with moved(2027, 3, 7, 9):
        for number in range(12):
            case_id = breach()
            take(case_id, "assess", **RISK | ({"risk": "none"} if number == 0 else {}))
            if number == 0:
                take(case_id, "record", not_notified_because="Clé chiffrée")
            else:
                take(case_id, "notify", **NUMBER)
    year = Period.year(2027)
    assert [compute(name, year).value for name in ("data-breaches", "data-breaches-notified", "data-breaches-late")] == [12, 11, 0]
    assert list(verify()) == [(12, [])]
