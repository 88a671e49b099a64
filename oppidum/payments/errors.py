"""Why money can't move."""

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import Refusal


class NothingDue(Refusal):
    """The charge is paid, or was waived."""

    code = "nothing-due"
    status = 409
    default = _("Nothing is left to pay here.")


class AmountWrong(Refusal):
    """More than is due, more than was paid, or nothing."""

    code = "amount-wrong"
    default = _("This amount is not possible: look at what is due and what was paid.")


class PlanClosed(Refusal):
    """Instalments are chosen before the first payment."""

    code = "plan-closed"
    status = 409
    default = _("Paying by instalments can be chosen only before the first payment.")


class NoProvider(Refusal):
    """No online payment is set up here."""

    code = "no-online-payment"
    status = 409
    default = _("Payment on this site is not open: pay at the reception desk, or as your bill says.")


class ProviderSilent(Refusal):
    """The payment service can't be reached, or answered with a fault."""

    code = "provider-silent"
    status = 503
    default = _("The payment service does not answer. Nothing was paid: try again in some minutes.")


class BeingPrepared(Refusal):
    """The same payment is being prepared this moment: somebody clicked twice."""

    code = "being-prepared"
    status = 409
    default = _("This payment is being prepared: wait a moment, then press once more.")
