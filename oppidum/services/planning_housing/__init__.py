"""Services of planning, housing and land (DGA Planification, urbanisme, habitat et foncier)."""

from oppidum.services.planning_housing.building_permit import BuildingPermit
from oppidum.services.planning_housing.home_renovation_grant import HomeRenovationGrant
from oppidum.services.planning_housing.housing_front_desk import HousingFrontDesk
from oppidum.services.planning_housing.housing_solidarity_fund import HousingSolidarityFund
from oppidum.services.planning_housing.intended_sale import IntendedSale
from oppidum.services.planning_housing.rental_permit import RentalPermit
from oppidum.services.planning_housing.youth_fund import YouthFund

SERVICES = [BuildingPermit, HomeRenovationGrant, HousingFrontDesk, HousingSolidarityFund, IntendedSale, RentalPermit, YouthFund]
