"""A list sent at the desk: seen before anything is filed, filed by the worker in pieces, once, whatever stops on the way; then forgotten."""

import csv
import io
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from oppidum.cases.lists import uploads
from oppidum.cases.models import Case, Entry, ListFault, ListUpload
from oppidum.core import clock
from oppidum.operations.benches import lists as bench
from oppidum.people.models import Officer
from tests.lists.conftest import SEND, a_list, row
from tests.people_of_town import PASSWORD

GOOD = [row(n) for n in range(1, 6)]
WRONG = row(6, about="everything", number="12345678901234")


def the_list() -> ListUpload:
    return ListUpload.objects.get()


def files() -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / "lists").glob("*"))


def confirm(send):
    return send.browser.post(f"/desk/lists/{the_list().pk}/confirm/")


def test_what_would_be_filed_is_seen_and_nothing_is(send):
    answer = send(a_list(*GOOD, WRONG, encoding="cp1252"))
    assert answer.status_code == 302
    page = send.browser.get(answer["Location"]).content.decode()
    found = the_list()
    assert (found.stage, found.ready, found.known, found.refused) == ("checked", 5, 0, 1)
    assert "Windows-1252" in page and "1 rue de la République, 13901 Aubane" in page
    assert {(one.row, one.column) for one in ListFault.objects.all()} == {(7, "applicant.number"), (7, "about")}
    assert not Case.objects.exists()


def test_what_is_confirmed_is_filed_in_the_officers_name_and_the_file_is_deleted(send, people):
    send(a_list(*GOOD))
    confirm(send)
    assert not Case.objects.exists(), "the worker does it"
    uploads.work()
    found = the_list()
    assert (found.stage, found.filed, found.found, found.refused, found.file) == ("done", 5, 0, 0, "")
    assert Entry.objects.filter(action="file", actor_name=str(people.ana)).count() == 5
    assert found.sha256 and found.officer == people.ana and found.confirmed_at and found.finished_at


def test_the_file_is_gone_from_the_disk_once_all_is_filed(send, django_capture_on_commit_callbacks):
    send(a_list(*GOOD))
    confirm(send)
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        uploads.work()
    assert files() == []


def test_sent_again_it_is_found_and_not_filed(send):
    for _turn in range(2):
        send(a_list(*GOOD))
        upload = ListUpload.objects.first()
        send.browser.post(f"/desk/lists/{upload.pk}/confirm/")
        uploads.work()
    again = ListUpload.objects.first()
    assert (again.stage, again.ready, again.known) == ("checked", 0, 5) and Case.objects.count() == 5
    assert "Ce même fichier" in send.browser.get(f"/desk/lists/{again.pk}/").content.decode()


def test_faulty_rows_come_back_alone_and_are_sent_alone_once_mended(send):
    send(a_list(*GOOD, WRONG, row(7, name="+33 Garage")))
    confirm(send)
    uploads.work()
    found = the_list()
    assert (found.stage, found.filed, found.refused) == ("done", 6, 1) and found.file
    sheet = b"".join(send.browser.get(f"/desk/lists/{found.pk}/faults.csv").streaming_content).decode("utf-8-sig")
    (told,) = csv.DictReader(io.StringIO(sheet), delimiter=";")
    assert told["key"] == "2027:6" and "applicant.number: " in told["to_mend"] and "about: " in told["to_mend"]
    mended = sheet.replace("everything", "stop").replace("12345678901234", "73282932000074")
    send(mended.encode())
    assert ListUpload.objects.first().ready == 1


def test_a_fault_found_while_filing_is_told_in_the_language_of_who_sent_the_list(send, people):
    english = Client()
    assert english.login(username="ana", password=PASSWORD)
    english.get("/accessibility/?lang=en")
    send(a_list(*GOOD, WRONG), browser=english)
    told = set(ListFault.objects.values_list("says", flat=True))
    ListFault.objects.all().delete()  # as if the row had been in order when it was checked
    confirm(send)
    uploads.work()
    assert the_list().filed == 5
    assert set(ListFault.objects.values_list("says", flat=True)) == told
    assert "Choose one of the answers offered." in told


def test_a_stopped_worker_leaves_a_piece_undone_and_the_next_goes_on_there(send, in_pieces_of_two, monkeypatch):
    send(a_list(*GOOD))
    confirm(send)
    real, turns = uploads.file_cases, []

    def stop_at_the_second(*given):
        turns.append(1)
        done = real(*given)
        if len(turns) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(uploads, "file_cases", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        uploads.work()
    assert (the_list().stage, the_list().reached, Case.objects.count()) == ("filing", 2, 2)
    uploads.work()
    assert (the_list().stage, the_list().filed, Case.objects.count()) == ("done", 5, 5)


def test_what_fails_again_and_again_stops_and_is_told_and_goes_on_when_asked(send, monkeypatch):
    send(a_list(*GOOD))
    confirm(send)
    path = files()[0]
    path.rename(path.with_suffix(".away"))
    for _turn in range(uploads.ATTEMPTS):
        uploads.work()
    assert "FileNotFoundError" in the_list().error and not the_list().is_at_work
    path.with_suffix(".away").rename(path)
    send.browser.post(f"/desk/lists/{the_list().pk}/again/")
    uploads.work()
    assert the_list().stage == "done"


def test_confirmed_twice_is_confirmed_once_and_given_up_is_deleted(send):
    send(a_list(*GOOD))
    confirm(send)
    confirm(send)
    send.browser.post(f"/desk/lists/{the_list().pk}/drop/")
    assert the_list().stage == "filing", "what is being filed goes on"
    send(a_list(row(9)))
    send.browser.post(f"/desk/lists/{ListUpload.objects.first().pk}/drop/")
    assert (ListUpload.objects.first().stage, ListUpload.objects.first().file) == ("dropped", "")


def test_lists_are_forgotten_after_their_days(send):
    send(a_list(*GOOD, WRONG))
    later = clock.now() + timedelta(days=uploads.KEPT_DAYS)
    assert uploads.forget_old(later) == 0
    assert uploads.forget_old(later + timedelta(days=1)) == 1
    found = the_list()
    assert (found.stage, found.file, found.rows) == ("dropped", "", 6) and not ListFault.objects.exists()
    assert send.browser.get(f"/desk/lists/{found.pk}/").status_code == 200
    assert send.browser.get(f"/desk/lists/{found.pk}/faults.csv").status_code == 404


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "vide"),
        (a_list(), "aucune ligne"),
        (a_list(row(1), header="key;colour"), "“colour”"),
        (a_list("x", header="key;about"), "“applicant”"),
        (b"PK\x03\x04rest", "classeur"),
        (b"\x00\x01", "CSV"),
    ],
)
def test_what_is_no_list_is_refused_on_the_page_and_kept_nowhere(send, content, says):
    answer = send(content)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not ListUpload.objects.exists() and files() == []


def test_what_is_too_large_is_refused(send, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_MB", 0)
    assert "trop gros" in send(a_list(row(1))).content.decode()
    monkeypatch.undo()
    monkeypatch.setattr(uploads, "MOST_ROWS", 1)
    assert send(a_list(row(1), row(2))).status_code == 422
    assert send.browser.post(SEND).status_code == 422, "no file"


def test_who_may_not_file_a_service_may_not_import_it(send, sign_in, people):
    Officer.objects.create_user("nobody", "nobody@castelmer.example", "calanques-et-cigales")
    assert sign_in("nobody").get("/desk/lists/").status_code == 403
    cleo, ana = sign_in("cleo"), send.browser
    assert send(a_list(*GOOD), browser=cleo).status_code == 404, "only who acts opens a mailing"
    assert cleo.get("/desk/lists/?service=report").status_code == 200
    assert ana.get("/desk/lists/?service=rental-permit").status_code == 404, "its papers fit in no row"
    assert (
        ana.get("/desk/lists/empty/special-waste-notice.csv").content.decode("utf-8-sig").startswith("key;filed_on;applicant.kind;")
    )


def test_the_rows_of_a_list_are_its_senders_alone(send, sign_in, people):
    send(a_list(*GOOD, WRONG))
    found = the_list()
    bob, ana = sign_in("bob"), send.browser
    for path in ("", "faults.csv"):
        assert bob.get(f"/desk/lists/{found.pk}/{path}").status_code == 404
    for path in ("confirm", "drop", "again"):
        assert bob.post(f"/desk/lists/{found.pk}/{path}/").status_code == 404
    assert found.name not in bob.get("/desk/lists/").content.decode()
    people.bob.role.rights = ["setup"]
    people.bob.role.save()
    seen = bob.get("/desk/lists/").content.decode()
    assert found.name in seen and f"/desk/lists/{found.pk}/" not in seen
    assert found.name in ana.get("/desk/lists/").content.decode() and the_list().stage == "checked"


def test_the_bench_of_lists_sends_one_that_is_filed_whole(people):
    made = bench.made_up(20, random.Random(1))
    assert bench.measure(made, 20)["filed_per_second"] > 0
