"""What the accounts let figures count: movements of charges (bills, payments, reductions, refunds), by their day, in euros."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Condition, Expression, Source
from oppidum.payments.models import Movement

_DAY = "(m.valid_on::timestamp at time zone 'Europe/Paris')"

MONEY_LINES = Source(
    "money lines",
    _("lines of accounts"),
    rows="payments_movement m join payments_charge g on g.id = m.charge_id join cases_case c on c.id = g.case_id",
    at=_DAY,
    key="m.id",
    splits={"kind": "m.kind", "fee": "g.fee", "service": "c.service", "commune": "c.commune_id"},
    record={"code": "c.code", "at": _DAY, "kind": "m.kind", "fee": "g.fee", "service": "c.service"},
    dated=_("the day of the line"),
    case="c.id",
    # What somebody owes or paid tells of an income: everybody learns the month alone.
    withheld="true",
    unnamed=True,
)
# What a line adds to a sum of euros: a payment or a refund is written with the sign that it has in the account of who owes.
EUROS = Expression("m.amount_cents::numeric * 0.01", "amount", "0.01")
EUROS_PAID = Expression("m.amount_cents::numeric * -0.01", "amount", "-0.01")


def of_kind(*kinds: Movement.Kind) -> Condition:
    """Lines of those kinds."""
    named = [str(kind) for kind in kinds]
    return Condition(
        "m.kind = any(%(kinds)s::text[])",
        {"kinds": named},
        lambda: ", ".join(str(Movement.Kind(one).label) for one in named),
        ("of_kind", *named),
    )
