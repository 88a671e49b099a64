"""Ecology, culture and sport: the services of that directorate."""

from oppidum.services.ecology_culture_sport.marina import MarinaApplication, MarinaBerth, MarinaOccupancy, MarinaVisit

SERVICES = [MarinaBerth, MarinaVisit, MarinaOccupancy, MarinaApplication]
