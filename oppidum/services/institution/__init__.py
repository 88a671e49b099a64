"""Services of the institution itself (Secrétariat général)."""

from oppidum.services.institution.acts import AssemblyAct
from oppidum.services.institution.project import Project
from oppidum.services.institution.signature_delegation import SignatureDelegation

SERVICES = [AssemblyAct, Project, SignatureDelegation]
