"""Files are examined apart from requests: clean ones open, harmful ones are put aside and both sides know, none is forgotten."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.completing import complete_one
from oppidum.cases.declaration import Action, Files, Flow, Service, answer, clean_form, end, step
from oppidum.cases.files import attachments, scanning
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Attachment, Case, Effect, Entry, Mail
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor, Command, Contact
from oppidum.cases.verifying import verify
from oppidum.core import clamd, clock
from oppidum.core.errors import InvalidForm
from tests.cases import scanner
from tests.cases.small_services import declare

PDF = b"%PDF-1.7\n1 0 obj\n"
HARMFUL = PDF + scanner.HARM
PAPERS = Files("Papers", accept=("pdf",), required=True, fact=True)
ANA = Actor("officer", 1, "Ana", frozenset({"act"}))
ZOE = Contact("Zoé", "zoe@example.org", "", "fr")
grant = Action("grant", "Grant", by="act", when=answer("papers") >= 1)
refuse = Action("refuse", "Refuse", by="act")


class Permission(Service):
    """A permission (permission) for which a paper is needed."""

    code = "paper-permission"
    name = "Permission with a paper"
    owner = "living-environment-water"
    retention = "P1Y"
    form = {"papers": PAPERS}
    flow = Flow(
        step("filed", grant >> "granted", refuse >> "refused", label="Filed"),
        end("granted", label="Granted"),
        end("refused", label="Refused"),
    )


@pytest.fixture(scope="module")
def daemon():
    with scanner.a_scanner() as address:
        yield address


@pytest.fixture(autouse=True)
def media(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def here(settings, daemon):
    settings.SCANNER = daemon


@pytest.fixture
def permission(monkeypatch, town):
    declare(monkeypatch, Permission)


def send(content, name="plan.pdf"):
    return attachments.save_upload(io.BytesIO(content), name, PAPERS, clock.now())


def filed(*papers):
    return file_case(prepare_case(Permission, {"papers": [one.token for one in papers]}, contact=ZOE, channel="portal"))


def verdict(paper):
    paper.refresh_from_db()
    return paper.verdict


def test_a_file_is_not_examined_while_it_is_sent_and_clean_a_moment_later(here):
    paper = send(PDF)
    assert verdict(paper) == "waiting"
    assert scanning.scan_waiting() == 1 and verdict(paper) == "clean"
    assert scanning.scan_waiting() == 0


def test_equal_files_are_examined_once_for_all_who_sent_them(here):
    first, second, other = send(PDF), send(PDF, "copy.pdf"), send(PDF + b"2")
    assert scanning.scan_waiting() == 2
    assert {verdict(first), verdict(second), verdict(other)} == {"clean"}


def test_a_harmful_file_is_put_aside_counts_as_not_given_and_holds_nothing_else_back(here, permission):
    case = filed(send(HARMFUL))
    scanning.scan_waiting()
    paper = Attachment.objects.get()
    assert (paper.verdict, scanner.NAME in paper.found) == ("infected", True)
    with pytest.raises(scanning.PutAside):
        scanning.refuse_harmful(paper)
    with pytest.raises(NotNow):
        act_on(case.case_id, Command("grant", ANA, {}))
    act_on(case.case_id, Command("refuse", ANA, {}))
    assert Case.objects.get().live.step == "refused"
    assert not [found for _checked, found in verify() if found]


def test_two_papers_one_of_them_harmful_leave_one_that_counts(here, permission):
    case = filed(send(HARMFUL), send(PDF))
    scanning.scan_waiting()
    act_on(case.case_id, Command("grant", ANA, {}))
    assert Case.objects.get().live.step == "granted"


def test_the_applicant_is_told_once_what_to_do(here, permission):
    filed(send(HARMFUL))
    scanning.scan_waiting()
    outbox.deliver()
    Effect.objects.update(done_at=None)
    outbox.deliver()
    [mail] = Mail.objects.filter(key__contains="quarantined")
    assert "plan.pdf" in mail.body and "virus" in mail.body and "/follow/" in mail.body
    assert "plan.pdf" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_harmful_file_answers_no_question(here):
    paper = send(HARMFUL)
    scanning.scan_waiting()
    form = {"papers": PAPERS}
    with pytest.raises(InvalidForm) as refused:
        clean_form(form, complete_one(form, {"papers": [paper.token]}), clock.today())
    assert "plan.pdf" in str(refused.value.errors[0])


def test_while_the_scanner_is_away_files_wait_longer_each_time_and_operations_are_told(settings, moved):
    settings.SCANNER = "tcp://127.0.0.1:9"
    with moved(2027, 3, 10, 9):
        paper = send(PDF)
        pauses = []
        for _try in range(3):
            assert scanning.scan_waiting() == 0
            paper.refresh_from_db()
            pauses.append(paper.exam_after - clock.now())
            Attachment.objects.update(exam_after=clock.now())
        assert pauses == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
        assert not scanning.too_old()
    with moved(2027, 3, 10, 11):
        assert "1 files wait" in scanning.too_old()


def test_a_file_that_can_not_be_examined_holds_the_others_up_in_nothing(here, media):
    lost, good = send(PDF + b"lost"), send(PDF)
    attachments.path_of(lost).unlink()
    assert scanning.scan_waiting() == 1
    assert (verdict(lost), verdict(good)) == ("waiting", "clean")
    assert "FileNotFound" in lost.found and lost.exam_after > clock.now()


def test_killed_between_the_scanner_and_the_verdict_the_piece_is_examined_again(here, permission, monkeypatch):
    filed(send(HARMFUL))

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(scanning, "_tell_cases", killed)
        with pytest.raises(KeyboardInterrupt):
            scanning.scan_waiting()
    assert Attachment.objects.get().verdict == "waiting" and not Entry.objects.filter(action="quarantine").exists()
    scanning.scan_waiting()
    assert Entry.objects.filter(action="quarantine").count() == 1


def test_new_signatures_find_what_old_ones_let_through_and_give_back_what_was_no_harm(here, permission, capsys):
    case = filed(send(PDF))
    Attachment.objects.update(verdict="infected", found="False.Alarm")
    call_command("files", "scan")
    assert Attachment.objects.get().verdict == "clean"
    assert list(Entry.objects.filter(case_id=case.case_id, action="release").values_list("data", flat=True)) == [{"papers": 1}]
    call_command("files", "scan")
    assert Entry.objects.filter(action="release").count() == 1
    assert "1 files examined, 0 put aside" in capsys.readouterr().out


def test_without_a_scanner_nothing_is_examined_and_the_command_says_how_to_have_one(settings):
    settings.SCANNER = ""
    paper = send(PDF)
    assert scanning.scan_waiting() == 0 and verdict(paper) == "waiting" and not scanning.too_old()
    with pytest.raises(CommandError, match="OPPIDUM_SCANNER"):
        call_command("files", "scan")


def test_what_is_larger_than_the_scanner_takes_is_not_called_clean():
    if not scanner.DAEMON:
        pytest.skip("the small server has no limit; ClamAV's daemon is not installed")
    with scanner.real_scanner() as address, pytest.raises(clamd.NotExamined):
        clamd.examine(io.BytesIO(PDF * 200_000), address)


def test_the_documented_protocol_over_tcp():
    with scanner.small_scanner() as address:
        assert clamd.is_there(address)
        assert clamd.examine(io.BytesIO(PDF), address) == "" and clamd.examine(io.BytesIO(HARMFUL), address) == scanner.NAME
