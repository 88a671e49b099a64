"""Services of planning, housing and land (DGA Planification, urbanisme, habitat et foncier)."""

from oppidum.services.planning_housing.rental_permit import RentalPermit

SERVICES = [RentalPermit]
