"""Files given as answers: known by their content, kept for the case alone, gone with its personal data."""

import io
import zipfile
from datetime import timedelta

import pytest

from oppidum.cases import drafts
from oppidum.cases.completing import complete_one
from oppidum.cases.declaration import Files, Items, Place, Statement, Text
from oppidum.cases.files import attachments
from oppidum.cases.models import Attachment, Draft
from oppidum.core import clock
from oppidum.services.living_environment.report import Report
from tests.territory.town import IN_AUBANE

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PAPERS = Files("Papers", accept=("pdf", "png", "docx", "csv"), largest_mb=1)


def office(*names, mimetype=None):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        if mimetype:
            package.writestr("mimetype", mimetype)
        for name in names:
            package.writestr(name, "<x/>")
    return made.getvalue()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(content, name="plan.pdf", question=PAPERS):
    return attachments.save_upload(io.BytesIO(content), name, question, clock.now())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (office("[Content_Types].xml", "word/document.xml"), "docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (office(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (office("evil.exe"), ""),
        (b"PK\x03\x04broken", ""),
        (b"nom;montant\nSalle;120,50\n", "csv"),
        ("nom;café\n".encode("cp1252"), "csv"),
        (b"<html><script>alert(1)</script>;", ""),
        (b"MZ\x90\x00\x03", ""),
    ],
)
def test_a_file_is_what_its_content_says(content, kind):
    assert attachments.find_kind(io.BytesIO(content)) == kind


def test_what_cannot_be_taken_is_refused_before_it_is_stored(db, media):
    for content, name in ((b"", "empty.pdf"), (PDF + b"x" * 2**20, "big.pdf"), (b"MZ\x90\x00", "plan.pdf")):
        with pytest.raises(attachments.FileRefused):
            send(content, name)
    assert not Attachment.objects.exists() and not any(media.rglob("*"))


def test_equal_files_share_their_place_until_the_last_of_them_goes(db, django_capture_on_commit_callbacks):
    first, second = send(PDF), send(PDF, "copy.pdf")
    assert first.file == second.file and attachments.path_of(first).read_bytes() == PDF
    Attachment.objects.filter(pk=first.pk).update(uploaded_at=clock.now() - timedelta(days=61))
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments.drop_abandoned(clock.now()) == 1
    assert attachments.path_of(second).exists()
    Attachment.objects.filter(pk=second.pk).update(uploaded_at=clock.now() - timedelta(days=61))
    with django_capture_on_commit_callbacks(execute=True):
        attachments.drop_abandoned(clock.now())
    assert not attachments.path_of(second).exists()


def test_a_file_stays_as_long_as_its_draft(db):
    paper = send(PDF)
    Attachment.objects.update(uploaded_at=clock.now() - timedelta(days=80))
    draft = drafts.start_draft(Report)
    draft.raw = {"papers": [{"token": paper.token, "name": "plan.pdf", "type": "application/pdf", "bytes": 9}]}
    drafts.save(draft)
    assert attachments.drop_abandoned(clock.now()) == 0
    Draft.objects.update(kept_until=clock.today() - timedelta(days=1))
    drafts.drop_over(clock.today())
    assert attachments.drop_abandoned(clock.now()) == 1


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ana\\plan.pdf", "plan.pdf"),
        ('a"<b>.pdf', "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_harm(sent, shown):
    assert attachments.clean_name(sent) == shown


def test_what_came_in_is_not_believed(town):
    token = send(PDF).token
    form = {
        "where": Place("Where?"),
        "papers": Files("Papers"),
        "oath": Statement("True."),
        "lines": Items("Lines", fields={"paper": Files("Paper"), "what": Text("What")}),
    }
    lon, lat = IN_AUBANE
    raw = {
        "where": {"lon": str(lon), "lat": str(lat), "commune": "99999", "zones": ["everywhere"]},
        "papers": [{"token": token, "type": "image/png", "bytes": 1}, "stranger"],
        "oath": {"agreed": "on", "name": "Ana", "at": "1990-01-01"},
        "lines": [{"paper": [token], "what": "x"}],
    }
    known = complete_one(form, raw)
    assert known["where"]["commune"] and known["where"]["commune"] != "99999" and "everywhere" not in known["where"]["zones"]
    assert known["papers"] == [
        {"token": token, "name": "plan.pdf", "type": "application/pdf", "bytes": len(PDF)},
        {"token": "stranger"},
    ]
    assert known["oath"]["at"].startswith(str(clock.today().year))
    assert complete_one(form, {"oath": {"agreed": "non", "name": "Ana", "at": "1990-01-01"}})["oath"] == {
        "agreed": "non",
        "name": "Ana",
    }
    assert known["lines"][0]["paper"][0]["name"] == "plan.pdf"
    assert list(attachments.tokens_in(known)) == [token, token]


def test_a_draft_is_found_until_its_last_day(db):
    draft = drafts.start_draft(Report)
    draft.raw = {"words": "x"}
    drafts.save(draft)
    assert drafts.find_draft(Report, draft.token).raw == {"words": "x"}
    Draft.objects.update(kept_until=clock.today())
    assert drafts.find_draft(Report, draft.token) and drafts.drop_over(clock.today()) == 0
    Draft.objects.update(kept_until=clock.today() - timedelta(days=1))
    assert drafts.find_draft(Report, draft.token) is None and drafts.drop_over(clock.today()) == 1


def test_a_draft_that_was_sent_keeps_its_code_alone(db):
    draft = drafts.start_draft(Report)
    draft.raw, draft.email = {"words": "x"}, "ana@example.fr"
    drafts.save(draft)
    late = drafts.find_draft(Report, draft.token)
    with drafts.alone_with(draft) as held:
        drafts.mark_sent(held, "7KQ2M-XA4RH")
    late.raw = {"words": "written after the sending"}
    drafts.save(late)
    found = drafts.find_draft(Report, draft.token)
    assert (found.raw, found.email, found.code) == ({}, "", "7KQ2M-XA4RH")
