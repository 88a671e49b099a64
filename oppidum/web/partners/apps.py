from django.apps import AppConfig


class PartnersPagesConfig(AppConfig):
    """The queue of partners at the desk, and the page of third parties; the engine room is `oppidum.interfaces.partners`."""

    name = "oppidum.web.partners"
    label = "partners_pages"

    def ready(self) -> None:
        """Readiness tells of messages that should have left."""
        from oppidum.interfaces.partners.sending import too_old
        from oppidum.web.health import CHECKS

        CHECKS["partners"] = lambda: f"{old} messages of partners wait for too long: /desk/partners/" if (old := too_old()) else ""
