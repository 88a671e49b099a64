"""What an officer can do to the file itself, beside the acts of its flow: correct its answers, make two of it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.corrections.correcting import correctable
from oppidum.cases.corrections.splitting import is_splittable
from oppidum.cases.declaration.recorded import CLOSED_TOO
from oppidum.cases.histories import CaseFile
from oppidum.communes.documents import keeps_relations
from oppidum.web.portal.offered import is_of_communes


@dataclass(frozen=True)
class FileAct:
    """A link beside the actions: its words, its page, its icon."""

    label: str
    href: str
    icon: str


def file_acts(found: CaseFile, officer: Any) -> list[FileAct]:
    """The pages that are of use to this officer, on the case as it stands."""
    code = found.case.code
    acts = []
    if may_correct(found, officer):
        acts.append(FileAct(_("Correct the answers"), reverse("desk:correct", args=[code]), "pencil"))
    if may_split(found, officer):
        acts.append(FileAct(_("Make two cases of it"), reverse("desk:split", args=[code]), "split"))
    if is_of_communes(found.service) and keeps_relations(officer):
        acts.append(FileAct(_("Share a document with the communes"), reverse("communes:shared"), "upload"))
    return acts


def may_split(found: CaseFile, officer: Any) -> bool:
    """By right, where the case holds something that can go, and its service says so."""
    return bool("act" in found.rights and is_splittable(found.service, found.standing))


def may_correct(found: CaseFile, officer: Any) -> bool:
    """By right, by where the case stands, and where there is an answer to correct."""
    open_ = found.standing.is_open or CLOSED_TOO in found.rights
    asked = open_ and "act" in found.rights and found.standing.forgotten_on is None
    return bool(asked and correctable(found.service, found.case.filed_category, found.rights))
