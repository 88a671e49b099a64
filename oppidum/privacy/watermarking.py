"""Identity papers: marked across the page as soon as they are filed, removed once the decision is taken.

A copy that bears its purpose is of no use to a thief (CNIL, and ANTS' filigrane.beta.gouv.fr); after the decision nobody needs it any
more (GDPR, art. 5(1)(c) and (e)). Which answers are identity papers is declared (`Privacy.identity_papers`).
"""

import hashlib
import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import typst
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont, ImageOps

from oppidum.cases.acting import act
from oppidum.cases.declaration import Service, catalogue, privacy_of
from oppidum.cases.declaration.recorded import RECTIFY
from oppidum.cases.files.attachments import path_of, remove_unused
from oppidum.cases.models import Attachment
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.core.sql import rows, server_cursor
from oppidum.privacy.controller import controller

log = logging.getLogger(__name__)

MARKED = "attachments/marked"
BATCH = 200
OPACITY = 90  # of 255: the paper can still be read, and the mark not be taken out

# Papers of one answer, marked or not, of open or of ended cases. The answer holds a list of files, each with its token.
_PAPERS = """
    select a.id, c.code, c.id from cases_attachment a join cases_case c on c.id = a.case_id join cases_live l on l.case_id = c.id
    where c.service = %(service)s and c.answers ? %(name)s
        and exists (select from jsonb_array_elements(c.answers -> %(name)s) one where one ->> 'token' = a.token)
        and (%(ended)s or a.verdict <> 'infected')
        and (case when %(ended)s then not l.is_open else a.file not like 'attachments/marked/%%' end)
    order by a.id limit %(limit)s
"""


def mark_papers() -> int:
    """Put the mark on identity papers that came in since; returns how many. A file that can't be read stays as it is, and is told."""
    marked = 0
    for service, name in _declared():
        for paper_id, code, _case_id in rows(_PAPERS, _asked(service, name, ended=False)):
            with transaction.atomic():
                paper = Attachment.objects.select_for_update().get(pk=paper_id)
                _replace(paper, mark(path_of(paper).read_bytes(), paper.content_type, _words(service, code)))
            marked += 1
    return marked


def remove_papers() -> int:
    """Remove the identity papers of cases that have ended; returns how many. The journal says so, and the answer is blank."""
    removed = 0
    for service, name in _declared():
        while found := rows(_PAPERS, _asked(service, name, ended=True)):
            cases = sorted({case_id for _paper, _code, case_id in found})
            with transaction.atomic():
                act([(case_id, Command(RECTIFY, SYSTEM, {"fields": [name], "why": "decided"})) for case_id in cases], clock.now())
                gone = list(Attachment.objects.filter(pk__in=[paper_id for paper_id, _code, _case in found]))
                Attachment.objects.filter(pk__in=[one.pk for one in gone]).delete()
                with server_cursor() as cursor:
                    cursor.execute("update cases_case set answers = answers - %s where id = any(%s)", [name, cases])
                names = {one.file for one in gone}
                transaction.on_commit(lambda names=names: remove_unused(names))
            removed += len(gone)
    return removed


def _declared() -> Iterator[tuple[type[Service], str]]:
    for service in catalogue().values():
        privacy = privacy_of(service)
        yield from ((service, name) for name in (privacy.identity_papers if privacy else ()))


def _asked(service: type[Service], name: str, ended: bool) -> dict[str, Any]:
    return {"service": service.code, "name": name, "ended": ended, "limit": BATCH}


def _words(service: type[Service], code: str) -> str:
    """What stands across the paper: for whom, what for, which case, when."""
    with override("fr"):
        return _("%(authority)s, for “%(service)s” only, %(code)s, %(day)s") % {
            "authority": controller()["name"],
            "service": service.name,
            "code": code,
            "day": clock.today().strftime("%d/%m/%Y"),
        }


def mark(content: bytes, content_type: str, words: str) -> bytes:
    """The same file with the words across each page; unchanged where it is neither picture nor PDF, or can't be read."""
    try:
        if content_type == "application/pdf":
            return _mark_pdf(content, words)
        if content_type.startswith("image/"):
            return _mark_picture(content, words)
    except (pikepdf.PdfError, OSError, ValueError, Image.DecompressionBombError) as wrong:
        log.warning("an identity paper can't be marked: %s", wrong)
    return content


def _mark_pdf(content: bytes, words: str) -> bytes:
    overlay = typst.compile(_SHEET, sys_inputs={"words": words}, ignore_system_fonts=True)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.open(io.BytesIO(overlay)) as sheet:
        for page in pdf.pages:
            page.add_overlay(sheet.pages[0])
        pdf.save(out)
    return out.getvalue()


_SHEET = b"""
#set page(paper: "a4", margin: 0pt, fill: none)
#let line = text(size: 15pt, fill: rgb(60, 60, 60, 90))[#sys.inputs.words]
#place(center + horizon, rotate(-35deg, stack(spacing: 26mm, ..range(9).map(n => line))))
"""


def _mark_picture(content: bytes, words: str) -> bytes:
    """Upright, without the camera's traces, the words in slanted rows over all of it."""
    with Image.open(io.BytesIO(content)) as image:
        picture = ImageOps.exif_transpose(image).convert("RGBA")
        kind = image.format or "JPEG"
    size = max(picture.width, picture.height)
    font = ImageFont.load_default(max(14, size // 32))
    sheet = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
    draw = ImageDraw.Draw(sheet)
    for row in range(0, size * 2, max(60, size // 7)):
        draw.text((0, row), f"{words}    {words}    {words}", fill=(60, 60, 60, OPACITY), font=font)
    turned = sheet.rotate(30, resample=Image.Resampling.BILINEAR)
    left, top = (turned.width - picture.width) // 2, (turned.height - picture.height) // 2
    picture.alpha_composite(turned.crop((left, top, left + picture.width, top + picture.height)))
    out = io.BytesIO()
    picture.convert("RGB").save(out, kind, quality=85)
    return out.getvalue()


def _replace(paper: Attachment, content: bytes) -> None:
    """The marked file takes the place of the one that came; that one goes when this is committed."""
    digest, before = hashlib.sha256(content).hexdigest(), paper.file
    paper.file, paper.size = f"{MARKED}/{digest[:2]}/{digest}", len(content)
    target = Path(settings.MEDIA_ROOT) / paper.file
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    draft.write_bytes(content)
    draft.chmod(0o640)
    draft.replace(target)
    paper.save(update_fields=["file", "size"])
    transaction.on_commit(lambda: remove_unused({before}))
