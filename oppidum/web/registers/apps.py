from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersPagesConfig(AppConfig):
    """The registers of inquiries and consultations as everybody reads them, and their export for the commissioner."""

    name = "oppidum.web.registers"
    label = "registers_pages"

    def ready(self) -> None:
        """The desk page of a register shows how it stands, and hands out its export."""
        from oppidum.publishing.marks import OBSERVATION
        from oppidum.web.desk import panels
        from oppidum.web.portal.services import READ_AT
        from oppidum.web.registers.panels import register_panel

        panels.PANELS = (register_panel, *panels.PANELS)
        READ_AT[OBSERVATION] = ("registers:list", _("Read the registers"))
