"""Third page: where. Address, map, the phone's position and the photo's are four ways of equal rank to the same point.

What the browser sends is believed only as far as it can be checked: numbers that are no place, or that belong to an address typed
over meanwhile, count as not sent. Without JavaScript an address leads to a page of places to choose from, and one that no register
knows to the choice of its commune: a register helps, it never blocks.
"""

from dataclasses import dataclass, replace
from math import isfinite

from django.utils.translation import gettext as _

from oppidum.territory.gazetteer import Place, find_neighbour, names_a_way, search_places
from oppidum.territory.locate import find_commune, find_outside
from oppidum.territory.models import Commune
from oppidum.territory.words import tokens
from oppidum.web.context import authority_name
from oppidum.web.points import describe
from oppidum.web.portal.report_draft import Draft, keep
from oppidum.web.portal.report_steps import go, next_after, show_page, wants_back

LONGEST = 200
NONE_OF_THESE = "none"
COMMUNE_ASKED = "commune"


@dataclass(frozen=True)
class Typed:
    """What the page sent, each part as it came or blank."""

    address: str
    spot: str
    lon: float | None
    lat: float | None
    choice: str
    commune: str
    use_photo: bool


def show(request, draft: Draft, errors=(), status: int = 200, typed: Typed | None = None, places=None, ask_commune=False):
    """The page, with what was typed; `places` to choose from when the address alone doesn't say where."""
    photo_place = None
    if draft.seen_on_photo and find_commune(*draft.seen_on_photo):
        photo_place = describe(*draft.seen_on_photo)
    typed = typed or Typed(draft.address, draft.spot, draft.lon, draft.lat, "", "", False)
    context = {
        "errors": errors,
        "typed": typed,
        "lon": "" if typed.lon is None else f"{typed.lon:.6f}",
        "lat": "" if typed.lat is None else f"{typed.lat:.6f}",
        "photo_place": photo_place,
        "places": places and [(f"{p.lon:.6f},{p.lat:.6f}", p.label) for p in places] + [(NONE_OF_THESE, _("None of these places"))],
        "communes": _list_communes() if ask_commune else (),
    }
    return show_page(request, draft, "where", context, status)


def take(request, draft: Draft):
    """Find the point, then the commune under it; outside the territory, say who is in charge there."""
    typed = _read(request)
    if typed.use_photo and draft.seen_on_photo:
        return _settle(request, draft, typed, *draft.seen_on_photo, "")
    if typed.choice in (NONE_OF_THESE, COMMUNE_ASKED) or typed.commune:
        return _take_commune(request, draft, typed)
    if typed.choice:
        point = _read_point(*typed.choice.partition(",")[::2])
        label = _label_at(typed, point)
        if point is None or label is None:
            return show(request, draft, [("place_choice", _("Choose one of the places offered."))], 422, typed, _find(typed))
        return _settle(request, draft, typed, *point, _with_typed(typed.address, label))
    if typed.lon is not None and typed.lat is not None and not _is_overtyped(draft, typed):
        return _settle(request, draft, typed, typed.lon, typed.lat, typed.address)
    if not typed.address:
        message = _("Write an address or the name of a street, or place the pin on the map.")
        return show(request, draft, [("place", message)], 422, typed)
    return _choose_among(request, draft, typed)


def _choose_among(request, draft: Draft, typed: Typed):
    places = _find(typed)
    exact = next((p for p in places if p.label.casefold() == typed.address.casefold()), None)
    if exact:
        return _settle(request, draft, typed, exact.lon, exact.lat, exact.label)
    outside = None if any(place.label.split(",")[0] in typed.address for place in places) else find_neighbour(typed.address)
    if outside:
        return show(request, draft, [("place", say_outside(outside.name, outside.hall_phone))], 422, typed)
    if names_a_way(typed.address) and all(place.kind == "commune" for place in places):
        # No register knows this street: its commune would be a wrong answer, and is the right next question.
        guess = replace(typed, commune=places[0].commune_code) if places else typed
        return show(request, draft, (), 200, guess, ask_commune=True)
    return show(request, draft, (), 200, typed, places, ask_commune=not places)


def _take_commune(request, draft: Draft, typed: Typed):
    """An address that no register knows: the pin says where, else text and commune are enough, with the commune's centre."""
    if typed.lon is not None and typed.lat is not None and typed.choice == COMMUNE_ASKED:
        return _settle_pin(request, draft, typed)
    commune = Commune.objects.filter(code=typed.commune, intercommunality__isnull=False).first()
    if commune is None:
        errors = [("commune", _("Choose the commune."))] if typed.choice != NONE_OF_THESE else ()
        return show(request, draft, errors, 422 if errors else 200, typed, ask_commune=True)
    if not typed.address and not typed.spot:
        return show(request, draft, [("place", _("Write an address, or describe the place."))], 422, typed, ask_commune=True)
    named = commune.name.casefold() in typed.address.casefold()
    address = typed.address if named else f"{typed.address}, {commune.name}".strip(", ")
    return _keep(request, draft, typed, commune.centre.x, commune.centre.y, commune.code, address)


def _settle_pin(request, draft: Draft, typed: Typed):
    """The pin counts more than the commune beside it; outside the territory the page stays, with who is in charge there."""
    code = find_commune(typed.lon, typed.lat)
    if code is None:
        return show(request, draft, [("commune", tell_outside(typed.lon, typed.lat))], 422, typed, ask_commune=True)
    name = Commune.objects.values_list("name", flat=True).get(code=code)
    address = typed.address if name.casefold() in typed.address.casefold() else f"{typed.address}, {name}".strip(", ")
    return _keep(request, draft, typed, typed.lon, typed.lat, code, address)


def _settle(request, draft: Draft, typed: Typed, lon: float, lat: float, label: str):
    commune = find_commune(lon, lat)
    if commune is None:
        return show(request, draft, [("place", tell_outside(lon, lat))], 422, typed)
    address = label or describe(lon, lat)
    if _is_vague(typed, lon, lat, commune, address):
        message = _("Say where in %(commune)s: write a street, place the pin on the map, or say how one finds the place.")
        return show(request, draft, [("spot", message % {"commune": address})], 422, replace(typed, address=address))
    return _keep(request, draft, typed, lon, lat, commune, address)


def _is_vague(typed: Typed, lon: float, lat: float, code: str, address: str) -> bool:
    """A commune's name and nothing else: the team would not know where to go."""
    if typed.spot:
        return False
    commune = Commune.objects.get(code=code)
    centre = (round(commune.centre.x, 6), round(commune.centre.y, 6))
    return (round(lon, 6), round(lat, 6)) == centre and address.casefold().strip() == commune.name.casefold()


def _keep(request, draft: Draft, typed: Typed, lon: float, lat: float, commune: str, address: str):
    draft.lon, draft.lat, draft.commune = round(lon, 6), round(lat, 6), commune
    draft.address, draft.spot = address[:LONGEST], typed.spot
    keep(request, draft)
    return go(draft, next_after(draft, "where", wants_back(request)))


def tell_outside(lon: float, lat: float) -> str:
    """Who to turn to for a place that isn't ours; what was answered so far stays."""
    neighbour = find_outside(lon, lat)
    if neighbour is None:
        return _("This place is outside %(house)s. If it is a mistake, correct the address; the rest of your report is kept.") % {
            "house": authority_name()
        }
    return say_outside(neighbour.name, neighbour.hall_phone)


def say_outside(commune: str, phone: str) -> str:
    """Whose place it is, and their telephone when it is known."""
    words = {"commune": commune, "house": authority_name(), "phone": phone}
    if not phone:
        return (
            _(
                "This address is in %(commune)s, outside %(house)s: contact its town hall. If it is a mistake, correct the address; "
                "the rest of your report is kept."
            )
            % words
        )
    return (
        _(
            "This address is in %(commune)s, outside %(house)s: contact its town hall, %(phone)s. If it is a mistake, correct the "
            "address; the rest of your report is kept."
        )
        % words
    )


def _with_typed(address: str, label: str) -> str:
    """A commune chosen for an address that no register knows: what was typed says more than the commune's name."""
    is_commune = Commune.objects.filter(name=label).exists()
    known, typed = tokens(label), tokens(address)
    return f"{address}, {label}" if is_commune and any(word not in known for word in typed) else label


def _find(typed: Typed) -> list[Place]:
    return search_places(typed.address, limit=6)


def _label_at(typed: Typed, point: tuple[float, float] | None) -> str | None:
    """The label of the place chosen, looked up again: a point that wasn't offered is refused."""
    if point is None:
        return None
    near = (f"{point[0]:.6f}", f"{point[1]:.6f}")
    return next((p.label for p in _find(typed) if (f"{p.lon:.6f}", f"{p.lat:.6f}") == near), None)


def _is_overtyped(draft: Draft, typed: Typed) -> bool:
    """Without JavaScript the point of the former address comes back beside the new text: then the text counts."""
    same_point = draft.is_placed and (round(typed.lon, 6), round(typed.lat, 6)) == (draft.lon, draft.lat)
    return bool(same_point and typed.address and typed.address != draft.address)


def _list_communes() -> list[tuple[str, str]]:
    found = Commune.objects.filter(intercommunality__isnull=False).order_by("name").values_list("code", "name")
    return [("", _("Choose…")), *found]


def _read(request) -> Typed:
    given = request.POST
    point = _read_point(given.get("lon", ""), given.get("lat", "")) or (None, None)
    return Typed(
        _one_line(given.get("place", "")),
        _one_line(given.get("spot", "")),
        *point,
        given.get("place_choice", "")[:60],
        given.get("commune", "")[:5],
        "use_photo" in given,
    )


def _one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST]


def _read_point(lon: str, lat: str) -> tuple[float, float] | None:
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        return None
    return (x, y) if isfinite(x) and isfinite(y) and -180 <= x <= 180 and -90 <= y <= 90 else None
