"""Starting a rehearsal: from a form with the few things that people change, from an example, or from a scenario of one's own."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.bookings.models import Resource
from oppidum.cases.declaration import catalogue
from oppidum.core.errors import Refusal
from oppidum.people.models import Right, Team
from oppidum.rehearsal.replay.declaring import as_lines
from oppidum.rehearsal.replay.plan import BadPlan, Plan
from oppidum.rehearsal.replay.spells import KINDS
from oppidum.rehearsal.whatif import keeping
from oppidum.rehearsal.whatif.alone import start_alone
from oppidum.rehearsal.whatif.scenario import EXAMPLES, LARGEST_BYTES, BadScenario
from oppidum.web.desk.entry import officers_only, require_right

SCALES = ("0.01", "0.1", "0.5", "1")
_NUMBER = re.compile(r"-?\d{1,4}([.,]\d{1,3})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, or the scenario that it makes: started at once, or shown again with all its faults."""
    require_right(request, Right.SETUP)
    if request.method != "POST":
        example = EXAMPLES / f"{request.GET.get('example', '')}.toml"
        text = example.read_text(encoding="utf-8") if example in set(EXAMPLES.glob("*.toml")) else ""
        return _page(request, text, QueryDict())
    if request.POST.get("stage") == "alone":
        return _alone(request)
    text = _text_of(request)
    if request.POST.get("stage") == "write":
        return _page(request, text, request.POST, [])
    try:
        kept = keeping.start(text, str(request.user), (get_language() or "fr")[:2])
    except BadScenario as wrong:
        return _page(request, text, request.POST, wrong.faults, 422)
    except Refusal as wrong:
        return _page(request, text, request.POST, [str(wrong)], wrong.status)
    return redirect("rehearsing:page", kept.name)


def _alone(request: HttpRequest) -> HttpResponse:
    """The year as it is, without a change: to be looked at, or compared with another."""
    given = request.POST
    services = frozenset(filter(None, [given.get("service", "")]))
    plan = Plan(
        int(_number(given, "year") or 2023), float(_number(given, "scale") or 0.1), int(_number(given, "seed") or 1), services
    )
    try:
        start_alone(plan, str(request.user))
    except BadPlan as wrong:
        return _page(request, "", given, [str(wrong)], 422)
    except Refusal as wrong:
        return _page(request, "", given, [str(wrong)], wrong.status)
    return redirect("rehearsing:home")


def _page(request: HttpRequest, text: str, typed: QueryDict, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    rehearsed = sorted(
        ((code, str(one.name)) for code, one in catalogue().items() if one.rehearsal), key=lambda pair: pair[1].casefold()
    )
    return render(
        request,
        "rehearsing/new.html",
        {
            "text": text,
            "typed": typed.dict(),
            "faults": faults or [],
            "services": [("", _("all services")), *rehearsed],
            "volumes": [("", "—"), *rehearsed],
            "teams": [("", "—"), *Team.objects.filter(is_active=True).order_by("name").values_list("code", "name")],
            "resources": [("", "—"), *Resource.objects.filter(is_active=True, by=Resource.By.SLOTS).values_list("code", "name")],
            "kinds": [("", "—"), *((kind, _spells()[kind]) for kind in KINDS)],
            "scales": [(one, one.replace(".", ",")) for one in SCALES],
            "examples": sorted(path.stem for path in EXAMPLES.glob("*.toml")),
            "free": keeping.free_gb(),
        },
        status=status,
    )


def _spells() -> dict[str, str]:
    return {"rain": _("Rain"), "heat": _("A heat wave"), "strike": _("A strike")}


def _text_of(request: HttpRequest) -> str:
    """The scenario that was uploaded, else pasted, else made of the form's fields."""
    upload = request.FILES.get("file")
    if upload is not None:
        return upload.read(LARGEST_BYTES + 1).decode("utf-8", errors="replace")
    if pasted := request.POST.get("text", "").strip():
        return pasted.replace("\r\n", "\n") + "\n"
    return "\n".join(_lines(request.POST)) + "\n"


def _lines(given: QueryDict) -> Iterator[str]:
    """The form's fields as a scenario. What is wrong in them is found by reading it, like any other scenario."""
    title = given.get("title", "").strip()[:120] or _("A change")
    yield from as_lines({"name": _name(title), "title": title, "question": given.get("question", "").strip()[:500] or title})
    yield from as_lines({"scale": _number(given, "scale") or 0.1, "seeds": int(_number(given, "seeds") or 4)})
    if service := given.get("service"):
        yield from as_lines({"services": [service]})
    for part, name, amount in (
        ("crews", "team", "crews"),
        ("volumes", "volume_of", "volume"),
        ("officers", "officers_of", "officers"),
    ):
        if given.get(name):
            yield from ("", f"[changes.{part}]", *as_lines({given[name]: _number(given, amount)}))
    yield from _bookings(given)
    yield from _spell(given)


def _bookings(given: QueryDict) -> Iterator[str]:
    """The resource that stops and the weekday that is added belong to the service that books such resources."""
    told: dict[str, Any] = {}
    kind = ""
    if code := given.get("without"):
        told["without"] = [code]
        kind = next(iter(Resource.objects.filter(code=code).values_list("kind", flat=True)), "")
    if given.get("weekday", "").isdigit():
        told["weekdays"] = [int(given["weekday"])]
    if given.get("capacity"):
        told["capacity"] = _number(given, "capacity")
    booked = [code for code, one in catalogue().items() if any(b.resource_kind == kind for b in one.bookings)]
    service = given.get("service") or next(iter(booked), "")
    if told and service:
        yield from ("", f"[changes.bookings.{service}]", *as_lines(told))


def _spell(given: QueryDict) -> Iterator[str]:
    if not given.get("kind"):
        return
    yield from ("", "[[changes.days]]", *as_lines({"kind": given["kind"]}))
    yield from (f"{part} = {given[part]}" for part in ("first", "last") if _DAY.fullmatch(given.get(part, "")))
    if given["kind"] == "rain":
        yield from as_lines({"mm": _number(given, "mm") or 20})
    if given["kind"] == "strike":
        yield from as_lines({"teams": [given["strikers"]] if given.get("strikers") else []})


def _number(given: QueryDict, name: str) -> float | int:
    """What was written, with a comma or a point; 0 for what is no number, which the scenario then refuses by its own words."""
    text = given.get(name, "").strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        return 0
    value = float(text.replace(",", "."))
    return int(value) if value == int(value) else value


def _name(title: str) -> str:
    return re.sub(r"^[^a-z]+", "", slugify(title))[:50].strip("-") or "scenario"
