"""An act goes out with its annexes: joined behind it with their tags, listed in it with pages and prints, sent to the prefect beside it."""

import hashlib
import io
import re
from xml.etree import ElementTree

import pikepdf
import pytest
import typst
from django.urls import reverse
from PIL import Image

from oppidum.bodies.acting import sign
from oppidum.bodies.models import Act
from oppidum.bodies.waiting import list_waiting
from oppidum.cases.files import attachments
from oppidum.cases.models import Attachment
from oppidum.core import clock
from oppidum.publishing.actes import Outbox
from oppidum.publishing.joining import Part, count_pages, join
from oppidum.publishing.sending_out import send_out
from oppidum.services.institution.acts import AssemblyAct
from tests.bodies.conftest import council  # noqa: F401
from tests.services.assembly import secretary
from tests.services.test_acts import DECISION, draft  # noqa: F401

ANNEX = '#set document(title: "Budget")\n#set text(lang: "fr")\n= Budget\nDeux mots.\n#table(columns: 2, table.header[a][b], [1], [2])\n#pagebreak()\nFin.'


def tagged(tmp_path, text=ANNEX):
    (tmp_path / "a.typ").write_text(text)
    return typst.compile(tmp_path / "a.typ", root=tmp_path, ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0)


def plain(pages=1):
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        made.save(out)
    return out.getvalue()


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return out.getvalue()


def check_tags(pdf):
    """Every page's marks lead, by the number tree, to elements whose ancestors end at the tree's root."""
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        root = whole.Root.StructTreeRoot
        nums = list(root.ParentTree.Nums)
        table = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
        assert list(table) == sorted(table) and root.ParentTreeNextKey > max(table)
        keys = [int(page.obj.StructParents) for page in whole.pages if "/StructParents" in page.obj]
        assert len(keys) == len(set(keys))
        for page in whole.pages:
            if "/StructParents" not in page.obj:
                continue
            for element in table[int(page.obj.StructParents)]:
                while element is not None and element.get("/Type") != "/StructTreeRoot":
                    element = element.get("/P")
                assert element is not None and element.objgen == root.objgen
        trunk = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
        return [str(kid.T) for kid in trunk.K if isinstance(kid, pikepdf.Dictionary) and "/T" in kid and kid.S == "/Part"]


def test_a_tagged_annex_keeps_its_tags(tmp_path):
    act, annex = tagged(tmp_path, ANNEX.replace("Budget", "Arrêté")), tagged(tmp_path)
    whole = join(act, [Part("Annexe 1", annex), Part("Annexe 2", annex)])
    assert count_pages(whole) == 6 and check_tags(whole) == ["Annexe 1", "Annexe 2"]
    assert b"pdfuaid:part" in _metadata(whole) and whole == join(act, [Part("Annexe 1", annex), Part("Annexe 2", annex)])
    with pikepdf.open(io.BytesIO(whole)) as found, found.open_outline() as outline:
        assert [one.title for one in outline.root][-2:] == ["Annexe 1", "Annexe 2"]


def test_an_annex_without_tags_is_joined_and_the_whole_claims_no_more_than_it_holds(tmp_path):
    whole = join(tagged(tmp_path), [Part("Plan", plain(3)), Part("Budget", tagged(tmp_path))])
    assert count_pages(whole) == 7 and check_tags(whole) == ["Budget"] and b"pdfuaid:part" not in _metadata(whole)


def _metadata(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as found:
        return found.Root.Metadata.read_bytes()


@pytest.fixture
def decided(council, draft, moved, settings, tmp_path):  # noqa: F811
    """A decision signed with these annexes, (name, content) each; nothing was sent yet."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def make(*annexes):
        question = AssemblyAct.form["annexes"]
        papers = [attachments.save_upload(io.BytesIO(content), name, question, clock.now()) for name, content in annexes]
        draft(DECISION | {"annexes": [one.token for one in papers]})
        with moved(2027, 4, 2, 9):
            sign(council.authority, [(one, one.actions[0].name) for one in list_waiting(council.authority, secretary())])
        return Act.objects.get()

    return make


def send(tmp_path, moved):
    with moved(2027, 4, 2, 10):
        return send_out(Outbox(tmp_path / "actes"))


def test_an_act_goes_out_with_its_annexes(decided, tmp_path, moved):
    annex, shot = tagged(tmp_path), picture()
    act = decided(("budget.pdf", annex), ("plan.png", shot))
    send(tmp_path, moved)
    act.refresh_from_db()
    own = count_pages(bytes(act.file.alone))
    assert count_pages(bytes(act.file.pdf)) == own + 3
    assert [(one.name, one.pages, one.sha256) for one in act.annexes.all()] == [
        ("budget.pdf", 2, hashlib.sha256(annex).hexdigest()),
        ("plan.png", 1, hashlib.sha256(shot).hexdigest()),
    ]
    assert len(check_tags(bytes(act.file.pdf))) == 2
    assert act.file.sha256 == hashlib.sha256(bytes(act.file.pdf)).hexdigest()
    assert hashlib.sha256(annex).hexdigest()[:20] in _text(bytes(act.file.alone))


def _text(pdf):
    from pypdf import PdfReader

    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_the_prefect_receives_the_act_and_each_annex_as_its_own_file(decided, tmp_path, moved):
    annex = tagged(tmp_path)
    act = decided(("budget.pdf", annex), ("plan.png", picture()))
    send(tmp_path, moved)
    files = {path.name.rpartition("-1-1_")[2]: path for path in (tmp_path / "actes" / "out").iterdir()}
    assert set(files) == {"0.xml", "1.pdf", "2.pdf", "3.png"}
    act.refresh_from_db()
    assert files["1.pdf"].read_bytes() == bytes(act.file.alone) and files["2.pdf"].read_bytes() == annex
    told = ElementTree.fromstring(files["0.xml"].read_bytes())
    names = [one.text for one in told.iter() if one.tag.endswith("NomFichier")]
    assert [name.rpartition("_")[2] for name in names] == ["1.pdf", "2.pdf", "3.png"]
    [count] = [one for one in told.iter() if one.tag.endswith("}Annexes")]
    assert list(count.attrib.values()) == ["2"]


def test_an_annex_that_nobody_can_read_is_listed_and_sent_as_it_came(decided, tmp_path, moved):
    act = decided(("scelle.pdf", b"%PDF-1.7\nbroken"))
    send(tmp_path, moved)
    act.refresh_from_db()
    assert act.annexes.get().pages == 0 and bytes(act.file.pdf) == bytes(act.file.alone)
    assert (tmp_path / "actes" / "out").glob("*_2.pdf")


def test_an_act_waits_for_the_examination_of_its_annexes_and_is_not_made_with_a_harmful_one(
    decided, tmp_path, moved, settings, client
):
    settings.SCANNER = "tcp://127.0.0.1:9"
    act = decided(("budget.pdf", tagged(tmp_path)))
    send(tmp_path, moved)
    assert not hasattr(Act.objects.get(), "file") and act.sent_on is None
    client.force_login(secretary())
    page = client.get(reverse("bodies:act", args=[act.code]))
    assert page.status_code == 200 and "pas encore passée à l’antivirus" in page.content.decode()
    assert client.get(reverse("bodies:act-pdf", args=[act.code])).status_code == 409
    Attachment.objects.update(verdict="infected")
    send(tmp_path, moved)
    assert not hasattr(Act.objects.get(), "file")
    Attachment.objects.update(verdict="clean")
    send(tmp_path, moved)
    assert Act.objects.get().sent_on and Act.objects.get().annexes.count() == 1


def test_an_act_without_annexes_is_as_it_was(decided, tmp_path, moved):
    act = decided()
    send(tmp_path, moved)
    act.refresh_from_db()
    assert act.file.alone is None and "Annexe" not in _text(bytes(act.file.pdf))
