from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VotingConfig(AppConfig):
    """Residents' votes: who voted, and what was voted, without anything between the two."""

    name = "oppidum.voting"
    label = "voting"
    verbose_name = _("Votes of residents")
