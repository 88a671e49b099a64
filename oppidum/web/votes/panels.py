"""What the desk shows beside a call for projects: where its projects stand, how many voted, never what they voted before the count."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.histories import CaseFile
from oppidum.cases.models import Link
from oppidum.people.models import Officer
from oppidum.voting.marks import PROPOSAL, VOTE
from oppidum.voting.models import Turnout
from oppidum.voting.polls import find_poll_of
from oppidum.web.desk.panels import Panel


def poll_panel(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    if found.service.code != VOTE.code or (poll := find_poll_of(found.case.pk)) is None:
        return
    steps = Counter(Link.objects.filter(other=found.case, case__service=PROPOSAL.code).values_list("case__live__step", flat=True))
    labels = PROPOSAL.service.flow.steps
    yield Panel(
        "poll",
        _("Projects and vote"),
        {
            "poll": poll,
            "projects": [(labels[step].label, steps[step]) for step in labels if steps[step]],
            "voters": Turnout.objects.filter(vote=found.case).count(),
            "page": reverse("votes:vote", args=[poll.public_id]),
        },
    )
