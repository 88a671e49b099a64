"""An incomplete file (CRPA, art. L114-5): which papers are missing and by when, their coming, and a file that nobody completes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import DOCUMENTS, Action, Bullets, Choice, Day, Files, Letter, Move, Paragraph, Step, step

SUSPENDED = _("Send them by {papers_by}, from the page of your request or by post. Until then the time for our answer is suspended (CRPA, art. L114-5).")


def ask_papers(papers: Mapping[str, Any], **of_the_day: Any) -> Action:
    """Ask for missing papers, among `papers`, by a day. `of_the_day`: what else is said of that question (`fact=True`)."""
    return Action("ask_papers", _("Ask for missing papers"), by="act", letter="papers", demands={
        "papers_missing": Choice(_("Which papers are missing?"), papers, many=True, required=True),
        "papers_by": Day(_("To be sent by"), earliest=1, required=True, **of_the_day),
    })


def papers_in(**of_the_files: Any) -> Action:
    """Send the missing papers. `of_the_files`: what else is said of that question (`required=True`, `private=True`)."""
    return Action("papers_in", _("Send the missing papers"), by=("resident", "act"), demands={
        "papers_more": Files(_("The missing papers"), accept=DOCUMENTS, most=12, **of_the_files),
    })


abandon = Action("abandon", _("Closed: the papers were not sent"), by="system")


def incomplete(*moves: Move, waits: int = 60) -> Step:
    """The step in which the papers are waited for, so many days at most."""
    return step("incomplete", *moves, waits=waits, then="abandon", pauses=True,
                label=_("Papers missing"), says=_("Papers are missing: send them from this page."))


SUBJECT = _("papers missing in your request {code}")
LACKS = _("Your request of {received_on} lacks papers that are needed to examine it.")


def papers_letter(*more: Paragraph, subject: Any = SUBJECT, lacks: Any = LACKS) -> Letter:
    """The letter that lists them; `more` stands below."""
    return Letter("papers", kind="papers", subject=subject, body=(lacks, Bullets("papers_missing", title=_("Please send us:")), SUSPENDED, *more))
