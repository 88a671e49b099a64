"""One act on hundreds: choose, fill in, see what it will come to, confirm; each refusal is explained.

The selection travels as "id:version" pairs: a case on which somebody acted since the preview is refused and told, not run over.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases import inbox
from oppidum.cases.acting import Outcome
from oppidum.cases.declaration import Action, get_service
from oppidum.cases.filters import Filter
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.previewing import foresee
from oppidum.cases.repeating import act_once
from oppidum.cases.rules.standing import Command
from oppidum.core.errors import InvalidForm, NotFound
from oppidum.people.models import Officer
from oppidum.web.desk.entry import officers_only
from oppidum.web.desk.forms import ActForm, draw_form

MOST_CASES = 5000
LISTED_CODES = 200
RESULT = "bulk_result"
_PAIR = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")


@officers_only
@require_POST
def page(request: HttpRequest):
    """Each step of the way is this page again, with the selection in it, until it is confirmed."""
    wanted = Filter.parse(QueryDict(request.POST.get("filter", "")))
    pairs = selected(request, wanted)
    rows = inbox.read_rows(request.user, [case_id for case_id, _version in pairs])
    pairs = [(case_id, version) for case_id, version in pairs if case_id in rows]
    action = find_action(request.POST.get("action", ""), rows.values())
    context = {
        "wanted": wanted,
        "query": wanted.query(),
        "count": len(pairs),
        "action": action,
        "cases": ",".join(f"{case_id}:{version}" for case_id, version in pairs),
        "too_many": len(pairs) > MOST_CASES,
        "back": f"{reverse('desk:inbox')}?{wanted.query()}",
        "sample": [rows[case_id] for case_id, _version in pairs[:5]],
    }
    if not pairs or action is None or context["too_many"]:
        return render(request, "desk/bulk.html", context, status=422)
    stage = request.POST.get("stage", "" if action.demands else "preview")
    if stage not in ("preview", "confirm"):
        return render(request, "desk/bulk.html", context | {"form": form_of(request.user, action, request.POST, rows.values())})
    try:
        commands = commands_for(request, action, pairs, rows)
    except InvalidForm as wrong:
        context["form"] = form_of(request.user, action, request.POST, rows.values(), wrong)
        return render(request, "desk/bulk.html", context, status=422)
    if stage == "confirm":
        request.session[RESULT] = summary(action, act_once(request.user.pk, commands), rows) | {"back": context["back"]}
        return redirect("desk:bulk-done")
    foreseen = summary(action, foresee(commands), rows)
    context |= {"foreseen": foreseen, "form": form_of(request.user, action, request.POST, rows.values())}
    return render(request, "desk/bulk.html", context)


@officers_only
@require_safe
def done(request: HttpRequest):
    """What the last act on a selection came to; to be looked at again without doing it again."""
    result = request.session.get(RESULT)
    if not result:
        return redirect("desk:inbox")
    return render(request, "desk/bulk_done.html", {"result": result})


def selected(request: HttpRequest, wanted: Filter) -> list[tuple[int, int]]:
    """The (case id, version) pairs meant: those carried on, the whole filter, or the boxes ticked."""
    if request.POST.get("cases"):
        return [(int(case_id), int(version)) for case_id, version in _PAIR.findall(request.POST["cases"])][: MOST_CASES + 1]
    if request.POST.get("all") == "1":
        return inbox.selection(request.user, wanted, MOST_CASES + 1)
    ids = [int(text) for text in request.POST.getlist("case") if text.isascii() and text.isdigit() and len(text) < 19]
    rows = inbox.read_rows(request.user, ids)
    return [(case_id, rows[case_id].version) for case_id in dict.fromkeys(ids) if case_id in rows]


def find_action(name: str, rows: Iterable[inbox.Row]) -> Action | None:
    """The action, if it makes sense on a selection of those cases."""
    for code in {row.service for row in rows}:
        action = get_service(code).flow.actions.get(name)
        if action and action.bulk and not {"resident", "system"} >= set(action.by):
            return action
    return None


def form_of(officer: Officer, action: Action, raw: Any, rows: Iterable[inbox.Row], errors: InvalidForm | None = None) -> ActForm:
    """The action's form; standard answers are offered when all cases are of one category."""
    listed = list(rows)
    categories = {row.category for row in listed}
    return draw_form(
        get_service(listed[0].service),
        action,
        raw,
        category=categories.pop() if len(categories) == 1 else "",
        errors=errors,
        viewer=officer,
    )


def commands_for(
    request: HttpRequest, action: Action, pairs: Sequence[tuple[int, int]], rows: dict[int, inbox.Row]
) -> list[tuple[int, Command]]:
    """A command for each case: prepared once a service, carrying each case's own version."""
    actor, prepared, commands = actor_of(request.user), {}, []
    for case_id, version in pairs:
        service = rows[case_id].service
        if service not in prepared:
            if action.name not in get_service(service).flow.actions:
                raise NotFound()
            prepared[service] = prepare(get_service(service), action.name, request.POST.dict(), actor)
        commands.append((case_id, prepared[service]._replace(seen=version)))
    return commands


def summary(action: Action, outcomes: Sequence[Outcome], rows: dict[int, inbox.Row]) -> dict[str, Any]:
    """How many move, and for the others why not, by reason; plain values, for they are kept in the session."""
    refused: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.refusal:
            refused[reason_of(outcome, rows)].append(rows[outcome.case_id].code)
    moved = sum(1 for outcome in outcomes if outcome.standing)
    return {
        "action": action.name,
        "label": str(action.label),
        "total": len(outcomes),
        "moved": moved,
        "refused_count": len(outcomes) - moved,
        "refused": [
            {"reason": reason, "count": len(codes), "codes": codes[:LISTED_CODES]}
            for reason, codes in sorted(refused.items(), key=lambda item: -len(item[1]))
        ],
    }


def reason_of(outcome: Outcome, rows: dict[int, inbox.Row]) -> str:
    """The refusal in words, with the step where the case stands when that is the reason."""
    if outcome.refusal.code == "not-now":
        return _("“%(step)s”: this is not possible at that step.") % {"step": rows[outcome.case_id].step_label}
    return str(outcome.refusal)
