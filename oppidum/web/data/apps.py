from django.apps import AppConfig


class DataPagesConfig(AppConfig):
    """The pages of open data; the engine room is `oppidum.publishing.datasets`."""

    name = "oppidum.web.data"
    label = "data_pages"

    def ready(self) -> None:
        """Every room has declared its datasets: a wrong one stops the start."""
        from oppidum.publishing.datasets.catalogue import all_datasets

        all_datasets()
