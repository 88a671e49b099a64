"""What an address of the desk's figures asks for, checked at the edge."""

from django.http import HttpRequest

from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.figures.declared.progress import list_editions

EARLIEST, LATEST = 1990, 2100


def asked_edition(request: HttpRequest, given: str | None = None) -> int:
    """The year asked for; by default the newest that has entries, or this one. Raises `NotFound`."""
    text = given if given is not None else request.GET.get("year", "")
    if not text:
        return next(iter(list_editions(clock.today())))
    if not (text.isascii() and text.isdigit() and EARLIEST <= int(text) <= LATEST):
        raise NotFound()
    return int(text)


def check_year(year: int) -> int:
    """A year in an address; raises `NotFound`."""
    if not EARLIEST <= year <= LATEST:
        raise NotFound()
    return year


def clean(text: str, longest: int = 200) -> str:
    """What was typed, without what no database keeps."""
    return text.replace("\x00", "")[:longest]
