"""Handing out a stored file: always as a download, of a type that nothing runs, kept by no cache."""

from django.http import FileResponse, Http404

from oppidum.cases.attachments import path_of
from oppidum.cases.models import Attachment


def hand_out(attachment: Attachment) -> FileResponse:
    """The file; who may have it was asked before."""
    path = path_of(attachment)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
