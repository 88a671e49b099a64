"""What every page knows: whose house it is."""

from django.conf import settings
from django.core.cache import cache

from oppidum.territory.models import Intercommunality

KEPT_SECONDS = 300


def authority_name() -> str:
    """The name of the authority served here, kept for a few minutes; before the territory is loaded, the product's."""
    name = cache.get("web:authority")
    if name is None:
        name = Intercommunality.objects.values_list("name", flat=True).first() or "Oppidum"
        if name != "Oppidum":
            cache.set("web:authority", name, KEPT_SECONDS)
    return name


class House:
    """Read only when a page shows it, so that an answer without a page costs no query."""

    languages = settings.LANGUAGES

    @property
    def name(self) -> str:
        return authority_name()


def house(request) -> dict:
    """Context processor."""
    return {"house": House()}
