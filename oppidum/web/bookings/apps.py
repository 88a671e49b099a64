from django.apps import AppConfig


class BookingsPagesConfig(AppConfig):
    """The desk's pages for bookable places, and the public page of waiting lists; the engine room is `oppidum.bookings`."""

    name = "oppidum.web.bookings"
    label = "bookings_pages"
