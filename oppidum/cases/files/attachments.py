"""Files that go with an answer: papers, plans, budgets. Believed by their content alone, kept as they came, shown to few.

A file is refused by its size and its first bytes, whatever its name and its declared type say. It belongs to nobody until its form is
sent; then to its case, and goes with the personal data of it. It is only ever handed out as a download that nothing can run
(`web/files.py`). Stored under the hash of its content: writing one twice is writing it once.

Why each limit: OWASP, File Upload Cheat Sheet.
"""

import hashlib
import os
import re
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration.fields import Files
from oppidum.cases.declaration.fields.files import CONTENT_TYPES, MEGABYTE, name_kinds
from oppidum.cases.models import Attachment, Draft
from oppidum.core.errors import Invalid
from oppidum.core.sql import plain_array, server_cursor, text_array

# A file that no draft names was left by a form that was given up, or waits for one that is being sent.
LEFT_ALONE_DAYS = 2
LONGEST_NAME = 150
# Other rooms' files without a case (evidence of a figure): each gives the numbers of those that it holds.
HOLDERS: list[Callable[[], QuerySet]] = []
_PIECE = 1024 * 1024
# A document of ten megabytes doesn't unpack to a hundred: beyond that it is made to fill a disk.
_MOST_UNPACKED = 100 * MEGABYTE


class FileRefused(Invalid):
    """The file can't be taken; the message says what to do instead."""

    code = "file-refused"


def save_upload(file: BinaryIO, name: str, question: Files, now: datetime) -> Attachment:
    """Check and store a file sent for `question`; it belongs to no case until its form is. Raises `FileRefused`."""
    shown = clean_name(name)
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if not size:
        raise FileRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": shown})
    if size > question.largest_mb * MEGABYTE:
        raise FileRefused(_("“%(name)s” is too heavy: at most %(size)d MB.") % {"name": shown, "size": question.largest_mb})
    kind = find_kind(file)
    if kind not in question.accept:
        raise FileRefused(
            _("“%(name)s” is of a kind that we can't take here. Send it as %(kinds)s.")
            % {"name": shown, "kinds": name_kinds(question.accept)}
        )
    return Attachment.objects.create(
        token=secrets.token_urlsafe(32),
        file=_store(file),
        name=shown,
        content_type=CONTENT_TYPES[kind],
        size=size,
        uploaded_at=now,
        exam_after=now,
    )


def find_kind(file: BinaryIO) -> str:
    """The kind of file that its content tells ("pdf", "jpeg", "docx"...), "" for one that we don't know."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_package(file)
    return "csv" if _is_table(head) else ""


def _kind_of_package(file: BinaryIO) -> str:
    """An office document is a zip that says so inside; one with macros, or made to burst, is none that we take."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if sum(one.file_size for one in package.infolist()) > _MOST_UNPACKED or any("vbaProject" in name for name in names):
                return ""
            if "mimetype" in names:
                said = package.read("mimetype")[:100].decode("ascii", "replace").strip()
                return next((kind for kind in ("odt", "ods") if CONTENT_TYPES[kind] == said), "")
            if "[Content_Types].xml" in names:
                return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        return ""
    finally:
        file.seek(0)
    return ""


def _is_table(head: bytes) -> bool:
    """Text in columns. A page or a program in disguise has no two columns on its first lines, or begins with a tag."""
    try:
        text = head.decode("utf-8-sig", "strict" if len(head) < 4096 else "ignore")
    except UnicodeDecodeError:
        text = head.decode("cp1252", "replace")
    if re.search(r"[\x00-\x08\x0e-\x1f]", text) or text.lstrip().startswith(("<", "#!", "{")):
        return False
    return any(sign in text.partition("\n")[0] for sign in (";", ",", "\t"))


def clean_name(name: str) -> str:
    """A file's name as it may be shown and saved: no folders, no control characters, its end kept."""
    last = re.split(r"[/\\]", str(name))[-1]
    text = " ".join(re.sub(r"[\x00-\x1f\x7f\"<>|:*?]", "", last).split()).strip(". ")
    stem, dot, end = text.rpartition(".")
    return (f"{stem[: LONGEST_NAME - len(end) - 1]}.{end}" if dot and len(end) < 10 else text[:LONGEST_NAME]) or str(_("document"))


def describe_files(tokens: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What stands behind each token, as a `Files` answer keeps it; unknown tokens are left out. One query, none
    where nothing is named. A file that was put aside has no type: it answers no question."""
    if not (named := [token for token in tokens if token]):
        return {}
    found = Attachment.objects.filter(token__in=named).values_list("token", "name", "content_type", "size", "verdict")
    return {
        token: {"token": token, "name": name, "harmful": True}
        if verdict == Attachment.Verdict.INFECTED
        else {"token": token, "name": name, "type": kind, "bytes": size}
        for token, name, kind, size, verdict in found
    }


def tokens_in(value: Any) -> Iterator[str]:
    """The tokens of files in cleaned answers, however deep they stand."""
    if isinstance(value, Mapping):
        if isinstance(value.get("token"), str) and "bytes" in value:
            yield value["token"]
        else:
            for one in value.values():
                yield from tokens_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from tokens_in(one)


_CLAIM = """
    update cases_attachment as paper set case_id = p.case_id, seq = p.seq
    from unnest(%s::text::bigint[], %s::text::int[], %s::text::text[]) as p(case_id, seq, token)
    where paper.token = p.token and paper.case_id is null
"""


def claim(papers: Sequence[tuple[int, int, str]]) -> None:
    """Give files, by token, to (case id, seq, token); one that already belongs to a case stays there."""
    if papers:
        ids, seqs, tokens = zip(*papers, strict=True)
        with server_cursor() as cursor:
            cursor.execute(_CLAIM, [plain_array(ids), plain_array(seqs), text_array(tokens)])


def path_of(attachment: Attachment) -> Path:
    """Where the file lies."""
    return Path(settings.MEDIA_ROOT) / attachment.file


def drop_abandoned(now: datetime) -> int:
    """Forget the files of forms that were never sent, once no draft names them; returns how many."""
    drafts = Draft.objects.filter(code="").values_list("raw", flat=True)
    kept = {token for raw in drafts.iterator() for token in tokens_in(raw)}
    before = now - timedelta(days=LEFT_ALONE_DAYS)
    left = Attachment.objects.filter(case=None, uploaded_at__lt=before).exclude(token__in=kept)
    for held in HOLDERS:
        left = left.exclude(pk__in=held())
    with transaction.atomic():
        return _remove(left)


def remove_attachments(case_ids: Sequence[int]) -> int:
    """Remove the files of those cases, in the caller's transaction; the files themselves go when it is committed."""
    return _remove(Attachment.objects.filter(case__in=case_ids))


def _remove(attachments: QuerySet[Attachment]) -> int:
    """Equal files share their place on the disk: it goes with the last of them."""
    gone = list(attachments.select_for_update(skip_locked=True))
    Attachment.objects.filter(pk__in=[one.pk for one in gone]).delete()
    names = {one.file for one in gone}
    transaction.on_commit(lambda: remove_unused(names))
    return len(gone)


def remove_unused(names: set[str]) -> None:
    """Take from the disk the files that no attachment uses any more."""
    kept = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names - kept:
        (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def _store(file: BinaryIO) -> str:
    """Write the content under its own name; whole or not at all, whatever happens meanwhile."""
    folder = Path(settings.MEDIA_ROOT) / "attachments"
    folder.mkdir(parents=True, exist_ok=True)
    mark, (handle, draft) = hashlib.sha256(), tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            while piece := file.read(_PIECE):
                mark.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        name = f"attachments/{mark.hexdigest()[:2]}/{mark.hexdigest()}"
        target = Path(settings.MEDIA_ROOT) / name
        target.parent.mkdir(exist_ok=True)
        Path(draft).chmod(0o640)
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return name
