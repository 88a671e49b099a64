from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "oppidum.figures"

    def ready(self) -> None:
        """The evidence of a declared figure belongs to no case, and stays."""
        from oppidum.cases.attachments import HOLDERS
        from oppidum.figures.models import Entry

        HOLDERS.append(lambda: Entry.objects.exclude(evidence=None).values("evidence_id"))
