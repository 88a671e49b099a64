"""Why an act on a sitting can be refused."""

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import Refusal


class WrongState(Refusal):
    """The sitting, or the item, is not where this can be done."""

    code = "wrong-state"
    status = 409
    default = _("This is not possible at the point where the sitting stands.")


class NoticeTooShort(Refusal):
    """The convening letter would come too late; `details` hold the last day and the clear days needed."""

    code = "notice-too-short"
    default = _("The convening letter would come too late for this sitting.")


class AgendaIncomplete(Refusal):
    """Items that can't be sent to the members as they are; `details["items"]` lists them with what they lack."""

    code = "agenda-incomplete"
    default = _("The agenda is not ready.")


class NoQuorum(Refusal):
    """Too few members are present to decide (CGCT, art. L2121-17)."""

    code = "no-quorum"
    default = _("The quorum is not reached: no vote can be taken.")


class BadCount(Refusal):
    """Votes that don't add up with those who are in the room."""

    code = "bad-count"
    default = _("These votes don't add up with the members in the room.")


class BadProxy(Refusal):
    """A proxy that the law doesn't allow; `field` names the member."""

    code = "bad-proxy"
    default = _("This proxy is not allowed.")


class CasesMoved(Refusal):
    """Cases of the sitting can't be acted on; `details["items"]` lists them with the reason, and nothing was written."""

    code = "cases-moved"
    status = 409
    default = _("Some cases moved on since the vote: nothing was written. Look at them, then conclude again.")
