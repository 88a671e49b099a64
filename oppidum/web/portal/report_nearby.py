"""Between details and contact: open reports of the same kind close by. One that is the same is followed, not filed again."""

from oppidum.cases.files.photos import public_url, thumbnail_url
from oppidum.cases.models import Photo
from oppidum.cases.nearby import Near, nearby
from oppidum.cases.public import public_id
from oppidum.cases.publicity import public_words
from oppidum.web.portal.report_draft import Draft, keep
from oppidum.web.portal.report_steps import go, next_after, show_page, wants_back

RADIUS_METRES = 150
SHOWN = 5


def show(request, draft: Draft, errors=(), status: int = 200):
    """The neighbours with words, photo, distance and age; with none, straight on."""
    rows = find_neighbours(draft)
    if not rows:
        return _go_on(request, draft)
    return show_page(request, draft, "nearby", {"errors": errors, "rows": [_shown(row) for row in rows]}, status)


def take(request, draft: Draft):
    """Another problem: on with the report. The same: to the page that follows it."""
    same = request.POST.get("same", "")
    if same and any(public_id(row.case_id) == same for row in find_neighbours(draft)):
        draft.same = same
        keep(request, draft)
        return go(draft, "same")
    # One that was closed a moment ago is no longer among them: the list is shown as it is now.
    return show(request, draft) if same else _go_on(request, draft)


def _go_on(request, draft: Draft):
    draft.same, draft.compared = "", draft.comparison
    keep(request, draft)
    return go(draft, next_after(draft, "nearby", wants_back(request)))


def find_neighbours(draft: Draft) -> list[Near]:
    """Open reports of this category or group around the place, most alike first."""
    return nearby(draft.lon, draft.lat, draft.category, radius_m=RADIUS_METRES, limit=SHOWN, words=draft.words)


def _shown(row: Near) -> dict:
    photo = Photo(token=row.photo) if row.photo else None
    return {
        "near": row,
        "name": public_id(row.case_id),  # Not its code: that is its author's key.
        "words": public_words(row.words),
        "photo": photo and {"src": thumbnail_url(photo), "full": public_url(photo)},
    }
