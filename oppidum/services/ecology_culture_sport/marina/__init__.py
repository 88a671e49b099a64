"""Marinas (ports de plaisance): berths by waiting list, visitors' nights, occupancy for business after competition."""

from oppidum.services.ecology_culture_sport.marina.application import MarinaApplication
from oppidum.services.ecology_culture_sport.marina.berth import MarinaBerth
from oppidum.services.ecology_culture_sport.marina.occupancy import MarinaOccupancy
from oppidum.services.ecology_culture_sport.marina.visit import MarinaVisit

__all__ = ["MarinaApplication", "MarinaBerth", "MarinaOccupancy", "MarinaVisit"]
