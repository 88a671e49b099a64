"""The annexes of an act, as its draft gave them: kept with the act, listed in it with their pages and prints, joined behind it.

An act whose annex is not examined yet waits for the scanner; one whose annex is harmful waits for an officer: an act is never made without
a part of what was decided.
"""

import hashlib
import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from oppidum.bodies.models import Act, ActAnnex
from oppidum.cases.files.attachments import path_of, tokens_in
from oppidum.cases.files.scanning import Verdict
from oppidum.cases.models import Attachment, Case
from oppidum.core.errors import Refusal
from oppidum.publishing.joining import Part, count_pages, join

QUESTION = "annexes"
LARGEST_PICTURE = 100_000_000  # pixels
_PICTURE = """
#set document(title: sys.inputs.name)
#set page(paper: "a4", margin: 15mm)
#set text(lang: "fr")
#image("picture.png", alt: sys.inputs.name, width: 100%, height: 100%, fit: "contain")
"""


class AnnexWaits(Refusal):
    """The act can't be made yet: an annex waits for its examination, holds something harmful, or is gone."""

    code = "annex-waits"
    status = 409


def read_annexes(acts: Sequence[Act]) -> dict[int, list[ActAnnex]]:
    """The annexes of each act by its id, unsaved; those that can't be read or are no pictures have no pages. Two queries.

    An act whose annexes must wait is left out.
    """
    answers = dict(Case.objects.filter(pk__in={act.case_id for act in acts if act.case_id}).values_list("pk", "answers"))
    wanted = {act.pk: list(tokens_in(answers.get(act.case_id, {}).get(QUESTION, []))) for act in acts}
    papers = {
        one.token: one for one in Attachment.objects.filter(token__in=[token for tokens in wanted.values() for token in tokens])
    }
    return {act.pk: _read(act, wanted[act.pk], papers) for act in acts if not why_waiting(wanted[act.pk], papers)}


def why_no_file(act: Act) -> str:
    """Why an act has no file and is not sent yet, because of its annexes; "" when nothing holds it."""
    tokens = list(tokens_in(act.case.answers.get(QUESTION, []))) if act.case else []
    return why_waiting(tokens, {one.token: one for one in Attachment.objects.filter(token__in=tokens)})


def why_waiting(tokens: Sequence[str], papers: Mapping[str, Attachment]) -> str:
    """Why an act with these annexes can't be made now; "" when it can."""
    for token in tokens:
        paper = papers.get(token)
        if paper is None or not path_of(paper).exists():
            return _("an annex is no longer there")
        if paper.verdict == Verdict.INFECTED:
            return _("the annex “%(name)s” holds a harmful program") % {"name": paper.name}
        if settings.SCANNER and paper.verdict == Verdict.WAITING:
            return _("the annex “%(name)s” is not yet examined for viruses") % {"name": paper.name}
    return ""


def _read(act: Act, tokens: Sequence[str], papers: Mapping[str, Attachment]) -> list[ActAnnex]:
    found = []
    for rank, token in enumerate(tokens, start=1):
        paper = papers[token]
        content = path_of(paper).read_bytes()
        made = ActAnnex(act=act, rank=rank, name=paper.name, content_type=paper.content_type, content=content)
        made.sha256 = hashlib.sha256(content).hexdigest()
        made.pages = count_pages(as_pdf(made))
        found.append(made)
    return found


def as_pdf(annex: ActAnnex) -> bytes:
    """The annex as pages: a PDF as it is, a picture on a page of its own with its name as its words; b"" for anything else."""
    if annex.content_type == "application/pdf":
        return bytes(annex.content)
    if not annex.content_type.startswith("image/"):
        return b""
    try:
        picture = Image.open(io.BytesIO(bytes(annex.content)))
        if picture.width * picture.height > LARGEST_PICTURE:
            return b""
        with tempfile.TemporaryDirectory() as folder:
            picture.convert("RGB").save(Path(folder) / "picture.png")
            (Path(folder) / "page.typ").write_text(_PICTURE)
            return typst.compile(
                Path(folder) / "page.typ",
                root=folder,
                ignore_system_fonts=True,
                sys_inputs={"name": annex.name},
                pdf_standards=["ua-1"],
                timestamp=0,
            )
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""


def list_annexes(annexes: Sequence[ActAnnex]) -> str:
    """What the act says of its annexes, a line each: rank, name, pages, print."""
    return "\n".join(
        _("Annex %(rank)d: %(name)s, %(pages)s, SHA-256 %(sha256)s")
        % {"rank": one.rank, "name": one.name, "pages": _say_pages(one), "sha256": one.sha256}
        for one in annexes
    )


def _say_pages(annex: ActAnnex) -> str:
    if not annex.pages:
        return _("a file of its own")
    return ngettext("%(n)d page", "%(n)d pages", annex.pages) % {"n": annex.pages}


def with_annexes(act_pdf: bytes, annexes: Sequence[ActAnnex]) -> bytes:
    """The act's file with its annexes behind it."""
    parts = [
        Part(_("Annex %(rank)d: %(name)s") % {"rank": one.rank, "name": one.name}, as_pdf(one)) for one in annexes if one.pages
    ]
    return join(act_pdf, parts) if parts else act_pdf
