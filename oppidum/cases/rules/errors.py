"""Why an act on a case can be refused."""

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import Refusal


class NotNow(Refusal):
    """The flow doesn't offer this action where the case stands."""

    code = "not-now"
    status = 409
    default = _("This action is not possible at the step where the case stands.")


class TooLate(Refusal):
    """The time in which the action was offered is over."""

    code = "too-late"
    status = 409
    default = _("The time for this is over. File a new report: it takes two minutes.")


class Stale(Refusal):
    """Somebody else acted since the page was shown; `details["changes"]` lists the entries, nothing was written."""

    code = "stale"
    status = 409
    default = _("Somebody acted on this case meanwhile. Look at what changed, then confirm.")


class Itself(Refusal):
    """A case can't refer to itself."""

    code = "itself"
    default = _("This is the report itself: give the code of the other one.")


class NoTeam(Refusal):
    """The remits name no team for the category in the case's commune."""

    code = "no-team"
    default = _("No team is in charge of this category there: choose the team.")


class NotEligible(Refusal):
    """The declaration says that who answers so can't ask; the message says why, and what to do instead."""

    code = "not-eligible"
    default = _("This can't be asked for with these answers.")


class NotYetOpen(Refusal):
    """The campaign of the service hasn't begun; `details["opens_at"]` says when it does."""

    code = "not-yet-open"
    status = 409
    default = _("Requests are not taken yet.")


class Closed(Refusal):
    """The campaign of the service is over; `details["closes_at"]` says since when."""

    code = "closed"
    status = 409
    default = _("Requests are no longer taken.")
