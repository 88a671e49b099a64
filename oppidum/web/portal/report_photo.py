"""First page: photos, if there are any. The place where one was taken is offered later, and read before it is erased."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.files.photos import LARGEST_BYTES, MOST_PHOTOS, find_position, save_upload, thumbnail_url
from oppidum.cases.models import Photo
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Refusal, TooMany
from oppidum.territory.locate import find_commune
from oppidum.web.portal.report_draft import Draft, keep
from oppidum.web.portal.report_steps import go, next_after, show_page, wants_back

PHOTOS_AN_HOUR = 120


def show(request, draft: Draft, errors=(), status: int = 200, unfinished: Draft | None = None):
    """The photos so far, and room for more."""
    context = {
        "errors": errors,
        "unfinished": unfinished,
        "photos": [{"token": photo.token, "src": thumbnail_url(photo)} for photo in find_photos(draft)],
        "room": MOST_PHOTOS - len(draft.photos),
        "most": MOST_PHOTOS,
        "megabytes": LARGEST_BYTES // 2**20,
    }
    return show_page(request, draft, "photo", context, status)


def take(request, draft: Draft):
    """Add what was sent and lead on; a photo that can't be taken is named, the others are kept."""
    if request.POST.get("category") in REPORTS.service.categories:
        draft.choose(request.POST["category"])
    if request.POST.get("remove"):
        draft.photos = [token for token in draft.photos if token != request.POST["remove"]]
        keep(request, draft)
        return go(draft, "photo")
    errors, status = _take_files(request, draft)
    keep(request, draft)
    if errors:
        return show(request, draft, errors, status)
    return go(draft, next_after(draft, "photo", wants_back(request)))


def _take_files(request, draft: Draft) -> tuple[list, int]:
    files = request.FILES.getlist("photos")
    room = MOST_PHOTOS - len(draft.photos)
    errors, status = [], 422
    if len(files) > room:
        errors.append(
            (
                "photos",
                ngettext(
                    "Only %(n)s more photo fits: the others were left out.",
                    "Only %(n)s more photos fit: the others were left out.",
                    room,
                )
                % {"n": room},
            )
        )
    for file in files[:room]:
        if not rates.allow(f"photos:{client_address(request)}", PHOTOS_AN_HOUR, 3600):
            raise TooMany(retry_after=3600)
        position = find_position(file)
        try:
            photo = save_upload(file, clock.now())
        except Refusal as refusal:
            status = refusal.status
            errors.append(("photos", _("%(file)s: %(fault)s") % {"file": file.name[:60], "fault": refusal}))
            continue
        draft.photos.append(photo.token)
        if position and draft.seen_on_photo is None and find_commune(*position):
            draft.seen_on_photo = list(position)
    return errors, status


def find_photos(draft: Draft) -> list[Photo]:
    """The draft's pictures, in the order in which they were added."""
    found = {photo.token: photo for photo in Photo.objects.filter(token__in=draft.photos, case=None)}
    return [found[token] for token in draft.photos if token in found]
