"""Identity papers bear their purpose, and go once the decision is taken."""

import io

import pikepdf
import pytest
from PIL import Image

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Attachment, Case, Entry
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock
from oppidum.privacy.watermarking import mark, mark_papers, remove_papers
from tests.portal.pictures import jpeg

DPO = Actor("officer", 1, "Odile", frozenset({"privacy"}))


def blank_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out)
    return out.getvalue()


@pytest.fixture
def asked(people, settings, tmp_path, django_capture_on_commit_callbacks):
    """A request for a child, with the mandate as a PDF and as a picture."""
    settings.MEDIA_ROOT = tmp_path
    service = get_service("rights-request")
    tokens = [
        attachments.save_upload(io.BytesIO(content), name, service.form["mandate"], clock.now()).token
        for content, name in ((blank_pdf(), "livret.pdf"), (jpeg((400, 300)), "livret.jpg"))
    ]
    raw = {"right": "access", "contact": {"name": "Zoé Martin", "email": "zoe@example.org"}, "for_whom": "child", "mandate": tokens}
    return file_case(prepare_case(service, raw, channel="portal")).case_id


def test_papers_are_marked_once_and_the_unmarked_file_is_gone(asked, django_capture_on_commit_callbacks, tmp_path):
    before = {attachments.path_of(one) for one in Attachment.objects.all()}
    with django_capture_on_commit_callbacks(execute=True):
        assert mark_papers() == 2 and mark_papers() == 0
    assert not any(path.exists() for path in before)
    assert all(one.file.startswith("attachments/marked/") and attachments.path_of(one).exists() for one in Attachment.objects.all())


def test_the_mark_names_the_authority_the_purpose_and_the_case(asked):
    from tests.publishing.conftest import text_of

    mark_papers()
    pdf = Attachment.objects.get(content_type="application/pdf")
    said = text_of(attachments.path_of(pdf).read_bytes())
    assert Case.objects.get().code[-5:] in said and "Castelmer" in said and "exercer vos droits" in said


def test_a_marked_picture_is_still_the_picture():
    before, after = jpeg((400, 300)), mark(jpeg((400, 300)), "image/jpeg", "Castelmer, 7KQ2M-XA4RH")
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.size == (400, 300) and picture.format == "JPEG"
    assert before != after


def test_what_can_not_be_read_stays_as_it_is():
    assert mark(b"%PDF-1.4 broken", "application/pdf", "x") == b"%PDF-1.4 broken"
    assert mark(b"words", "text/csv", "x") == b"words"


def test_papers_are_removed_after_the_decision_and_the_journal_says_so(asked, django_capture_on_commit_callbacks):
    service = get_service("rights-request")
    assert remove_papers() == 0, "the request is still open"
    act_on(asked, prepare(service, "identified", {"checked_how": "paper"}, DPO))
    act_on(asked, prepare(service, "hand_out", {"answer_text": "Joint."}, DPO))
    paths = [attachments.path_of(one) for one in Attachment.objects.all()]
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_papers() == 2 and remove_papers() == 0
    assert not Attachment.objects.exists() and not any(path.exists() for path in paths)
    assert "mandate" not in Case.objects.get().answers
    assert Entry.objects.get(action="rectify").data == {"fields": ["mandate"], "why": "decided"}
