"""The panel of a case's money at the desk: `money_panel(officer, case)` gives the context, `pay/_panel.html` draws it."""

import secrets
from typing import Any

from oppidum.cases.declaration.tariff_words import price_tables
from oppidum.cases.models import Case
from oppidum.payments.accounts import service_of
from oppidum.payments.statements import statement_of
from oppidum.people.models import Officer


def money_panel(officer: Officer, case: Case) -> dict[str, Any]:
    """What the panel shows: {"money": Statement, "may_move_money": bool, "money_key": a key for one form, "unverified": the tariffs in force
    that nobody has held against their deliberation}; no panel where nothing was charged.

    The caller has found `case` through `visible_to(officer)`. Six queries at most.
    """
    statement = statement_of(case.pk)
    if not statement.charges:
        return {}
    day = statement.charges[-1].charge.charged_on
    unverified = [table.label for table in price_tables(service_of(case), day) if not table.verified]
    shown = {"money": statement, "may_move_money": officer.may("money"), "money_key": secrets.token_urlsafe(12)}
    return shown | {"unverified": unverified}
