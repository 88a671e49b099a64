import importlib

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "oppidum.figures"

    def ready(self) -> None:
        """The evidence of a declared figure belongs to no case, and stays; accounts are read by `oppidum import accounts`."""
        from oppidum.cases.files.attachments import HOLDERS
        from oppidum.figures.accounts.commands import run
        from oppidum.figures.models import Entry

        HOLDERS.append(lambda: Entry.objects.exclude(evidence=None).values("evidence_id"))
        importlib.import_module("oppidum.cases.management.commands.import").MORE["accounts"] = run
