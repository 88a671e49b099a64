"""Handing out a stored file: always as a download, of a type that nothing runs, kept by no cache. A harmful one never."""

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from oppidum.cases.files.attachments import path_of
from oppidum.cases.files.scanning import Verdict, refuse_harmful
from oppidum.cases.models import Attachment


def say_verdict(attachment: Attachment) -> str:
    """What is known of a file that was not found clean, in a sentence; "" of one that was."""
    if attachment.verdict == Verdict.INFECTED:
        return _("Harmful (%(found)s): put aside, nobody can open it. It counts as not received.") % {"found": attachment.found}
    if attachment.verdict == Verdict.CLEAN:
        return ""
    if not settings.SCANNER:
        return _("Not examined for viruses: this installation has no scanner.")
    return _("Not yet examined for viruses.")


def is_doubtful(attachment: Attachment) -> bool:
    """Whether an officer is warned before opening it: it is to be examined, and nobody has yet."""
    return bool(settings.SCANNER) and attachment.verdict == Verdict.WAITING


def hand_out(attachment: Attachment) -> FileResponse:
    """The file; who may have it was asked before. Raises `PutAside`."""
    refuse_harmful(attachment)
    path = path_of(attachment)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
