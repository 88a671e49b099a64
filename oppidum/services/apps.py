from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The catalogue of public services: declarations only, no tables."""

    name = "oppidum.services"
    label = "services"
