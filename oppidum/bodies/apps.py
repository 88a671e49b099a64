from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    """Councils, bureaus, committees: who decides together, and what they decided."""

    name = "oppidum.bodies"
    verbose_name = _("Bodies")

    def ready(self) -> None:
        """A body that is asked for its opinion gives it in a sitting: nothing is written to it before its agenda."""
        from oppidum.bodies.waiting import register

        register()
