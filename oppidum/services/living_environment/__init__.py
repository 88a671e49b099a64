"""Living environment and water: the services of the directorate of everyday surroundings."""

from oppidum.services.living_environment.bulky_waste import BulkyWaste
from oppidum.services.living_environment.composter import Composter
from oppidum.services.living_environment.report import Report
from oppidum.services.living_environment.sanitation import SanitationInspection
from oppidum.services.living_environment.special_waste_fee import SpecialWasteFee
from oppidum.services.living_environment.special_waste_notice import SpecialWasteNotice

SERVICES = [Report, BulkyWaste, Composter, SpecialWasteFee, SpecialWasteNotice, SanitationInspection]
