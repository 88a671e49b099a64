from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "oppidum.payments"

    def ready(self) -> None:
        """An act that charges a fee leaves an effect; here is who carries it out."""
        from oppidum.cases.outbox import handler
        from oppidum.payments import persons
        from oppidum.payments.charging import make_charges
        from oppidum.payments.recharging import recharge

        handler("charge", size=2000)(make_charges)
        handler("recharge")(recharge)
        persons.register()
