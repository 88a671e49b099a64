from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Rights of persons over their data, the register of processings, the archives' visa."""

    name = "oppidum.privacy"
    label = "privacy"
