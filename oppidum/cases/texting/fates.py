"""What is known of a text message, in a sentence for officers: never more than the operator has told."""

from django.utils.translation import gettext as _

from oppidum.cases.models import TextMessage

Fate = TextMessage.Fate


def say_fate(text: TextMessage) -> str:
    """ "delivered to the telephone", "taken by the operator, no news since", "refused by the operator: 422 …"."""
    if text.fate == Fate.SENT:
        return str(text.get_delivery_display()) if text.delivery else _("taken by the operator, no news since")
    if text.fate == Fate.FAILED and text.error:
        return _("%(fate)s: %(why)s") % {"fate": text.get_fate_display(), "why": text.error}
    return str(text.get_fate_display())


def is_troubled(text: TextMessage) -> bool:
    """Whether the person must be reached another way, and nobody did."""
    bad = text.fate in (Fate.FAILED, Fate.UNKNOWN, Fate.HELD, Fate.STOPPED) or text.delivery == TextMessage.Delivery.LOST
    return bad and text.settled_at is None
