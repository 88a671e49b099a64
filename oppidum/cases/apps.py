from functools import partial

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "oppidum.cases"

    def ready(self) -> None:
        """A wrong declaration stops the start."""
        from oppidum.cases.declaration import catalogue

        catalogue()
        import oppidum.cases.adopting  # noqa: F401  (these declare who carries out their effects)
        import oppidum.cases.consequences  # noqa: F401
        import oppidum.cases.contests  # noqa: F401
        import oppidum.cases.files.scanning  # noqa: F401
        import oppidum.cases.routing.rerouting  # noqa: F401

        _declare_personal_data()
        from oppidum.cases.management.commands.services import MORE
        from oppidum.cases.management.publish import HELP, add_arguments, publish

        MORE["publish"] = HELP, add_arguments, publish


def _declare_personal_data() -> None:
    """What the engine itself holds on persons, and why it keeps what is over."""
    from oppidum.cases.booking import persons as booking_persons
    from oppidum.cases.persons import engine_data, finding
    from oppidum.cases.persons.rooms import keeps, personal_data

    personal_data("cases", find=finding.find, remove=engine_data.remove, export=engine_data.export)
    booking_persons.register()
    for name, says, sql in engine_data.ENGINE_KEEPERS:
        keeps(name, says, partial(engine_data.ids_of, sql))
