"""Documents shared with the communes: with one, or with all. A commune reads its own and everybody's."""

from typing import BinaryIO

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from oppidum.cases.declaration import DOCUMENTS, SHEETS, Files
from oppidum.cases.files.attachments import save_upload
from oppidum.communes.marks import RELATIONS
from oppidum.communes.models import Document
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.people.models import Officer, Remit, Right
from oppidum.territory.models import Commune

FILE = Files(_("Document"), accept=DOCUMENTS + SHEETS, most=1)
LONGEST_TITLE = 200


def shared_with(commune: Commune) -> QuerySet[Document]:
    """What this commune may read, newest first."""
    return Document.objects.filter(Q(commune=commune) | Q(commune=None)).select_related("attachment")


def keeps_relations(officer: Officer) -> bool:
    """Whether the officer shares documents with the communes: of a team that answers them, or who sets the house up."""
    if officer.is_of_commune:
        return False
    if officer.may(Right.SETUP):
        return True
    return officer.may(Right.ACT) and Remit.objects.filter(service=RELATIONS.code, team__officers=officer).exists()


def share(title: str, commune: Commune | None, file: BinaryIO | None, name: str, officer: Officer) -> Document:
    """Keep a document for a commune, or for all. Raises `Invalid`; who may was asked before."""
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(_("Write a title of at most %(longest)d characters.") % {"longest": LONGEST_TITLE}, field="title")
    if file is None:
        raise Invalid(_("Choose the file to share."), field="file")
    held = save_upload(file, name, FILE, clock.now())
    return Document.objects.create(commune=commune, title=title, attachment=held, shared_at=clock.now(), shared_by=officer)
