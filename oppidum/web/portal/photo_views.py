"""Pictures on their way to a reader: everybody while the report is public, else the officers who may see it.

The token can't be guessed: a picture whose form isn't sent yet is known to the browser that sent it alone.
"""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from oppidum.cases.files.photos import path_of
from oppidum.cases.models import Case, Photo
from oppidum.cases.public import private_categories

PUBLIC_SECONDS = 3600  # Not longer: a picture that an officer hides must go.
PRIVATE_SECONDS = 300


@require_safe
def photo(request, token: str, size: str):
    """One picture; `size` is "full" or "thumb". Hidden, unknown and gone all look the same from outside."""
    found = Photo.objects.select_related("case__live").filter(token=token).first() if size in ("full", "thumb") else None
    if found is None:
        raise Http404
    public = found.case is not None and found.case.live.is_public
    if found.case is not None and not public and not Case.objects.visible_to(request.user).filter(pk=found.case_id).exists():
        raise Http404
    try:
        file = path_of(found, size).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    # Of a subject that points at persons, the picture is for whoever holds its address: its author, on the page of the code.
    listed = public and found.case.live.category not in private_categories()
    shared, seconds = ("public", PUBLIC_SECONDS) if listed else ("private", PRIVATE_SECONDS)
    response["Cache-Control"] = f"{shared}, max-age={seconds}"
    return response
