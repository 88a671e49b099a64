from django.apps import AppConfig


class Open311Config(AppConfig):
    """Open311 GeoReport v2: reports in and out, for anybody's program."""

    name = "oppidum.interfaces.open311"
    label = "open311"
