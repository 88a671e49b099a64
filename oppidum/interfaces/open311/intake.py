"""POST requests: a form of somebody's program becomes a report, through the engine's one door."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import Category, Choice
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.filing import Filed, NewCase, file_case, prepare_case
from oppidum.cases.filters import find_phone
from oppidum.cases.rules.standing import Actor, Command, Contact
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.interfaces.keys import Key
from oppidum.interfaces.open311.authority import authority_name
from oppidum.interfaces.open311.photos import keep_uploads
from oppidum.interfaces.open311.services import get_category, tell_danger
from oppidum.territory import locate
from oppidum.territory.gazetteer import search_places
from oppidum.territory.names import at_name

LONGEST_DESCRIPTION = 4000  # GeoReport v2, POST Service Request
LONGEST_ADDRESS = 300
LONGEST_NAME = 100
LONGEST_URL = 2000
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]*)\](\[\d*\])?")
_FIELDS = {"category": "service_code", "words": "description"}


class Spot(NamedTuple):
    """Where a report lies."""

    lon: float
    lat: float
    commune: str
    address: str


def file_request(form: QueryDict, key: Key, files: Collection = (), idempotency: str = "") -> Filed:
    """File the report that `form` describes; the same `idempotency` under the same key gives the report that exists."""
    _check_encoding(form)
    category = get_category(_required(form, "service_code"))
    attributes = _attributes(form, category)
    _check_dangers(category, attributes)
    actor = Actor("partner", key.id, key.name, frozenset({"note"}))
    new = _prepare(form, category, attributes, actor=actor, key=_filing_key(key, idempotency))
    if files:
        new = replace(new, photos=keep_uploads(files))
    media_url = _media_url(form)
    if not media_url:
        return file_case(new)
    # The address of a picture is never fetched nor published: an officer finds it beside the report, as a note.
    with transaction.atomic():
        filed = file_case(new)
        if filed.is_new:
            act_on(filed.case_id, Command("note", actor, {"note": f"media_url: {media_url}"}))
    return filed


def notice(filed: Filed) -> str:
    """What the resident may expect, in words."""
    follow = f"{settings.PUBLIC_URL}/follow/{filed.code}"
    if filed.standing is None or filed.standing.due_on is None:
        return _("Your report is filed. Follow it here: %(link)s") % {"link": follow}
    day = _day_in_words(filed.standing.due_on, get_language())
    return _("Your report is filed. We aim to solve it by %(day)s. Follow it here: %(link)s") % {"day": day, "link": follow}


@lru_cache(maxsize=500)
def _day_in_words(day: date, language: str) -> str:
    return date_format(day, _("l j F Y"))


def _prepare(form: QueryDict, category: Category, attributes: dict[str, Any], **known: Any) -> NewCase:
    """A checked case; every fault of the form is told at once, under the name it has in GeoReport."""
    faults: list[Invalid] = []
    raw = {**attributes, "category": category.code, "words": form.get("description", "")}
    if len(raw["words"]) > LONGEST_DESCRIPTION:
        faults.append(
            Invalid(
                _("%(length)d characters were sent; at most %(longest)d fit.")
                % {"length": len(raw["words"]), "longest": LONGEST_DESCRIPTION},
                field="description",
            )
        )
        raw["words"] = ""
    spot = _gather(faults, _find_spot, form)
    contact = _gather(faults, _contact, form)
    _gather(faults, _media_url, form)
    where = spot._asdict() if spot else {"lon": 0, "lat": 0, "commune": "", "address": ""}
    new = _gather(faults, prepare_case, REPORTS.service, raw, channel="open311", contact=contact, **where, **known)
    if faults:
        raise InvalidForm([_renamed(fault, category) for fault in faults])
    return new


def _gather(faults: list[Invalid], reading, *args, **known):
    try:
        return reading(*args, **known)
    except Invalid as fault:
        faults.append(fault)
    except InvalidForm as wrong:
        faults += wrong.errors
    return None


def _renamed(fault: Invalid, category: Category) -> Invalid:
    if fault.field in category.questions:
        fault.field = f"attribute[{fault.field}]"
    fault.field = _FIELDS.get(fault.field, fault.field)
    return fault


def _check_encoding(form: QueryDict) -> None:
    for name, values in form.lists():
        if any("\ufffd" in value for value in values):
            raise Invalid(_("This is not UTF-8 text."), field=name[:80])


def _required(form: QueryDict, name: str) -> str:
    value = form.get(name, "").strip()
    if not value:
        raise Invalid(_("This parameter is required."), field=name)
    return value


def _attributes(form: QueryDict, category: Category) -> dict[str, Any]:
    """`attribute[code]=value` and `attribute[code][]=value`; one that the service doesn't define is refused, not lost."""
    found: dict[str, Any] = {}
    for name, values in form.lists():
        if not name.startswith("attribute"):
            continue
        match = _ATTRIBUTE.fullmatch(name)
        if match and match[1].startswith("danger_"):  # lines of the definition that are only shown
            continue
        question = category.questions.get(match[1]) if match else None
        if question is None:
            raise Invalid(_("The service %(code)s has no such attribute.") % {"code": category.code}, field=name[:80])
        given = found.get(match[1], []) + [value for value in values if value]
        found[match[1]] = given
    return {name: _single(name, given, category) for name, given in found.items()}


def _single(name: str, given: list[str], category: Category) -> Any:
    question = category.questions[name]
    if isinstance(question, Choice):
        return given
    if len(given) > 1:
        raise Invalid(_("One value is expected."), field=f"attribute[{name}]")
    return given[0] if given else ""


def _check_dangers(category: Category, attributes: Mapping[str, Any]) -> None:
    """Where life is at risk the number to call comes before any other fault of the form."""
    for danger in category.dangers:
        if danger.when is None:
            raise Invalid(tell_danger(danger), field="service_code")
        name = danger.when.name
        given = attributes.get(name)
        if given and danger.when.holds({name: _cleaned(category, name, given)}):
            raise Invalid(tell_danger(danger), field=f"attribute[{name}]")


def _cleaned(category: Category, name: str, given: Any) -> Any:
    try:
        return category.questions[name].clean(given, clock.today())
    except Invalid:
        return None


def _find_spot(form: QueryDict) -> Spot:
    """The place: `lat` and `long`, else `address_string` looked up in our gazetteer."""
    address = form.get("address_string", "").strip()
    if len(address) > LONGEST_ADDRESS:
        raise Invalid(_("At most %(longest)d characters fit.") % {"longest": LONGEST_ADDRESS}, field="address_string")
    if form.get("lat") or form.get("long"):
        lon, lat = _degrees(form, "long", 180), _degrees(form, "lat", 90)
    elif address:
        places = search_places(address, limit=1)
        if not places:
            raise Invalid(_("We don't find this address: send lat and long."), field="address_string")
        lon, lat = places[0].lon, places[0].lat
    elif form.get("address_id"):
        raise Invalid(_("We give out no address identifiers: send lat and long, or address_string."), field="address_id")
    else:
        raise Invalid(_("Say where: send lat and long, or address_string."), field="lat")
    commune = locate.find_commune(lon, lat)
    if commune is None:
        raise Invalid(_tell_outside(lon, lat), field="lat")
    return Spot(lon, lat, commune, address)


def _degrees(form: QueryDict, name: str, most: int) -> float:
    try:
        value = float(form.get(name, ""))
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > most:
        raise Invalid(_("Decimal degrees (WGS 84) with a point are expected, such as 43.2965."), field=name)
    return value


def _tell_outside(lon: float, lat: float) -> str:
    """Whom to call instead, where we know it."""
    authority = authority_name()
    if locate.find_commune(lat, lon):
        return _("This place is outside our territory; lat and long seem to be swapped.")
    neighbour = locate.find_outside(lon, lat)
    if neighbour is None:
        return _("This place is outside the territory of %(authority)s.") % {"authority": authority}
    where = {"commune": at_name(neighbour.name) if get_language() == "fr" else neighbour.name, "authority": authority}
    if not neighbour.hall_phone:
        return _("This place is in %(commune)s, outside the territory of %(authority)s: call the town hall.") % where
    return _("This place is in %(commune)s, outside the territory of %(authority)s: call the town hall, %(phone)s.") % {
        **where,
        "phone": neighbour.hall_phone,
    }


def _contact(form: QueryDict) -> Contact | None:
    """Who reports, if they say so. `device_id` and `account_id` are read by nobody here and not kept."""
    name = " ".join(part for part in (_line(form, "first_name"), _line(form, "last_name")) if part)
    email, phone = form.get("email", "").strip().lower(), form.get("phone", "").strip()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(_("This is no e-mail address."), field="email") from None
    number = find_phone(phone) if phone else ""
    if number is None or len(number) > 20:
        raise Invalid(_("This is no telephone number; write it like 06 12 34 56 78 or +33612345678."), field="phone")
    return Contact(name, email, number, get_language()) if name or email or number else None


def _line(form: QueryDict, name: str) -> str:
    text = " ".join(form.get(name, "").replace("\x00", "").split())
    if len(text) > LONGEST_NAME:
        raise Invalid(_("At most %(longest)d characters fit.") % {"longest": LONGEST_NAME}, field=name)
    return text


def _media_url(form: QueryDict) -> str:
    url = form.get("media_url", "").strip()
    if url and (len(url) > LONGEST_URL or not re.fullmatch(r"https?://[^\s<>\"]+", url)):
        raise Invalid(_("An address that begins with http:// or https:// is expected."), field="media_url")
    return url


def _filing_key(key: Key, idempotency: str) -> str | None:
    """The engine's name of this filing: the client's, scoped by its key, so that one client can't meet another's."""
    if not idempotency:
        return None
    if len(idempotency) > 255:
        raise Invalid(_("At most %(longest)d characters fit.") % {"longest": 255}, field="Idempotency-Key")
    return f"open311:{key.id}:{hashlib.sha256(idempotency.encode('utf-8', 'replace')).hexdigest()[:40]}"
