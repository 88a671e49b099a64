from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    """Councils, bureaus, committees: who decides together, and what they decided."""

    name = "oppidum.bodies"
    verbose_name = _("Bodies")
