"""What accounts from files let figures count: their lines, each on the first day of its month, or of its year."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Condition, Source
from oppidum.figures.models.account import AccountKind

_DAY = "(l.begins_on::timestamp at time zone 'Europe/Paris')"

ACCOUNT_LINES = Source(
    "account lines",
    _("lines of accounts from files"),
    rows="figures_accountline l join figures_accountfile f on f.id = l.file_id and f.is_current",
    at=_DAY,
    key="l.id",
    splits={"flow": "l.dimensions ->> 'flow'", "site": "l.dimensions ->> 'site'", "commune": "l.commune_id"},
    record={
        "at": _DAY,
        "site": "l.dimensions ->> 'site'",
        "flow": "l.dimensions ->> 'flow'",
        "commune": "l.commune_id",
        "quantity": "l.quantity",
        "file": "f.name || ' : ' || l.row",
    },
    dated=_("the first day of the month of the line, or of its year where it has no month"),
    unnamed=True,
)
QUANTITY = "l.quantity"


def of_account(kind: AccountKind, **dimensions: str) -> Condition:
    """The lines of a kind with these dimensions."""
    given = {f"dimension_{name}": value for name, value in dimensions.items()}
    sql = [f"l.dimensions ->> '{name}' = %(dimension_{name})s::text" for name in dimensions]
    named = ", ".join(dimensions.values())
    return Condition(
        " and ".join(["l.kind = %(account)s::text", *sql]),
        {"account": str(kind), **given},
        lambda: f"{AccountKind(kind).label} ({named})",
        ("of_account", str(kind), *dimensions.items()),
    )
