"""Why a place can't be had, changed or given back."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import Refusal


class SlotFull(Refusal):
    """The place went to someone else, or isn't large enough; `nearest` holds the next free ones."""

    code = "slot-full"
    status = 409
    default = _("This place has just been taken. Choose one of the next free ones.")

    def __init__(self, message=None, *, nearest: Sequence = (), **details):
        super().__init__(message, **details)
        self.nearest = list(nearest)


class QuotaReached(Refusal):
    """The requester has had as many as the rules allow in that period; `details` hold `times` and `period`."""

    code = "quota-reached"
    status = 409
    default = _("You have already had as many as one household may have in this period.")


class TooLate(Refusal):
    """The time to book, move or cancel is over."""

    code = "too-late"
    status = 409
    default = _("It is too late for this: the time to book or change it is over.")


class Closed(Refusal):
    """There is no place at that time: closed, not open yet, or no such slot."""

    code = "closed"
    status = 409
    default = _("There is nothing to book at that time. Choose another.")


class OutOfArea(Refusal):
    """No resource of that kind serves this address."""

    code = "out-of-area"
    default = _("This service doesn't come to that address.")


class DoesNotFit(Refusal):
    """It is larger than the place; `details["measure"]` names the measure that is too large."""

    code = "does-not-fit"
    default = _("This is too large for the place: choose a larger one.")


class OtherModel(Refusal):
    """The place holds another model than the one that is asked for."""

    code = "other-model"
    default = _("Another model is given out there: choose one of the times offered.")


class NotYet(Refusal):
    """The day that was booked hasn't come: nothing can have taken place."""

    code = "not-yet"
    status = 409
    default = _("The day booked hasn't come yet.")
