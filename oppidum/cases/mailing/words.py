"""What is known of a mail, in a sentence for officers: never more than servers and readers have shown."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppidum.cases.models import Mail

# RFC 3463, by subject and detail, then by subject.
_DETAILS = {
    "1.1": gettext_lazy("nobody has this address"),
    "1.2": gettext_lazy("there is no such domain"),
    "1.3": gettext_lazy("the address is not written as addresses are"),
    "1.6": gettext_lazy("the mailbox has moved, without a new address"),
    "1.10": gettext_lazy("this domain takes no mail"),
    "2.1": gettext_lazy("the mailbox is closed"),
    "2.2": gettext_lazy("the mailbox is full"),
    "2.3": gettext_lazy("the message is too large for the mailbox"),
    "3.4": gettext_lazy("the message is too large for the server"),
    "4.1": gettext_lazy("the reader's server doesn't answer"),
    "4.4": gettext_lazy("there is no such domain"),
    "4.7": gettext_lazy("the server tried for days, and gave up"),
}
_SUBJECTS = {
    "1": gettext_lazy("something is wrong with the address"),
    "2": gettext_lazy("the mailbox takes nothing"),
    "3": gettext_lazy("the reader's server has a problem"),
    "4": gettext_lazy("the reader's server could not be reached"),
    "7": gettext_lazy("a filter of the reader's server refuses it"),
}


def say_status(status: str) -> str:
    """ "5.1.1" -> "nobody has this address"; "" for what says nothing."""
    _kind, _dot, rest = status.partition(".")
    return str(_DETAILS.get(rest) or _SUBJECTS.get(rest.partition(".")[0], ""))


def say_fate(mail: Mail) -> str:
    """ "delivered to the mailbox", "came back: nobody has this address (5.1.1)", "accepted by the mail server, no news since"."""
    if mail.fate != Mail.Fate.SENT:
        return _with_reason(mail.get_fate_display(), mail.status)
    if not mail.delivery:
        return _("accepted by the mail server, no news since")
    return _with_reason(mail.get_delivery_display(), mail.status if mail.delivery in ("bounced", "delayed") else "")


def _with_reason(fate: str, status: str) -> str:
    why = say_status(status) if status else ""
    return _("%(fate)s: %(why)s (%(status)s)") % {"fate": fate, "why": why, "status": status} if why else str(fate)


def is_troubled(mail: Mail) -> bool:
    """Whether the person must be reached another way, or the mail be sent again, and nobody did."""
    failed = mail.fate in (Mail.Fate.FAILED, Mail.Fate.UNKNOWN, Mail.Fate.HELD)
    return mail.settled_at is None and (failed or mail.delivery == Mail.Delivery.BOUNCED)
