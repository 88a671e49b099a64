from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    """Communes, zones, streets: where things are and whose ground it is."""

    name = "oppidum.territory"
    label = "territory"
    verbose_name = _("Territory")
