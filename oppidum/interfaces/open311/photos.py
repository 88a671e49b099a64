"""Pictures of reports: those that everybody may see, and those that come with a form."""

from collections import defaultdict
from collections.abc import Collection

from django.conf import settings
from django.utils.translation import gettext as _

from oppidum.cases.files.photos import LARGEST_BYTES, MOST_PHOTOS, PhotoRefused, public_url, save_upload
from oppidum.cases.models import Photo
from oppidum.core import clock
from oppidum.core.errors import Invalid

# What a form with as many pictures as we take can weigh, with room for its text.
LARGEST_FORM = MOST_PHOTOS * LARGEST_BYTES + 1024 * 1024


def photo_urls(case_ids: Collection[int]) -> dict[int, list[str]]:
    """The public addresses of the pictures of those cases, in the order in which they came."""
    found: dict[int, list[str]] = defaultdict(list)
    if case_ids:
        for photo in Photo.objects.filter(case_id__in=case_ids).order_by("id"):
            found[photo.case_id].append(settings.PUBLIC_URL + public_url(photo))
    return found


def keep_uploads(files: Collection) -> tuple[str, ...]:
    """Check, re-encode and store what was uploaded as `media`; returns the tokens by which the case claims them."""
    kept = []
    for file in files:
        try:
            kept.append(save_upload(file, clock.now()).token)
        except PhotoRefused as refused:
            refused.field = "media"
            raise
    return tuple(kept)


def check_uploads(files) -> list:
    """The files uploaded as `media` (once or several times, or as `media[]`); any other name is refused."""
    unknown = [name for name in files if name not in ("media", "media[]")]
    if unknown:
        raise Invalid(_("A picture is uploaded as media."), field=unknown[0][:80])
    found = [file for name in files for file in files.getlist(name)]
    if len(found) > MOST_PHOTOS:
        raise Invalid(_("At most %(most)d pictures fit.") % {"most": MOST_PHOTOS}, field="media")
    return found
