from django.apps import AppConfig


class PrivacyPagesConfig(AppConfig):
    """The pages of persons' rights; the engine room is `oppidum.privacy`."""

    name = "oppidum.web.privacy"
    label = "privacy_pages"
