"""Print runs: in the order of the post, each letter kept as sent, nothing lost or printed twice when a worker dies."""

from datetime import UTC, datetime

import pikepdf
import pytest

from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case, prepare_case
from oppidum.publishing import printing
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper, PrintRun
from oppidum.publishing.papers import find_altered
from oppidum.publishing.persons import remove_papers
from tests.publishing.conftest import paper_data, text_of
from tests.territory.town import IN_AUBANE

NOON = datetime(2027, 3, 1, 11, tzinfo=UTC)


@pytest.fixture
def case_id(people):
    lon, lat = IN_AUBANE
    raw = {"category": "roads.pothole", "where": "road", "words": "Un trou"}
    new = prepare_case(get_service("report"), raw, lon=lon, lat=lat, commune="13901", channel="portal")
    return file_case(new).case_id


def put_waiting(case_id, numbers):
    """One letter for each number; its postcode goes down as the number goes up."""
    Paper.objects.bulk_create(
        Paper(
            case_id=case_id,
            seq=1,
            letter="bill",
            kind="bill",
            template="invoice",
            key=f"{case_id}:{n}:bill:0",
            subject=f"facture {n}",
            recipient=f"Habitant {n}",
            postcode=f"13{500 - n:03d}",
            fate=Paper.Fate.WAITING,
            made_at=NOON,
            data=paper_data(n, template="invoice"),
        )
        for n in numbers
    )


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(printing, "CHUNK", 4)
    monkeypatch.setattr(printing, "FEW", 99)


@pytest.mark.parametrize("few", [0, 99], ids=["on each core", "in this process"])
def test_a_run_prints_by_postcode_in_one_file_and_keeps_each_letter(case_id, monkeypatch, few):
    monkeypatch.setattr(printing, "FEW", few)
    put_waiting(case_id, range(1, 11))
    run = printing.order_run("Factures", None)
    assert (run.papers_count, run.chunks.count(), run.percent) == (10, 3, 0)
    assert printing.work() == 10
    run.refresh_from_db()
    assert run.percent == 100 and run.printed_at and run.pages == 10
    whole = path_of(run.file)
    with pikepdf.open(whole) as read:
        assert len(read.pages) == 10
    names = text_of(whole.read_bytes()).split("Habitant ")
    assert [int(n.split()[0]) for n in names[1:]] == list(range(10, 0, -1))
    for paper in Paper.objects.all():
        assert paper.fate == "printed" and paper.data is None
        assert f"{paper.recipient} " in text_of(path_of(paper.file).read_bytes())
    assert list(path_of("runs").rglob("*.pdf")) == [whole]


def test_a_file_that_somebody_changed_is_found(case_id):
    put_waiting(case_id, [1, 2])
    printing.order_run("Factures", None)
    printing.work()
    assert list(find_altered()) == []
    one = Paper.objects.first()
    path_of(one.file).write_bytes(b"%PDF-1.7 another")
    assert list(find_altered()) == [f"{one.key} {one.file}"]


def test_a_worker_that_dies_in_a_chunk_leaves_it_to_the_next(case_id, monkeypatch):
    put_waiting(case_id, range(1, 11))
    run = printing.order_run("Factures", None)
    real, calls = printing.keep, []

    def die_at_the_sixth(*args):
        calls.append(args)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(printing, "keep", die_at_the_sixth)
    with pytest.raises(KeyboardInterrupt):
        printing.work()
    run.refresh_from_db()
    assert run.papers_done == 4 and Paper.objects.filter(fate="printed").count() == 4
    monkeypatch.setattr(printing, "keep", real)
    assert printing.work() == 6
    run.refresh_from_db()
    assert run.papers_done == 10 and run.printed_at


def test_a_chunk_that_fails_is_told_and_tried_again_once_mended(case_id):
    put_waiting(case_id, range(1, 6))
    Paper.objects.filter(recipient="Habitant 3").update(data=paper_data(3, template="nothing-like-it"))
    run = printing.order_run("Factures", None)
    printing.work()
    run.refresh_from_db()
    assert run.error and run.printed_at is None and run.papers_done == 1
    Paper.objects.filter(recipient="Habitant 3").update(data=paper_data(3))
    printing.try_again(run)
    assert printing.work() == 4
    run.refresh_from_db()
    assert run.printed_at and run.error == ""


def test_what_is_more_than_a_run_holds_goes_on_the_next(case_id, monkeypatch):
    monkeypatch.setattr(printing, "LONGEST_RUN", 4)
    put_waiting(case_id, range(1, 10))
    assert [run.papers_count for run in printing.order_runs("Factures", None)] == [4, 4, 1]


def test_what_waits_goes_on_one_run_only(case_id):
    put_waiting(case_id, range(1, 4))
    assert printing.waiting() == [printing.Waiting("report", "bill", "bill", 3)]
    printing.order_run("Factures", None)
    assert printing.waiting() == []
    with pytest.raises(printing.NothingToPrint):
        printing.order_run("Factures", None)


def test_a_posted_run_leaves_no_joined_file_and_a_letter_may_come_back(case_id):
    put_waiting(case_id, range(1, 3))
    printing.order_run("Factures", None)
    printing.work()
    run = PrintRun.objects.get()
    whole = path_of(run.file)
    assert whole.exists() and printing.mark_posted(run) == 2 and not whole.exists()
    paper = Paper.objects.first()
    assert paper.fate == "posted" and paper.sent_at
    printing.mark_returned(paper)
    paper.refresh_from_db()
    assert paper.fate == "returned"


def test_forgetting_removes_the_letter_and_keeps_that_it_was_sent(case_id):
    put_waiting(case_id, [1])
    printing.order_run("Factures", None)
    printing.work()
    file = path_of(Paper.objects.get().file)
    remove_papers([case_id], False)
    paper = Paper.objects.get()
    assert not file.exists() and paper.recipient == "" and paper.kind == "bill" and paper.fate == "printed"
