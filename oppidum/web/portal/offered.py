"""What residents can ask for, by theme."""

from typing import Any

from django.utils.translation import gettext_lazy

from oppidum.cases.declaration import Form, Service, catalogue

THEMES = {
    "living-environment-water": (gettext_lazy("Waste, cleanliness and water"), "recycle"),
    "planning-housing": (gettext_lazy("Housing and planning"), "house"),
    "mobility": (gettext_lazy("Getting about"), "bus"),
    "ecology-culture-sport": (gettext_lazy("Sea, nature, culture and sport"), "sailboat"),
    "economy": (gettext_lazy("Companies and innovation"), "store"),
    "support": (gettext_lazy("Associations, consultations and your rights"), "handshake"),
    "resident-relations": (gettext_lazy("Your questions and your rights"), "message-circle"),
}
# Who asks for a service that only officers see; and the officers of a commune, who ask from their commune's own space.
OFFICER, COMMUNE_OFFICER = "officer", "commune-officer"
OTHER_THEME = (gettext_lazy("Other services"), "layout-grid")


def is_askable(service: type[Service]) -> bool:
    """Whether it has a form of its own that anybody may fill in here."""
    return isinstance(service.form, Form) and bool(set(service.applicants) - {OFFICER, COMMUNE_OFFICER}) and not service.categories


def may_open(service: type[Service], user: Any) -> bool:
    """Whether this officer opens such a case for the authority itself (an act of the assembly is asked for by no resident), or for a
    commune of theirs."""
    if not isinstance(service.form, Form) or service.categories or not user.is_authenticated:
        return False
    return OFFICER in service.applicants and user.may("act") or is_of_communes(service) and user.may("ask")


def is_of_communes(service: type[Service]) -> bool:
    """Whether the communes ask for it, each from its own space."""
    return COMMUNE_OFFICER in service.applicants


def theme_of(service: type[Service]) -> tuple[Any, str]:
    """The theme under which residents look for it, and its icon."""
    return THEMES.get(service.owner, OTHER_THEME)


def offered() -> list[type[Service]]:
    """The services that residents can ask for, in the order of their names."""
    return sorted(
        (one for one in catalogue().values() if one.categories or is_askable(one) or is_of_communes(one)),
        key=lambda one: str(one.name).casefold(),
    )


def by_theme() -> list[dict]:
    """The themes that have services, each with them."""
    shown = offered()
    themes = []
    for title, icon in (*THEMES.values(), OTHER_THEME):
        if held := [service for service in shown if theme_of(service)[0] == title]:
            themes.append({"title": title, "icon": icon, "services": held})
    return themes
