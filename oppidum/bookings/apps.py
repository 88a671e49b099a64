from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Resources, slots, capacities, waiting lists."""

    name = "oppidum.bookings"
