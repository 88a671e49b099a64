"""The result for whoever wants to count again: every ballot, one's own by its code, the file, and the program that counts it."""

import inspect

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.core.errors import NotFound
from oppidum.core.streaming import csv_lines
from oppidum.voting import recount
from oppidum.voting.counting import published
from oppidum.voting.errors import NoSuchBallot
from oppidum.voting.polls import Poll
from oppidum.web.votes.pages import get_poll

SIZE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ballots_page(request, name: str):
    """All ballots by their receipts; with a code, one's own. The code goes nowhere: it is turned into its receipt, and forgotten."""
    poll, data = _counted(name)
    titles = {one["id"]: one["title"] for one in data["projects"]}
    context = {"poll": poll, "code": "", "faults": {}, "own": None}
    if request.method == "POST":
        context["code"] = request.POST.get("code", "")[:60]
        context["own"] = recount.find_ballot(data, context["code"])
        context["receipt"] = recount.receipt_of(data["vote"], context["code"])
        if context["own"] is None:
            context["faults"] = {"code": str(NoSuchBallot())}
    page = Paginator(data["ballots"], SIZE).get_page(request.GET.get("page"))
    context["page"] = page
    context["lines"] = [(one["receipt"], [titles.get(choice, choice) for choice in one["choices"]]) for one in page]
    return render(request, "votes/ballots.html", context, status=422 if context["faults"] else 200)


@require_safe
def ballots_json(request, name: str):
    """The file that `recount.py` reads."""
    poll, data = _counted(name)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="vote-{poll.public_id}.json"'
    return response


@require_safe
def ballots_csv(request, name: str):
    """A line a ballot, a column a project: for a spreadsheet."""
    poll, data = _counted(name)
    projects = data["projects"]
    rows = [[pgettext("ballot", "Receipt"), *(one["title"] for one in projects)]]
    rows += [[one["receipt"], *("1" if p["id"] in one["choices"] else "" for p in projects)] for one in data["ballots"]]
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="vote-{poll.public_id}.csv"'
    return response


@require_safe
def program(request):
    """The program that counts again: fifty lines of Python without anything else."""
    response = HttpResponse(inspect.getsource(recount), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recount.py"'
    return response


def _counted(name: str) -> tuple[Poll, dict]:
    poll = get_poll(name)
    data = published(poll) if poll.step in ("counted", "proclaimed") else None
    if data is None:
        raise NotFound()
    return poll, data
