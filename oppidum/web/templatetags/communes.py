"""What a commune puts on its residents' pages: its colour, and what they should know."""

from django import template

from oppidum.communes.models import Look

register = template.Library()


@register.inclusion_tag("communes/_look.html")
def commune_sheet(code: str | None):
    """{% commune_sheet case.commune_id %}, in the head: the sheet with the commune's colour, if it has one."""
    return {"look": _find(code)}


@register.inclusion_tag("communes/_news.html")
def commune_news(code: str | None):
    """{% commune_news case.commune_id %}: what the commune tells its residents at the moment, if anything."""
    return {"look": _find(code)}


def _find(code: str | None) -> Look | None:
    return Look.objects.filter(commune=code).select_related("commune").defer("commune__outline").first() if code else None
