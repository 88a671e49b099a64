from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotesPagesConfig(AppConfig):
    """Residents' votes as everybody sees them: the ballot, the receipt, the result and its recount."""

    name = "oppidum.web.votes"
    label = "votes_pages"

    def ready(self) -> None:
        """The desk page of a call shows how its vote stands."""
        from oppidum.voting.marks import PROPOSAL
        from oppidum.web.desk import panels
        from oppidum.web.portal.services import READ_AT
        from oppidum.web.votes.panels import poll_panel

        panels.PANELS = (poll_panel, *panels.PANELS)
        READ_AT[PROPOSAL] = ("votes:list", _("Votes and results"))
