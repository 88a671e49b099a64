"""Addresses of declared figures, whole, for mails."""

from django.conf import settings
from django.urls import reverse


def desk_link(name: str, year: int) -> str:
    """Where the department enters the figure."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('key-figures:entry', args=[year, name])}"


def progress_link(year: int) -> str:
    """Where the year's figures stand."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('key-figures:progress')}?year={year}"
