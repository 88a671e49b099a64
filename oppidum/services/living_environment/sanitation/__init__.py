"""On-site sanitation (SPANC, S13): the file of each installation, its checks, the works that follow, its next date."""

from oppidum.services.living_environment.sanitation.inspection import SanitationInspection

__all__ = ["SanitationInspection"]
