"""Services of the support departments (fonctions support): data protection."""

from oppidum.services.support.data_breach import DataBreach
from oppidum.services.support.rights_request import RightsRequest

SERVICES = [DataBreach, RightsRequest]
