"""An item of the agenda: its note, the text to be voted, and what follows for its case."""

from datetime import date

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oppidum.bodies.agenda import move, remove_item
from oppidum.bodies.matters import MATTERS
from oppidum.bodies.models import Item
from oppidum.bodies.waiting import Waiting, read_waiting
from oppidum.cases.models import Case
from oppidum.core.errors import Invalid, InvalidForm, Refusal
from oppidum.web.bodies.entry import State, done, find_member, get_item, get_sitting, members_of, refused, secretariat, show
from oppidum.web.desk.forms import draw_field

TEXTS = {"title": 500, "note": 20_000, "decision": 50_000, "budget_name": 120}
FOLLOWS = ("if_carried", "if_rejected", "if_adjourned")
ANSWER = "answer-"


@secretariat
@require_http_methods(["GET", "POST"])
def page(request, code: str, pk: int):
    """Read it, or write it while the letters haven't left."""
    sitting = get_sitting(code)
    item = get_item(sitting, pk=pk)
    members = members_of(sitting)
    waiting = _waiting(item)
    errors = None
    if request.method == "POST":
        try:
            _write(item, request.POST, members, waiting)
            return done(request, _("Item %(rank)d is saved.") % {"rank": item.rank}, "sitting", code)
        except InvalidForm as wrong:
            errors = wrong
    return show(
        request,
        "item",
        sitting,
        "sitting",
        422 if errors else 200,
        item=item,
        errors=errors,
        members=members,
        may_write=sitting.state == State.PREPARED,
        matters=[("", "—"), *((code, f"{code} {name}") for code, name in MATTERS.items())],
        follows=_follows(item, waiting),
        demands=_demands(item, waiting),
        candidates="\n".join("; ".join((c["name"], c.get("born_on", ""))).rstrip("; ") for c in item.candidates),
    )


def _waiting(item: Item) -> Waiting | None:
    if item.case_id is None:
        return None
    return next(iter(read_waiting(item.sitting.body, [Case.objects.get(pk=item.case_id)])), None)


def _follows(item: Item, waiting: Waiting | None) -> list[dict]:
    """For each outcome, the actions that the flow offers to the body."""
    if waiting is None:
        return []
    choices = [("", _("nothing: the case waits again")), *waiting.choices()]
    labels = (_("If it is adopted"), _("If it is rejected"), _("If it is adjourned"))
    return [
        {"name": n, "label": label, "value": getattr(item, n), "choices": choices} for n, label in zip(FOLLOWS, labels, strict=True)
    ]


def _demands(item: Item, waiting: Waiting | None) -> list[dict]:
    """What the action asks for when the item is adopted, as fields."""
    action = next((a for a in waiting.actions if a.name == item.if_carried), None) if waiting else None
    if action is None:
        return []
    return [draw_field(f"{ANSWER}{name}", field, item.answers.get(name, "")) for name, field in action.demands.items()]


def _write(item: Item, raw, members, waiting: Waiting | None) -> None:
    if item.sitting.state != State.PREPARED:
        raise InvalidForm([Invalid(_("The letters have left: the agenda can no longer be changed."), field="title")])
    faults = []
    for name, longest in TEXTS.items():
        text = raw.get(name, "").replace("\r\n", "\n").strip()
        setattr(item, name, text[:longest])
    if not item.title:
        faults.append(Invalid(_("Give the item a title."), field="title"))
    item.matter = raw.get("matter", "") if raw.get("matter", "") in MATTERS else ""
    item.budget_year = raw.get("budget_year", "").strip()[:9]
    for name in ("is_individual", "needs_sending", "needs_president_out"):
        setattr(item, name, bool(raw.get(name)))
    item.rapporteur = find_member(members, raw.get("rapporteur", ""))
    if raw.get("rapporteur", "").strip() and item.rapporteur is None:
        faults.append(Invalid(_("Choose the rapporteur among the members."), field="rapporteur"))
    if waiting is not None:
        names = {name for name, _label in waiting.choices()}
        for name in FOLLOWS:
            setattr(item, name, raw.get(name, "") if raw.get(name, "") in names else "")
        item.answers = {key.removeprefix(ANSWER): raw[key] for key in raw if key.startswith(ANSWER) and raw[key]}
    if item.kind == Item.Kind.NOMINATION:
        faults += _read_candidates(item, raw.get("candidates", ""))
    if faults:
        raise InvalidForm(faults)
    item.save()


def _read_candidates(item: Item, text: str) -> list[Invalid]:
    """One a line: the name, and after a semicolon the day of birth, which decides between equals."""
    found = []
    for line in text.splitlines():
        name, _sep, born = (part.strip() for part in line.partition(";"))
        if not name:
            continue
        try:
            found.append({"name": name[:160], "born_on": date.fromisoformat(born).isoformat() if born else ""})
        except ValueError:
            return [Invalid(_("Write the day of birth like 1964-01-31."), field="candidates")]
    item.candidates = found
    return []


@secretariat
@require_POST
def move_it(request, code: str, pk: int):
    """Up or down in the order of business, by as many places as `by` says."""
    try:
        by = int(request.POST.get("by", "0"))
        move(get_item(get_sitting(code), pk=pk), max(-500, min(500, by)))
    except ValueError:
        pass
    except Refusal as refusal:
        return refused(request, refusal, "sitting", code)
    return done(request, _("The order of business is changed."), "sitting", code)


@secretariat
@require_POST
def remove(request, code: str, pk: int):
    """Off the agenda; a case waits again."""
    try:
        remove_item(get_item(get_sitting(code), pk=pk))
    except Refusal as refusal:
        return refused(request, refusal, "sitting", code)
    return done(request, _("The item is off the agenda."), "sitting", code)
