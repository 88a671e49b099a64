"""Services of the institution itself (Secrétariat général)."""

from oppidum.services.institution.acts import AssemblyAct

SERVICES = [AssemblyAct]
