"""What an address of the figures asks for, checked at the edge: a figure, a year with records, at most one part.

One part at a time: commune and category don't cross in public, so that no number says what a single person reported.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import NotFound, Refusal
from oppidum.figures.catalogue import get_figure
from oppidum.figures.computing import counted_by
from oppidum.figures.declaration import PUBLIC, SPLIT_LABELS, Figure
from oppidum.figures.overview import list_years


class WrongAddress(Refusal):
    """An address that no link of ours leads to."""

    code = "bad-request"
    status = 400
    default = _("Something in the address is not as we expect it.")


def asked_year(request) -> int:
    """The year asked for, by default the newest that has records."""
    years, given = list_years(), request.GET.get("year", "")
    if not given:
        return years[0]
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise WrongAddress(
            _("A year has four digits, like %(year)d: correct it in the address.") % {"year": years[0]}, field="year"
        )
    if int(given) not in years:
        raise NotFound(
            _("We have no records of %(asked)s. Years with records: %(years)s.")
            % {
                "asked": given,
                "years": ", ".join(str(year) for year in years),
            }
        )
    return int(given)


def is_internal(reader) -> bool:
    """Whether a reader sees internal figures."""
    return reader.is_authenticated and reader.may("figures")


def may_read(reader, figure: Figure) -> bool:
    """Whether a figure is this reader's: public ones are everybody's."""
    return figure.publication == PUBLIC or is_internal(reader)


def asked_figure(request, name: str) -> Figure:
    """The declared figure of that name; to who may not read it, it isn't there."""
    try:
        figure = get_figure(name)
        if not may_read(request.user, figure):
            raise NotFound(figure=name)
        return figure
    except NotFound:
        raise NotFound(_("We count nothing under this name. All figures are listed at the address /figures/.")) from None


def asked_part(request, name: str) -> tuple[str, str]:
    """The part to which a trail is narrowed, as (split, value); ("", "") for the whole."""
    splits = counted_by(name).splits
    given = [split for split in SPLIT_LABELS if split in request.GET]
    if not given:
        return "", ""
    if len(given) > 1:
        raise WrongAddress(_("A number is opened by one part at a time, a commune or a category: keep one in the address."))
    if given[0] not in splits:
        raise NotFound(_("This figure is not split in this way."))
    if "\x00" in request.GET[given[0]]:
        raise WrongAddress
    return given[0], request.GET[given[0]]
