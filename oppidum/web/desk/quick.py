"""A contact logged in seconds (accueil): one screen, a key for what it is about, some letters of the commune, Enter.

Works for every service that declares itself `quick`. The form is plain: without scripts Tab, arrows and Enter do the same.
"""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oppidum.cases.declaration import Service, catalogue, get_service
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Case
from oppidum.cases.preparing import actor_of
from oppidum.cases.searching.wording import flatten
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.people.models import Right
from oppidum.territory.models import Commune
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.desk.filing import WAYS

SHOWN = 12
KEYS = {"front_desk": "s", "phone": "t", "email": "m", "letter": "l"}


@dataclass(frozen=True)
class Given:
    """What was typed: the answer, letters of a commune, the way; `key` makes a second press harmless."""

    about: str = ""
    commune: str = ""
    way: str = ""
    key: str = ""


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The screen; on Enter the contact stands in today's list, and the screen is ready for the next one."""
    require_right(request, Right.INTAKE, Right.ACT)
    service = catalogue().get(code)
    if service is None or service.quick is None:
        raise NotFound()
    usual = request.session.get(f"quick-way-{code}", service.quick.ways[0])
    if request.method != "POST":
        return _show(request, service, Given(way=usual, key=uuid4().hex))
    given = Given(*(request.POST.get(name, "").strip()[:80] for name in ("about", "commune", "way", "key")))
    options = service.form[service.quick.asks].options
    found = find_communes(given.commune) if given.commune else []
    faults = []
    if given.about not in options:
        faults.append(("about", _("Press the key of a subject.")))
    if given.way not in service.quick.ways:
        faults.append(("way", _("Choose one of the answers offered.")))
    if given.commune and len(found) != 1:
        few = ", ".join(commune.name for commune in found[:5])
        says = (
            _("Several communes begin so: %(few)s. Type on.") % {"few": few}
            if found
            else _("No commune of the authority begins so.")
        )
        faults.append(("commune", says))
    if faults:
        return _show(request, service, given, faults, 422)
    raw = {service.quick.asks: given.about, **service.quick.sets}
    commune = found[0].code if found else ""
    key = f"quick:{given.key}" if given.key else None
    file_case(prepare_case(service, raw, channel=given.way, commune=commune, actor=actor_of(request.user), key=key))
    request.session[f"quick-way-{code}"] = given.way
    said = {"subject": options[given.about], "where": found[0].name if found else _("no commune")}
    messages.success(request, _("Logged: %(subject)s, %(where)s.") % said)
    return redirect("desk:quick", code)


def find_communes(typed: str) -> list[Commune]:
    """The communes that the letters begin: the one that is called so, else those whose name, or a word of it, begins so."""
    letters = _plain(typed)
    named = [(_plain(commune.name), commune) for commune in Commune.objects.members().only("code", "name").order_by("name")]
    exact = [commune for name, commune in named if name == letters]
    begun = [commune for name, commune in named if name.startswith(letters)]
    return exact or begun or [commune for name, commune in named if any(word.startswith(letters) for word in name.split())]


def _plain(name: str) -> str:
    return " ".join(flatten(name).replace("-", " ").replace("'", " ").replace("’", " ").split())


def _show(request: HttpRequest, service: type[Service], given: Given, faults=(), status: int = 200) -> HttpResponse:
    question, quick = service.form[service.quick.asks], service.quick
    todays = _todays(request, service)
    context = {
        "service": service,
        "given": given,
        "faults": dict(faults),
        "errors": faults,
        "label": question.label,
        "options": [(str(n), value, label) for n, (value, label) in enumerate(question.options.items(), 1)],
        "ways": [(KEYS[way], way, WAYS[way]) for way in quick.ways],
        "communes": Commune.objects.members().order_by("name").values_list("name", flat=True),
        "count": todays.count(),
        "todays": [_line(case) for case in todays[:SHOWN]],
    }
    return render(request, "desk/quick.html", context, status=status)


def _todays(request: HttpRequest, service: type[Service]):
    seen = Case.objects.visible_to(request.user).filter(service=service.code, channel__in=service.quick.ways)
    since = clock.midnight(clock.today())
    return seen.filter(filed_at__gte=since).select_related("commune").defer("search", "commune__outline").order_by("-pk")


def _line(case: Case) -> dict[str, Any]:
    service = get_service(case.service, case.definition)
    asks = catalogue()[case.service].quick.asks
    answer = case.answers.get(asks, "")
    question = service.form.get(asks)
    return {"case": case, "subject": question.show(answer) if question else answer, "way": WAYS.get(case.channel, case.channel)}
