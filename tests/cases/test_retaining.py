"""Personal data go when their time is over; the facts stay, and no figure changes."""

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.calls import NewCall, log_calls
from oppidum.cases.declaration.recorded import FORGET
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Call, Case, Entry, Live, Mail, Message, Party, Photo
from oppidum.cases.persons.retaining import forget_persons
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.errors import NotAllowed
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, compute
from oppidum.services.living_environment.report import Report

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))


@pytest.fixture
def closed(people, moved):
    """A report about a car with its plate, written to and from its author, done on 10 March 2027."""
    with moved(2027, 3, 1, 9):
        raw = {"category": "parking.abandoned_vehicle", "words": "La voiture de M. Martin", "plate": "AB-123-CD"}
        questions = Report.categories["parking.abandoned_vehicle"].questions
        raw |= {n: next(iter(q.options)) for n, q in questions.items() if getattr(q, "options", None) and q.required}
        raw |= {n: "AB-123-CD" for n, q in questions.items() if q.private}
        filed = file_case(
            prepare_case(
                Report,
                raw,
                lon=5.05,
                lat=43.35,
                commune="13901",
                channel="phone",
                address="12 rue de chez moi",
                contact=Contact("Zoé Martin", "zoe@example.org", "+33491000000"),
            )
        )
        Photo.objects.create(
            token="t", case_id=filed.case_id, seq=1, file="a.jpg", thumbnail="b.jpg", width=1, height=1, uploaded_at=clock.now()
        )
        log_calls([NewCall(officer=people.cleo.pk, outcome="report", case_id=filed.case_id, phone="+33491000000", note="mots")])
        act_on(filed.case_id, prepare(Report, "message", {"message": "Bonjour Madame Martin"}, ANA))
    with moved(2027, 3, 10, 9):
        act_on(filed.case_id, prepare(Report, "finish", {"what_was_done": "Enlevée"}, ANA))
        outbox.deliver()
        Mail.objects.update(fate=Mail.Fate.SENT)
    return filed


def test_everything_personal_is_kept_for_two_years_and_gone_the_day_after(closed, moved):
    with moved(2029, 3, 10, 23):
        assert forget_persons() == 0
    with moved(2029, 3, 11, 2):
        assert forget_persons() == 1 and forget_persons() == 0
    assert not any(model.objects.exists() for model in (Party, Message, Mail, Photo))
    case, call = Case.objects.get(), Call.objects.get()
    assert (case.words, case.address, call.phone, call.note) == ("", "", "", "")
    assert "AB-123-CD" not in str(case.answers) and "Martin" not in str(case.search)


def test_the_facts_stay_and_no_figure_changes(closed, moved):
    def figures():
        return [(v.value, v.splits) for v in (compute(name, Period.year(2027)) for name in all_figures())]

    before = figures()
    with moved(2029, 3, 11, 2):
        forget_persons()
    assert figures() == before and any(value for value, _splits in before)
    assert [e.action for e in Entry.objects.order_by("seq")] == ["file", "route", "message", "finish", "forget"]
    assert list(verify()) == [(1, [])]
    assert not Live.objects.get().contactable


def test_a_report_opened_again_meanwhile_keeps_everything(closed, moved):
    with moved(2027, 3, 12, 9):
        act_on(closed.case_id, prepare(Report, "object", {"message": "Elle est revenue"}, RESIDENT))
    with moved(2029, 3, 11, 2):
        assert forget_persons() == 0
    assert Party.objects.exists()


def test_a_call_that_opened_nothing_loses_its_number_too(people, moved):
    with moved(2027, 3, 1, 9):
        log_calls([NewCall(officer=people.cleo.pk, outcome="information", phone="+33491000000")])
    with moved(2029, 3, 2, 2):
        forget_persons()
    assert Call.objects.get().phone == "" and Call.objects.count() == 1


def test_nobody_but_the_engine_forgets(closed):
    with pytest.raises(NotAllowed):
        act_on(closed.case_id, Command(FORGET, ANA))


def test_a_mail_about_no_case_goes_after_three_months(db, moved):
    from oppidum.cases.mailing.sending import queue_mail

    with moved(2027, 3, 1, 9):
        queue_mail("zoe@example.org", "fr", "Vos signalements", "Le lien", "magic:1")
        Mail.objects.update(fate=Mail.Fate.SENT)
    with moved(2027, 5, 31, 2):
        forget_persons()
        assert Mail.objects.exists()
    with moved(2027, 6, 2, 2):
        forget_persons()
    assert not Mail.objects.exists()
