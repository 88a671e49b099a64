from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Letters, orders, certificates: what the authority puts on paper, and what became of it."""

    name = "oppidum.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Letters that decisions ask for are made by this room; it says what it holds on persons."""
        from oppidum.publishing import papers, persons

        papers.register()
        persons.register()
