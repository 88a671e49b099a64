from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Rights of persons over their data, the register of processings, the archives' visa."""

    name = "oppidum.privacy"
    label = "privacy"

    def ready(self) -> None:
        """`oppidum services register --out FILE`; the register as open data."""
        from oppidum.cases.management.commands.services import MORE
        from oppidum.privacy.printing import HELP, add_arguments, write_register

        MORE["register"] = HELP, add_arguments, write_register

        from oppidum.privacy.open_data import PROCESSINGS
        from oppidum.publishing.datasets.catalogue import declare_datasets

        declare_datasets(PROCESSINGS)
