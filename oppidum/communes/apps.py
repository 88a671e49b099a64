from django.apps import AppConfig


class CommunesConfig(AppConfig):
    """What a commune keeps for itself: its officers, the look of its residents' pages; and what is shared with it."""

    name = "oppidum.communes"

    def ready(self):
        from oppidum.cases.files.attachments import HOLDERS
        from oppidum.communes.models import Document

        HOLDERS.append(lambda: Document.objects.values("attachment_id"))
