"""One chapter at the desk: its Markdown, what is wrong with it by line, its page as it will be, and its way to approval."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.core.errors import NotFound, Refusal
from oppidum.people.models import Right
from oppidum.publishing.models import ReportEdition, ReportTextChange, TextState
from oppidum.publishing.report import workflow
from oppidum.publishing.report.assembling import assemble_chapter
from oppidum.publishing.report.declared import chart_plans
from oppidum.publishing.report.editions import facts_of
from oppidum.publishing.report.outline import chapter_plans, theme_title
from oppidum.web.report.entry import language, writers
from oppidum.web.report.markup import pieces_of
from oppidum.web.report.overview import TONES, asked_language, say_state

MOVES = ("submit", "approve", "send-back")


@writers
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, year: int, chapter: str) -> HttpResponse:
    """The editor; a POST keeps the draft, and submits it where asked."""
    code = asked_language(request)
    text = workflow.get_text(year, chapter, code)
    if request.method != "POST":
        return _show(request, year, text, text.body)
    body, number = request.POST.get("body", ""), _number(request)
    try:
        text = workflow.save(year, chapter, code, body, number, request.user)
        if "submit" in request.POST:
            text = workflow.submit(year, chapter, code, text.number, request.user)
    except workflow.TextConflict as conflict:
        return _show(request, year, conflict.theirs, body, refusal=conflict, status=409)
    except workflow.TextUnsound as unsound:
        return _show(request, year, workflow.get_text(year, chapter, code), body, refusal=unsound, status=422)
    except Refusal as refusal:
        return _show(request, year, text, body, refusal=refusal, status=refusal.status)
    messages.success(request, _("The text is submitted.") if "submit" in request.POST else _("The draft is kept."))
    return _to_text(year, chapter, code)


@writers
@require_POST
def look(request: HttpRequest, year: int, chapter: str) -> HttpResponse:
    """What the words in the editor would look like, and what is wrong with them: a fragment, nothing is kept."""
    code = asked_language(request)
    if chapter not in chapter_plans():
        raise NotFound(chapter=chapter)
    return render(request, "report/desk/_look.html", _look_of(year, chapter, code, request.POST.get("body", "")))


@writers
@require_POST
def move(request: HttpRequest, year: int, chapter: str) -> HttpResponse:
    """Submit, approve or send back without changing the words."""
    code, what, number = asked_language(request), request.POST.get("what", ""), _number(request)
    try:
        match what:
            case "submit":
                workflow.submit(year, chapter, code, number, request.user)
                said = _("The text is submitted.")
            case "approve":
                workflow.approve(year, chapter, code, number, request.user)
                said = _("The text is approved.")
            case "send-back":
                workflow.send_back(year, chapter, code, number, request.POST.get("reason", ""), request.user)
                said = _("The text is sent back to its author.")
            case _:
                raise NotFound(what=what)
        messages.success(request, said)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _to_text(year, chapter, code)


@writers
@require_safe
def history(request: HttpRequest, year: int, chapter: str) -> HttpResponse:
    """Everything that was done to a text, the newest first, each wording whole."""
    code = asked_language(request)
    text = workflow.get_text(year, chapter, code)
    changes = ReportTextChange.objects.filter(text=text.row).select_related("by").order_by("-number") if text.row else []
    context = {"year": year, "code": code, "text": text, "title": chapter_plans()[chapter].titles[language()], "changes": changes}
    return render(request, "report/desk/history.html", context)


def _show(request, year: int, text, body: str, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    plan = chapter_plans()[text.chapter]
    facts = facts_of(year, text.language, None, validated_only=False)
    themes = [
        {"name": theme, "title": theme_title(theme, language()), "figures": figures}
        for theme in plan.themes
        if (figures := [one for one in facts.figures.values() if one.theme == theme and one.directorate == plan.directorate])
    ]
    last = ReportTextChange.objects.filter(text=text.row).select_related("by").order_by("-number").first() if text.row else None
    edition = ReportEdition.objects.filter(year=year).first()
    is_closed = bool(edition and edition.is_published)
    is_mine = text.row is not None and text.row.author_id == request.user.pk
    owns = request.user.may(Right.REPORT) and not is_closed
    context = {
        "year": year,
        "code": text.language,
        "text": text,
        "body": body,
        "plan": plan,
        "title": plan.titles[language()],
        "state": say_state(text.state),
        "tone": TONES[text.state],
        "themes": themes,
        "charts": [name for name, one in chart_plans().items() if one["theme"] in plan.themes],
        "last": last,
        "refusal": refusal,
        "theirs": text.body if isinstance(refusal, workflow.TextConflict) else None,
        "is_closed": is_closed,
        "may_submit": not is_closed and text.state in (workflow.PROPOSED, TextState.DRAFT),
        "may_approve": owns and text.state == TextState.SUBMITTED and not is_mine,
        "may_send_back": owns and text.state in (TextState.SUBMITTED, TextState.APPROVED),
        "is_mine": is_mine,
    }
    context |= _look_of(year, text.chapter, text.language, body)
    return render(request, "report/desk/text.html", context, status=status)


def _look_of(year: int, chapter: str, code: str, body: str) -> dict:
    """The preview of a wording and its problems."""
    body = body[: workflow.LONGEST]
    facts = facts_of(year, code, None, validated_only=False)
    with override(code):
        made = assemble_chapter(facts, chapter_plans()[chapter], body)
        pieces = pieces_of(made.blocks, code)
    return {
        "chapter": made,
        "pieces": pieces,
        "year": year,
        "code": code,
        "problems": workflow.problems_of(body, year, facts.figures),
        "preview": True,
    }


def _number(request: HttpRequest) -> int:
    """Which wording was read."""
    asked = request.POST.get("number", "")
    return int(asked) if asked.isdigit() and len(asked) < 9 else 0


def _to_text(year: int, chapter: str, code: str) -> HttpResponse:
    answer = redirect("report-desk:text", year, chapter)
    answer["Location"] += f"?language={code}"
    return answer
