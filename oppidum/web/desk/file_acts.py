"""What an officer can do to the file itself, beside the acts of its flow: correct its answers."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.correcting import correctable
from oppidum.cases.histories import CaseFile
from oppidum.cases.rules.decide import CLOSED_TOO


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
    return acts


def may_correct(found: CaseFile, officer: Any) -> bool:
    """By right, by where the case stands, and where there is an answer to correct."""
    open_ = found.standing.is_open or officer.may(CLOSED_TOO)
    asked = open_ and officer.may("act") and found.standing.forgotten_on is None
    return bool(asked and correctable(found.service, found.case.filed_category, officer.rights))
