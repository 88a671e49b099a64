from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "oppidum.cases"

    def ready(self) -> None:
        """A wrong declaration stops the start."""
        from oppidum.cases.declaration import catalogue

        catalogue()
