"""The rights request: its regulation as sentences, its letters on paper, its figures counted."""

import io
from datetime import UTC, date, datetime

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Effect, Entry, Mail, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.clocks import clock_states
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed, Refusal
from oppidum.figures.computing import Period, compute
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.publishing.printing import order_run, work
from tests.publishing.conftest import letterhead, text_of  # noqa: F401 -- a fixture
from tests.services.doing import standing

DPO = Actor("officer", 1, "Odile", frozenset({"privacy"}))
ASKED = {"right": "access", "contact": {"name": "Zoé Martin", "email": "zoe@example.org"}, "for_whom": "me"}
WHY = {"refused_because": ["claims"], "reasons": "Un contentieux est en cours"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path, letterhead):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(people, moved):
    """`asked()`: received on Sunday 31 January 2027."""

    def file(**changes):
        with moved(2027, 1, 31, 10):
            return file_case(prepare_case(get_service("rights-request"), ASKED | changes, channel="portal")).case_id

    return file


def take(case_id, action, actor=DPO, **raw):
    return act_on(case_id, prepare(get_service("rights-request"), action, raw, actor))


def last_day(case_id):
    (_clock, state), *_ = clock_states(get_service("rights-request"), standing(case_id))
    return state.ends_on


def test_the_answer_is_due_one_month_after_receipt(asked):
    assert last_day(asked()) == date(2027, 2, 28) == standing(asked()).due_on


def test_the_person_asks_without_an_account_and_is_a_party(asked):
    asked()
    assert (Party.objects.get().email, Party.objects.get().role) == ("zoe@example.org", "author")


def test_two_more_months_are_taken_within_the_first_with_reasons(asked, moved):
    case_id = asked()
    with moved(2027, 2, 10, 9):
        with pytest.raises(InvalidForm):
            take(case_id, "extend")
        take(case_id, "extend", extended_because="Dix services concernés")
        with pytest.raises(Refusal):
            take(case_id, "extend", extended_because="encore")
    assert last_day(case_id) == date(2027, 4, 30)


def test_after_the_first_month_no_extension_moves_the_date(asked, moved):
    case_id = asked()
    with moved(2027, 3, 5, 9):
        sweep()
        take(case_id, "extend", extended_because="Trop tard")
    assert last_day(case_id) is None


def test_silence_is_a_breach_and_decides_nothing(asked, moved):
    case_id = asked()
    with moved(2027, 3, 1, 9):
        sweep()
    assert standing(case_id).step == "received" and standing(case_id).is_open
    silence = Entry.objects.get(case_id=case_id, action="silence")
    assert silence.valid_at == datetime(2027, 2, 28, 23, tzinfo=UTC) and silence.data["clock"] == "answer"


def test_doubt_about_the_identity_stops_the_time_once(asked, moved):
    case_id = asked()
    with moved(2027, 2, 5, 9):
        assert take(case_id, "doubt", message="Répondez depuis votre messagerie").step == "identity"
    with moved(2027, 2, 15, 9):
        assert take(case_id, "prove", RESIDENT, message="C'est bien moi").step == "received"
    assert last_day(case_id) > date(2027, 2, 28)


def test_who_never_proves_it_is_closed_unidentified_and_nothing_is_handed_out(asked, moved):
    case_id = asked()
    with moved(2027, 2, 5, 9):
        take(case_id, "doubt", message="Qui êtes-vous ?")
    with moved(2027, 4, 8, 9):
        sweep()
    assert standing(case_id).step == "not_identified"


def test_nothing_is_handed_out_before_the_identity_is_sure(asked, moved):
    case_id = asked()
    with moved(2027, 2, 5, 9):
        with pytest.raises(Refusal):
            take(case_id, "hand_out", answer_text="Voici")
        take(case_id, "identified", checked_how="mailbox")
        assert take(case_id, "hand_out", answer_text="Votre dossier est joint.").step == "answered"


def test_who_asks_for_another_shows_that_they_may(people, moved):
    with moved(2027, 1, 31, 10):
        service = get_service("rights-request")
        with pytest.raises(InvalidForm) as wrong:
            prepare_case(service, ASKED | {"for_whom": "child"}, channel="portal")
        assert [fault.field for fault in wrong.value.errors] == ["mandate"]
        pdf = io.BytesIO(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
        paper = attachments.save_upload(pdf, "livret.pdf", service.form["mandate"], clock.now())
        assert prepare_case(service, ASKED | {"for_whom": "child", "mandate": [paper.token]}, channel="portal")


def test_only_data_protection_answers(asked, moved):
    case_id = asked()
    with moved(2027, 2, 5, 9), pytest.raises(NotAllowed):
        take(case_id, "identified", Actor("officer", 2, "Ana", frozenset({"act", "assign"})), checked_how="known")


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


def test_a_refusal_bears_reasons_the_cnil_and_the_court(asked, moved):
    case_id = asked(right="erasure")
    with moved(2027, 2, 5, 9):
        take(case_id, "identified", checked_how="mailbox")
        with pytest.raises(InvalidForm):
            take(case_id, "refuse", refused_because=["claims"])
        assert take(case_id, "refuse", **WHY).step == "refused"
        said = words(case_id, "refusal")
    for part in ("Un contentieux est en cours", "17(3)(e)", "CNIL", "telerecours"):
        assert part in said, part


@pytest.mark.parametrize(
    ("action", "given", "letter", "part"),
    [
        ("hand_out", {"answer_text": "Votre dossier est joint."}, "answer", "Votre dossier est joint."),
        ("partly", {"answer_text": "Adresse effacée."} | WHY, "partly", "Adresse effacée."),
        ("extend", {"extended_because": "Dix services concernés"}, "extension", "Dix services concernés"),
    ],
)
def test_each_answer_has_its_letter(asked, moved, action, given, letter, part):
    case_id = asked()
    with moved(2027, 2, 5, 9):
        take(case_id, "identified", checked_how="mailbox")
        take(case_id, action, **given)
        assert part in words(case_id, letter)


def test_the_receipt_says_that_silence_decides_nothing(asked):
    asked()
    outbox.deliver()
    mail = Mail.objects.get()
    assert "un mois" in mail.body and "silence" in mail.body.lower()


def test_requests_are_counted(asked):
    asked(), asked()
    assert compute("rights-requests", Period.year(2027)).value == 2
