"""A declared figure from its request to its lock: who may do what, and what stays of it.

Dora enters for "Cadre de vie", Émile validates there; Rita owns the report; Max is of Aubane's town hall and has no part in it.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from oppidum.cases.files.attachments import FileRefused, drop_abandoned
from oppidum.cases.models import Attachment, Mail
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed
from oppidum.figures.declared.entering import Given, Meant, enter, keep_evidence, read_given
from oppidum.figures.declared.errors import NotYourFigure, ReasonMissing, SecondPerson, StillOpen, YearLocked
from oppidum.figures.declared.histories import open_declared
from oppidum.figures.declared.importing import import_key_figures
from oppidum.figures.declared.locking import lock_year, reopen_figure, reopen_year
from oppidum.figures.declared.progress import list_progress, list_standing
from oppidum.figures.declared.requesting import move_period, remind, request_figures
from oppidum.figures.declared.sanity import warn
from oppidum.figures.declared.validating import send_back, validate
from oppidum.figures.key_figures import get_key_figure
from oppidum.figures.models import Change, Entry, KeyFigure
from oppidum.people.models import Officer, Role
from tests.people_of_town import PASSWORD

YEAR = 2027
WASTE, BINS, BUSES = "waste-collected", "bins-emptied", "buses-running"


@pytest.fixture
def house(people):
    """Three key figures: two of "Cadre de vie", one of "Mobilité" which nobody answers for."""
    for name, directorate, unit in ((WASTE, "living-environment-water", "t"), (BINS, "living-environment-water", "count"),
                                    (BUSES, "mobility", "count")):  # fmt: skip
        KeyFigure.objects.create(
            name=name, directorate=directorate, theme="x", label_fr=f"Le {name}", label_en=f"The {name}", unit=unit, kind="flow"
        )
    people.emile = Officer.objects.create_user("emile", "emile@castelmer.example", PASSWORD, role=people.dora.role)
    people.emile.teams.set([people.cleanliness])
    owner = Role.objects.create(code="report", name="report", reach="all", rights=["figures", "report"])
    people.rita = Officer.objects.create_user("rita", "rita@castelmer.example", PASSWORD, role=owner)
    return people


@pytest.fixture
def asked(house, moved):
    """The figures of 2027 were asked for on 10 January 2028, until 28 February."""
    with moved(2028, 1, 10, 9):
        request_figures(YEAR, house.rita, date(2028, 2, 28))
        yield house


def meant(value, **more) -> Meant:
    return Meant(**{"value": Decimal(value), "period": "2027", "precision": "exact", "note": "", "evidence": None,
                    "is_evidence_public": False} | more)  # fmt: skip


def state(name: str = WASTE) -> str:
    return Entry.objects.get(figure__name=name, year=YEAR, is_current=True).state


def test_those_who_answer_for_a_directorate_are_asked_by_mail_and_the_others_are_named(house, moved):
    with moved(2028, 1, 10, 9):
        done = request_figures(YEAR, house.rita)
    assert (done.asked, done.due_on, done.unreachable) == (3, date(2028, 2, 29), ["mobility"])
    mails = Mail.objects.filter(key__startswith=f"figures:{YEAR}:")
    assert {mail.to for mail in mails} == {"dora@castelmer.example", "emile@castelmer.example"}
    assert "2 chiffres" in mails[0].body and "/desk/figures/" in mails[0].body
    assert "29\u00a0février\u00a02028" in mails[0].body


def test_asking_again_asks_only_for_what_is_new(asked):
    enter(WASTE, YEAR, meant(10), asked.dora)
    again = request_figures(YEAR, asked.rita)
    assert (again.asked, again.due_on) == (0, date(2028, 2, 28))
    assert state() == "entered"


def test_who_owes_figures_is_reminded_once_an_interval_and_no_more_once_they_are_entered(asked, moved):
    assert remind(date(2028, 2, 20)) == 0
    assert remind(date(2028, 2, 21)) == 2
    assert remind(date(2028, 2, 25)) == 0
    assert remind(date(2028, 2, 28)) == 2
    for name in (WASTE, BINS):
        enter(name, YEAR, meant(10), asked.dora)
    assert remind(date(2028, 3, 6)) == 0
    assert Change.objects.filter(action="reminded").count() == 2


def test_a_value_is_entered_by_its_department_alone(asked):
    with pytest.raises(NotYourFigure):
        enter(BUSES, YEAR, meant(12), asked.dora)
    with pytest.raises(NotYourFigure):
        enter(WASTE, YEAR, meant(12), asked.max)
    enter(WASTE, YEAR, meant("1234.5"), asked.dora)
    assert state() == "entered"
    assert get_key_figure(WASTE, YEAR).value == Decimal("1234.5")
    assert get_key_figure(WASTE, YEAR, validated_only=True).value is None


def test_a_second_person_validates_never_the_first(asked):
    enter(WASTE, YEAR, meant(10), asked.dora)
    refused = validate([WASTE], YEAR, asked.dora).refused
    assert isinstance(refused[WASTE], SecondPerson)
    assert isinstance(validate([WASTE], YEAR, asked.max).refused[WASTE], NotAllowed)
    assert validate([WASTE, BINS], YEAR, asked.emile).done == [WASTE]
    value = get_key_figure(WASTE, YEAR, validated_only=True)
    assert (value.value, value.is_validated, value.validated_by) == (10, True, "emile")


def test_what_is_sent_back_says_why_and_keeps_what_was_typed(asked):
    enter(WASTE, YEAR, meant(10, note="pesée"), asked.dora)
    with pytest.raises(ReasonMissing):
        send_back(WASTE, YEAR, asked.emile, " ")
    send_back(WASTE, YEAR, asked.emile, "En tonnes, pas en camions")
    entry = Entry.objects.get(figure__name=WASTE, is_current=True)
    assert (entry.state, entry.value, entry.refused_because) == ("requested", 10, "En tonnes, pas en camions")
    assert "En tonnes" in Mail.objects.get(to="dora@castelmer.example", key__contains=":back:").body
    enter(WASTE, YEAR, meant(1000), asked.dora)
    assert validate([WASTE], YEAR, asked.emile).done


def test_a_correction_after_validation_keeps_the_value_that_was_told(asked):
    enter(WASTE, YEAR, meant(10), asked.dora)
    validate([WASTE], YEAR, asked.emile)
    enter(WASTE, YEAR, meant(11), asked.emile, "une pesée oubliée")
    assert get_key_figure(WASTE, YEAR, validated_only=True).value == 10
    validate([WASTE], YEAR, asked.dora)
    opened = open_declared(WASTE, YEAR)
    assert [entry.value for entry in opened.entries] == [11, 10]
    assert opened.entries[1].superseded_by == opened.entries[0]
    assert [(one.action, one.reason) for one in opened.changes][1] == ("corrected", "une pesée oubliée")
    assert (opened.changes[1].before["value"], opened.changes[1].after["value"]) == ("10", "11")


def test_a_year_is_locked_by_the_owner_of_the_report_once_nothing_waits(asked):
    enter(WASTE, YEAR, meant(10), asked.dora)
    with pytest.raises(NotAllowed):
        lock_year(YEAR, asked.dora)
    with pytest.raises(StillOpen):
        lock_year(YEAR, asked.rita)
    validate([WASTE], YEAR, asked.emile)
    assert lock_year(YEAR, asked.rita) == 1
    for name in (WASTE, BINS):
        with pytest.raises(YearLocked):
            enter(name, YEAR, meant(12), asked.dora)
    with pytest.raises(YearLocked):
        request_figures(YEAR, asked.rita)


def test_a_locked_value_is_reopened_for_a_reason_alone_or_with_its_year(asked):
    for name in (WASTE, BINS):
        enter(name, YEAR, meant(10), asked.dora)
    validate([WASTE, BINS], YEAR, asked.emile)
    lock_year(YEAR, asked.rita)
    with pytest.raises(ReasonMissing):
        reopen_figure(WASTE, YEAR, asked.rita, "")
    reopen_figure(WASTE, YEAR, asked.rita, "erreur de frappe")
    enter(WASTE, YEAR, meant(100), asked.dora)
    with pytest.raises(YearLocked):
        enter(BINS, YEAR, meant(100), asked.dora)
    validate([WASTE], YEAR, asked.emile)
    assert lock_year(YEAR, asked.rita) == 1
    assert reopen_year(YEAR, asked.rita, "les comptes ont changé") == 2
    assert Change.objects.filter(action="reopened", reason="les comptes ont changé").count() == 3
    enter(BINS, YEAR, meant(100), asked.dora)


def test_an_import_leaves_a_locked_year_as_it_is(asked, tmp_path):
    enter(WASTE, YEAR, meant(10), asked.dora)
    validate([WASTE], YEAR, asked.emile)
    lock_year(YEAR, asked.rita)
    path = tmp_path / "late.csv"
    head = "id,direction,label_fr,value,unit,kind"
    path.write_text(
        f"{head}\n{WASTE},living-environment-water,Le {WASTE},11,t,flow\n{BINS},living-environment-water,Bacs,3,count,flow\n"
    )
    assert sorted(import_key_figures(path, YEAR).locked) == [BINS, WASTE]


def test_evidence_is_believed_by_its_content_and_stays_while_a_figure_names_it(asked, moved):
    paper = keep_evidence(BytesIO(b"%PDF-1.7 pesees"), "pesees.pdf")
    left = keep_evidence(BytesIO(b"%PDF-1.7 autre"), "autre.pdf")
    given = Given(value="12,5", unit="kt", period="2027", precision="about", evidence=paper.token, is_evidence_public=True)
    entry = enter(WASTE, YEAR, read_given(KeyFigure.objects.get(name=WASTE), given), asked.dora)
    assert (entry.value, entry.unit, entry.evidence, entry.is_evidence_public) == (12500, "t", paper, True)
    with moved(2028, 6, 1, 9):
        drop_abandoned(clock.now())
    assert list(Attachment.objects.all()) == [paper] != [left]
    with pytest.raises(FileRefused):
        keep_evidence(BytesIO(b"MZ\x90 a program"), "pesees.pdf")


def test_every_fault_of_a_form_is_told_at_once(asked):
    given = Given(value="douze", unit="litres", period=" ", precision="perhaps", evidence="gone")
    with pytest.raises(InvalidForm) as told:
        read_given(KeyFigure.objects.get(name=WASTE), given)
    assert {fault.field for fault in told.value.errors} == {"value", "unit", "period", "precision", "evidence"}


@pytest.mark.parametrize(
    ("value", "unit", "kind", "before", "says"),
    [
        ("120", "%", "rate", None, "entre 0 et 100"),
        ("-3", "count", "flow", None, "négative"),
        ("2.5", "count", "flow", None, "entières"),
        ("12000", "t", "flow", "12", "1\u202f000 fois"),
        ("20", "t", "flow", "12", "66,7"),
        ("12", "t", "flow", "12", "exactement"),
        ("12", "t", "stock", "12", ""),
        ("13", "t", "flow", "12", ""),
    ],
)
def test_an_odd_value_is_told_before_it_is_kept(value, unit, kind, before, says):
    with override("fr"):
        found = warn(Decimal(value), unit, kind, (2026, Decimal(before)) if before else None)
    assert (says in found[0]) if says else not found


def test_progress_counts_what_the_lists_show(asked):
    enter(WASTE, YEAR, meant(10), asked.dora)
    with override("fr"):
        cadre, mobilite = list_progress(YEAR, date(2028, 3, 1))
    assert (cadre.total, cadre.requested, cadre.late, cadre.entered, cadre.validated) == (2, 1, 1, 1, 0)
    assert (mobilite.late, mobilite.share) == (1, 0)
    late = list_standing(YEAR, date(2028, 3, 1), view="late")
    assert [row["name"] for row in late] == [BINS, BUSES]
    assert [row["name"] for row in list_standing(YEAR, date(2028, 3, 1), words="WÀSTE")] == [WASTE]
    assert list_standing(YEAR, date(2028, 3, 1), words="100%") == []


def test_the_period_of_a_figure_moves_with_the_edition():
    assert move_period("2023", 2023, 2026) == "2026"
    assert move_period("as-of-2023-12-31", 2023, 2024) == "as-of-2024-12-31"
    assert move_period("2022-2023", 2023, 2024) == "2023-2024"
    assert move_period("target-2025", 2023, 2024) == "target-2025"


def test_the_operator_asks_locks_and_reopens_at_the_command_line(house, capsys):
    call_command("figures", "request", str(YEAR), "--due", "2028-02-28")
    assert "3 figures newly asked for until 2028-02-28" in capsys.readouterr().out
    call_command("figures", "lock", str(YEAR), "--by", "rita")
    call_command("figures", "reopen", str(YEAR), "--by", "rita", "--reason", "trop tôt")
    assert "0 values may change again" in capsys.readouterr().out
