from django.apps import AppConfig


class PrivacyPagesConfig(AppConfig):
    """The pages of persons' rights; the engine room is `oppidum.privacy`."""

    name = "oppidum.web.privacy"
    label = "privacy_pages"

    def ready(self) -> None:
        """The page of a rights request leads to the person's data."""
        from oppidum.web.desk import panels
        from oppidum.web.privacy.panels import look_up

        panels.PANELS = (*panels.PANELS, look_up)
