"""From what came in to a case that can be filed: answers cleaned, places looked up, the person told from the answers.

Page, telephone desk, API and import all come this way; the engine looks up where a place lies, whoever sent it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.declaration import Field, Service, clean_form
from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.standing import Contact
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.territory.locate import find_commune, find_zones

LONGEST_WORDS = 5000


def prepare_case(service: type[Service], raw: dict[str, Any], now: datetime | None = None, **known: Any) -> NewCase:
    """A checked `NewCase` from raw answers: to the service's form; of a service with categories also `category`, `words` and the
    answers to the category's questions.

    `known` holds what the edge has found out (place, commune, channel, contact, actor...). Raises `InvalidForm`.
    """
    today = clock.local_day(now or clock.now())
    if service.categories:
        return _prepare_report(service, raw, today, known)
    answers = clean_form(service.form, look_up_places(service.form, raw), today)
    found = {**_place_of(service.form, answers), **known}
    contact = take_contact(service.form, answers)
    if contact and not found.get("contact"):
        found["contact"] = contact
    return NewCase(service=service.code, answers=answers, **found)


def look_up_places(form: Mapping[str, Field], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The raw answers with the commune and the zones of each place, as the territory knows them: what came in is not believed."""
    return {
        name: _looked_up(value)
        if name in form and form[name].kind in ("place", "address") and isinstance(value, Mapping)
        else value
        for name, value in raw.items()
    }


def _looked_up(place: Mapping[str, Any]) -> dict[str, Any]:
    try:
        lon, lat = float(place["lon"]), float(place["lat"])
    except (KeyError, TypeError, ValueError):
        return {name: value for name, value in place.items() if name != "zones"}
    zones = find_zones(lon, lat)
    layers = sorted({*zones, *(f"{layer}:{code}" for layer, code in zones.items())})
    return {**place, "commune": find_commune(lon, lat) or place.get("commune") or "", "zones": layers}


def _place_of(form: Mapping[str, Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Where the case is: the first place that the form asks for."""
    for name, question in form.items():
        if question.kind in ("place", "address") and isinstance(place := answers.get(name), Mapping):
            found = {"lon": place.get("lon"), "lat": place.get("lat"), "commune": place.get("commune") or ""}
            return found | {"address": str(place.get("address") or place.get("text") or "")[:300]}
    return {}


def take_contact(form: Mapping[str, Field], answers: dict[str, Any]) -> Contact | None:
    """Who asks, taken out of the answers: it stands with the case's parties."""
    for name, question in form.items():
        if question.kind == "contact" and isinstance(answers.get(name), Mapping):
            given = answers.pop(name)
            language = given.get("language") or (get_language() or "fr")[:2]
            return Contact(given.get("name", ""), given.get("email", ""), given.get("phone", ""), language)
    return None


def _prepare_report(service: type[Service], raw: dict[str, Any], today: date, known: dict[str, Any]) -> NewCase:
    """A service of categories: a category, free words, and the category's questions."""
    faults: list[Invalid] = []
    category = service.categories.get(str(raw.get("category", "")))
    if category is None:
        raise InvalidForm([Invalid(_("This category doesn't exist: choose one from the list."), field="category")])
    words = str(raw.get("words") or "").strip()
    if len(words) > LONGEST_WORDS:
        faults.append(
            Invalid(
                _(
                    "Your description has %(length)d characters; at most %(longest)d fit. Keep what the team needs to find and solve it."
                )
                % {"length": len(words), "longest": LONGEST_WORDS},
                field="words",
            )
        )
    answers: dict[str, Any] = {}
    try:
        answers = clean_form(category.questions, raw, today)
    except InvalidForm as wrong:
        faults += wrong.errors
    if faults:
        raise InvalidForm(faults)
    return NewCase(service=service.code, category=category.code, words=words.replace("\x00", ""), answers=answers, **known)
