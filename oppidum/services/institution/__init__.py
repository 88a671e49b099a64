"""Services of the institution itself (Secrétariat général)."""

from oppidum.services.institution.acts import AssemblyAct
from oppidum.services.institution.project import Project

SERVICES = [AssemblyAct, Project]
