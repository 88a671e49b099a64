"""The words for a split's values: communes, categories, channels, months."""

from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oppidum.bookings.models import State
from oppidum.cases.declaration import catalogue
from oppidum.cases.models import CallOutcome, Mail
from oppidum.payments.models import Movement
from oppidum.people.models import Team
from oppidum.territory.models import Commune

CHANNELS = {
    "portal": pgettext_lazy("channel", "Portal"),
    "phone": pgettext_lazy("channel", "Telephone"),
    "open311": pgettext_lazy("channel", "Partner programs (Open311)"),
    "desk": pgettext_lazy("channel", "Officers"),
    "email": pgettext_lazy("channel", "E-mail"),
    "front_desk": pgettext_lazy("channel", "Front desk"),
}
UNKNOWN = _("not known")
_OUTCOMES = {**dict(State.choices), **dict(CallOutcome.choices)}
_KINDS = {**dict(Mail.Fate.choices), **dict(Movement.Kind.choices)}


def name_of(split: str, value: str) -> str:
    """What readers call the value of a split; the value itself where there is no better word."""
    if not value:
        return str(UNKNOWN)
    match split:
        case "commune":
            return _communes().get(value, value)
        case "category":
            return next((str(s.categories[value].name) for s in catalogue().values() if value in s.categories), value)
        case "channel":
            return str(CHANNELS.get(value, value))
        case "outcome":
            return str(_OUTCOMES.get(value, value))
        case "team":
            return _teams().get(value, value)
        case "service":
            return str(catalogue()[value].name) if value in catalogue() else value
        case "kind" | "fate":
            return str(_KINDS.get(value) or _asked_kinds().get(value, value))
        case "fee":
            return next((str(fee.label) for s in catalogue().values() for fee in s.fees if fee.name == value), value)
        case "reason":
            return _reasons().get(value, value)
        case "action":
            return next((str(s.flow.actions[value].label) for s in catalogue().values() if value in s.flow.actions), value)
    return value


@lru_cache(maxsize=1)
def _communes() -> dict[str, str]:
    return dict(Commune.objects.members().values_list("code", "name"))


@lru_cache(maxsize=1)
def _teams() -> dict[str, str]:
    return dict(Team.objects.values_list("code", "name"))


def _reasons() -> dict[str, str]:
    """The options of every action's question "reason"."""
    return {
        key: str(label)
        for service in catalogue().values()
        for action in service.flow.actions.values()
        if "reason" in action.demands
        for key, label in action.demands["reason"].options.items()
    }


def _asked_kinds() -> dict[str, str]:
    """The options of every form's question "kind"."""
    asked = (service.form["kind"] for service in catalogue().values() if "kind" in service.form)
    return {key: str(label) for question in asked for key, label in getattr(question, "options", {}).items()}


def forget() -> None:
    """Read the communes anew: between tests."""
    _communes.cache_clear()
    _teams.cache_clear()
