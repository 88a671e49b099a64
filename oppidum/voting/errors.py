"""Why a ballot isn't taken."""

from django.utils.translation import gettext_lazy as _

from oppidum.core.errors import Refusal


class NotVoting(Refusal):
    """The vote isn't open: not yet, or no longer."""

    code = "not-voting"
    status = 409
    default = _("The vote is not open.")


class VotedAlready(Refusal):
    """This voter's vote is in the box. It can be changed with the code of its receipt."""

    code = "voted-already"
    status = 409
    default = _("A vote was cast with this address already. To change it, use the code that you got then.")


class NoSuchBallot(Refusal):
    """No ballot of this vote has that code."""

    code = "no-such-ballot"
    status = 404
    default = _("No ballot has this code. Check it: sixteen letters and digits.")


class WrongChoices(Refusal):
    """None, too many, or something that isn't on the ballot."""

    code = "wrong-choices"
    status = 422
    default = _("Choose at least one project, and no more than the vote allows.")
