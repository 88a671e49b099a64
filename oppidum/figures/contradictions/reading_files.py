"""A text or a PDF as lines. What can't be read raises `UnreadableText`, saying why."""

from pathlib import Path

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from oppidum.core.errors import Refusal


class UnreadableText(Refusal):
    """The file is missing, is no text, or is a PDF without text."""


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, or those that a PDF's pages give, in order. A page begins with a form feed."""
    if not path.is_file():
        raise UnreadableText(_("There is no file %(path)s.") % {"path": path})
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        return _pdf_lines(path)
    if not content.strip():
        raise UnreadableText(_("%(path)s is empty.") % {"path": path})
    return _text_lines(path, content)


def _text_lines(path: Path, content: bytes) -> list[str]:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(1 for c in text[:20_000] if ord(c) < 32 and c not in "\n\r\t\x0c\x0b")
        if odd * 100 <= len(text[:20_000]):
            return text.replace("\r\n", "\n").split("\n")
        break
    raise UnreadableText(_("%(path)s is neither a text nor a PDF.") % {"path": path})


def _pdf_lines(path: Path) -> list[str]:
    try:
        pages = [page.extract_text() or "" for page in PdfReader(path).pages]
    except (PyPdfError, ValueError, KeyError, OSError) as fault:
        raise UnreadableText(_("%(path)s is a damaged PDF: %(fault)s") % {"path": path, "fault": fault}) from fault
    if not any(page.strip() for page in pages):
        raise UnreadableText(_("%(path)s has no text: its pages are images. Recognise their characters first.") % {"path": path})
    return [line for page in pages for line in ("\x0c" + page).split("\n")]
