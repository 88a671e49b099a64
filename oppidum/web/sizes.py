"""What is too large is refused by what it announces, before it is read: a clear answer instead of a cut line.

A form's text is bounded by DATA_UPLOAD_MAX_MEMORY_SIZE and each photo by `cases/files/photos.py`; this is the bound of a whole request,
four photos of 15 MB and their form.
"""

from django.utils.translation import gettext as _

from oppidum.web.errors import answer

LARGEST_BYTES = 64 * 1024 * 1024
# A browser shows the answer only if we let it finish; what is larger still is cut.
DRAINED_BYTES = 256 * 1024 * 1024
PIECE = 1024 * 1024


class RequestSizeMiddleware:
    """Answers 413 to a request whose Content-Length is beyond what any page takes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdigit() else 0
        if size <= LARGEST_BYTES:
            return self.get_response(request)
        if size <= DRAINED_BYTES:
            drain(request, size)
        limit = LARGEST_BYTES // 2**20
        message = _(
            "What you sent is larger than the %(limit)d MB that we take at once. Send the photos one by one, or smaller ones."
        )
        response = answer(request, 413, message % {"limit": limit}, code="too-large")
        response["Connection"] = "close"
        return response


def drain(request, size: int) -> None:
    """Read what comes and forget it."""
    left = size
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)
