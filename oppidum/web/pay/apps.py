from django.apps import AppConfig


class PayConfig(AppConfig):
    """The pages of payment; the engine room is `oppidum.payments`."""

    name = "oppidum.web.pay"
    label = "pay"
