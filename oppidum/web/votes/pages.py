"""Votes as everybody sees them: which are coming, open and over; one of them with its projects, its ballot or its result."""

import random
from collections.abc import Iterable
from typing import Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oppidum.cases.contests import list_calls
from oppidum.cases.declaration.expressions import euros
from oppidum.core.errors import NotFound
from oppidum.territory.models import Commune
from oppidum.voting.casting import has_voted, voter_of
from oppidum.voting.counting import published
from oppidum.voting.marks import PROPOSAL
from oppidum.voting.models import Turnout
from oppidum.voting.polls import Poll, Project, find_poll, list_polls, list_projects
from oppidum.voting.recount import recount
from oppidum.web.portal.my_reports import known_email
from oppidum.web.portal.public_map import commune_names


@require_safe
def overview(request):
    """Every vote and call for projects that was opened."""
    return render(request, "votes/list.html", {"polls": [(one, euros(one.budget_cents)) for one in list_polls()]})


@require_safe
@never_cache
def vote(request, name: str):
    """The projects; while the vote is open the ballot, afterwards the result."""
    return render(request, "votes/vote.html", vote_context(request, get_poll(name)))


def get_poll(name: str) -> Poll:
    """The vote of that public id. Raises `NotFound`."""
    poll = find_poll(name)
    if poll is None:
        raise NotFound()
    return poll


def vote_context(request, poll: Poll, **more: Any) -> dict[str, Any]:
    """What the page of a vote shows to this visitor."""
    email = known_email(request) if poll.is_open() else ""
    projects = list_projects(poll)
    context = {
        "poll": poll,
        "budget": euros(poll.budget_cents),
        "is_open": poll.is_open(),
        "can_propose": any(call.code == poll.code for call in list_calls(PROPOSAL.service)),
        "proposes": PROPOSAL.code,
        "email": email,
        "has_voted": bool(email) and has_voted(poll, email),
        "rows": rows_of(projects),
        "turnout": Turnout.objects.filter(vote=poll.case_id).count() if poll.is_open() else 0,
        **more,
    }
    if email and not context["has_voted"]:
        context["options"] = options_of(projects, voter_of(poll, email))
        context["communes"] = [("", _("Choose")), *Commune.objects.order_by("name").values_list("pk", "name")]
    if poll.step in ("counted", "proclaimed") and (data := published(poll)):
        context |= {"counted": data, "faults": recount(data).faults, "most": max((one.votes or 0 for one in projects), default=0)}
    return context


def rows_of(projects: Iterable[Project]) -> list[tuple[Project, str, str]]:
    """Each project with its cost and its commune in words."""
    communes = commune_names()
    return [(one, euros(one.cost_cents), communes.get(one.commune, "")) for one in projects]


def options_of(projects: Iterable[Project], seed: str) -> list[tuple[str, str, str]]:
    """The ballot: the projects in another order for each voter, always the same for one, so that none has the best place."""
    shown = list(projects)
    random.Random(seed).shuffle(shown)
    return [(one.public_id, one.title, f"{euros(one.cost_cents)} · {one.text}") for one in shown]
