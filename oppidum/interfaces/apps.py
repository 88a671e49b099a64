from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    """Open standards at the edge, and the keys that programs present there."""

    name = "oppidum.interfaces"
    label = "interfaces"
