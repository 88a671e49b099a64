from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Outside parties: what leaves for them, what comes from them, links for who has no account."""

    name = "oppidum.interfaces.partners"
    label = "partners"

    def ready(self) -> None:
        """The outbox, opinions of third parties, personal data and the alarm of age."""
        from oppidum.cases.consequences import asker
        from oppidum.cases.outbox import handler
        from oppidum.cases.persons.rooms import keeps, personal_data
        from oppidum.interfaces.partners import persons, queueing, thirds

        handler("partner", size=100)(queueing.queue_messages)
        asker("third")(thirds.ask_third)
        keeps("partners", _("a partner is still to be told, or told us something"), persons.unfinished)
        personal_data("partners", find=persons.find, remove=persons.remove, export=persons.export)
