"""Ecology, culture and sport: the services of that directorate."""

from oppidum.services.ecology_culture_sport.course_enrolment import CourseEnrolment
from oppidum.services.ecology_culture_sport.crematorium_ceremony import CrematoriumCeremony
from oppidum.services.ecology_culture_sport.facility_booking import FacilityBooking
from oppidum.services.ecology_culture_sport.marina import MarinaApplication, MarinaBerth, MarinaOccupancy, MarinaVisit

SERVICES = [FacilityBooking, CourseEnrolment, CrematoriumCeremony, MarinaBerth, MarinaVisit, MarinaOccupancy, MarinaApplication]
