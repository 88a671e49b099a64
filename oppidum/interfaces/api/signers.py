"""Who may sign what on a day, for the programs of the house: a purchase, a letter, a parapheur asks before it asks for a signature."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from oppidum.core import clock
from oppidum.interfaces.api.schemas import Problem
from oppidum.publishing.who_signs import who_signs

router = Router(tags=["signatures"])
FAULTS = {401: Problem, 403: Problem, 422: Problem}


class Signer(Schema):
    """Somebody whom an order names."""

    officer: str
    quality: str
    order: str = Field(description="Number of the order")
    function: str = Field(description="president (letters) or acts")
    services: list[str] = Field(description="Codes; empty: all")
    kinds: list[str] = Field(description="Kinds of letters or series of acts; empty: all")
    matters: list[str] = Field(description="Beginnings of the ACTES classification; empty: all")
    ceiling_cents: int | None
    rank: int
    starts_on: date
    ends_before: date | None = Field(description="Repealed or over from this day")
    may_sign: bool
    why_not: str


class Signers(Schema):
    """Everybody whom an order names for it, those who may sign first."""

    on: date
    signers: list[Signer]


@router.get("/signers", response={200: Signers} | FAULTS, summary="Who may sign what on a day")
def list_signers(
    request: HttpRequest,
    on: date | None = Query(None, description="Today when left out; a past day too"),  # noqa: B008
    function: str = Query("", description="president or acts"),
    service: str = Query("", description="A service's code"),
    kind: str = Query("", description="A kind of letter, or a series of acts"),
    amount_cents: int | None = Query(None, ge=0),
):
    """The rules are those by which letters and acts are signed: scope, dates, publication, ceiling, absences."""
    day = on or clock.today()
    found = who_signs(day, function, service, kind, amount_cents)
    return {
        "on": day,
        "signers": [
            {
                "officer": str(one.held.officer),
                "quality": one.held.quality,
                "order": one.held.order_number,
                "function": one.held.function,
                "services": one.held.services,
                "kinds": one.held.kinds,
                "matters": one.held.matters,
                "ceiling_cents": one.held.ceiling_cents,
                "rank": one.held.rank,
                "starts_on": one.held.starts_on,
                "ends_before": one.until,
                "may_sign": one.may_sign,
                "why_not": one.why_not,
            }
            for one in found
        ],
    }
