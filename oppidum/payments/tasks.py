"""What the worker does for payments: asks after attempts that nobody told us of, and checks the books at night."""

import logging

from oppidum.cases.tasks import every
from oppidum.payments import paying, statements

log = logging.getLogger(__name__)


@every("* * * * * 40")
def ask_about_payments() -> int:
    """Each minute: who closed the page after paying has paid all the same."""
    return paying.ask_about_waiting()


@every("30 2 * * *")
def check_balances() -> int:
    """Balances kept against the sum of movements."""
    wrong = statements.unbalanced()
    if wrong:
        log.error("balances differ from their movements: %s", ", ".join(wrong[:20]))
    return len(wrong)
