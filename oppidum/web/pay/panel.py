"""The panel of a case's money at the desk: `money_panel(officer, case)` gives the context, `pay/_panel.html` draws it."""

import secrets
from typing import Any

from oppidum.cases.models import Case
from oppidum.payments.statements import statement_of
from oppidum.people.models import Officer


def money_panel(officer: Officer, case: Case) -> dict[str, Any]:
    """What the panel shows: {"money": Statement, "may_move_money": bool, "money_key": a key for one form}; no panel where nothing was charged.

    The caller has found `case` through `visible_to(officer)`. Four queries at most.
    """
    statement = statement_of(case.pk)
    if not statement.charges:
        return {}
    return {"money": statement, "may_move_money": officer.may("money"), "money_key": secrets.token_urlsafe(12)}
