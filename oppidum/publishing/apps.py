from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Letters, orders, certificates: what the authority puts on paper, and what became of it."""

    name = "oppidum.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Letters that decisions ask for are made by this room; it says what it holds on persons."""
        from oppidum.publishing import act_signing, delegating, papers, persons

        act_signing.register()
        papers.register()
        delegating.register()
        persons.register()
        _declare_datasets()


def _declare_datasets() -> None:
    """What the authority publishes beside what its services do; they are checked when all rooms are there (`web/data/apps.py`)."""
    from oppidum.publishing.datasets import of_activity, of_catalogue, of_institution, of_key_figures, of_services, of_territory
    from oppidum.publishing.datasets.catalogue import declare_datasets

    for room in (of_territory, of_institution, of_services, of_key_figures, of_activity, of_catalogue):
        declare_datasets(*room.DATASETS)
