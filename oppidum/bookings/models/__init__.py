"""What is stored of bookings: resources and their hours, slots, bookings, waiting lists."""

from oppidum.bookings.models.booking import HELD, Booking, Slot, State
from oppidum.bookings.models.resource import Exceptional, Opening, Resource, Site
from oppidum.bookings.models.waiting import Waiting

__all__ = ["HELD", "Booking", "Exceptional", "Opening", "Resource", "Site", "Slot", "State", "Waiting"]
