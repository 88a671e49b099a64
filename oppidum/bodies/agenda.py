"""The agenda (ordre du jour): cases gathered from every service, free items, their order and their explanatory notes."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from oppidum.bodies.errors import WrongState
from oppidum.bodies.models import Item, Sitting
from oppidum.bodies.waiting import Waiting, list_waiting
from oppidum.cases.declaration import clean_form, get_service
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.people.models import Officer

# Answers of a case that fill the item, where its service asks for them; else the item is named after the service.
FILLING = ("title", "note", "decision", "matter", "budget_year", "budget_name")
LONGEST_NOTE = 8000


def gather(sitting: Sitting, officer: Officer) -> list[Item]:
    """Put every case that waits for the body on the agenda, after what is there: one statement for all of them."""
    return add_cases(sitting, list_waiting(sitting.body, officer))


def add_cases(sitting: Sitting, waiting: Sequence[Waiting]) -> list[Item]:
    """Put these cases on the agenda. One that another agenda took meanwhile is left out."""
    _changeable(sitting)
    with transaction.atomic():
        first = _next_rank(sitting)
        items = [item_of(sitting, one, first + number) for number, one in enumerate(waiting)]
        Item.objects.bulk_create(items, ignore_conflicts=True)
        added = sitting.items.filter(rank__gte=first)
    return list(added)


def item_of(sitting: Sitting, one: Waiting, rank: int) -> Item:
    """A case as an item: what the body decides leads to the first of its actions when carried, the second when rejected,
    the third when adjourned; the agenda's page may say otherwise."""
    told = {name: value for name in FILLING if isinstance(value := one.case.answers.get(name), str) and value}
    if one.opinion is not None:
        names = ["favourable", "unfavourable", ""] if "unfavourable" in one.opinion.options else [*one.opinion.options, ""]
    else:
        names = [action.name for action in one.actions] + ["", "", ""]
    return Item(
        sitting=sitting,
        rank=rank,
        case=one.case,
        title=told.pop("title", f"{one.service.name}: {one.case.code}")[:500],
        note=told.pop("note", note_of(one))[:LONGEST_NOTE],
        series=one.actions[0].sets.get("series", "") if one.actions else "",
        opinion=one.opinion.name if one.opinion else "",
        if_carried=names[0],
        if_rejected=names[1],
        if_adjourned=names[2],
        answers=offered_answers(one),
        **told,
    )


def offered_answers(one: Waiting) -> dict[str, str]:
    """What is known already of what the first action demands: a question's `prefill` names the fact (the amount proposed)."""
    if not one.actions:
        return {}
    known = {**one.case.answers, **one.standing.facts}
    demands = one.actions[0].demands.items()
    return {name: field.show(known[field.prefill]) for name, field in demands if known.get(field.prefill) not in (None, "")}


def note_of(one: Waiting) -> str:
    """The first draft of the explanatory note: the words of the request and every answer that isn't private."""
    lines = [one.case.words] if one.case.words else []
    for name, field in one.service.form.items():
        value = one.case.answers.get(name)
        if value not in (None, "", []) and not field.private and name not in FILLING:
            lines.append(_("%(question)s: %(answer)s") % {"question": field.label, "answer": field.show(value)})
    return "\n".join(lines)


def add_item(sitting: Sitting, title: str, **words: Any) -> Item:
    """A free item, at the end."""
    _changeable(sitting)
    if not title.strip():
        raise Invalid(_("Give the item a title."), field="title")
    return Item.objects.create(sitting=sitting, rank=_next_rank(sitting), title=title.strip()[:500], **words)


def remove_item(item: Item) -> None:
    """Take an item off the agenda: the case waits again for the next one."""
    _changeable(item.sitting)
    item.delete()


def order(sitting: Sitting, item_ids: Sequence[int]) -> None:
    """Set the order of business: these items first, in this order, then those that aren't named."""
    _changeable(sitting)
    items = {item.pk: item for item in sitting.items.all()}
    named = [items.pop(pk) for pk in item_ids if pk in items]
    for rank, item in enumerate([*named, *items.values()], start=1):
        item.rank = rank
    Item.objects.bulk_update([*named, *items.values()], ["rank"])


def move(item: Item, by: int) -> None:
    """Move an item up (negative) or down in the order of business."""
    ids = list(item.sitting.items.values_list("pk", flat=True))
    place = ids.index(item.pk)
    ids.insert(max(0, place + by), ids.pop(place))
    order(item.sitting, ids)


def faults_of(item: Item) -> list[str]:
    """What an item lacks before it may be sent to the members: what becomes an act is voted on with its note (CGCT, art. L2121-12)."""
    faults, makes_act = [], sitting_makes_acts(item.sitting) and item.kind in (Item.Kind.VOTE, Item.Kind.NOMINATION)
    if makes_act and not item.note.strip():
        faults.append(_("an explanatory note"))
    if makes_act and item.kind == Item.Kind.VOTE and not item.decision.strip():
        faults.append(_("the text of the decision"))
    if item.kind == Item.Kind.NOMINATION and not item.candidates:
        faults.append(_("the candidates"))
    return faults + [str(label) for label in unanswered(item)]


def unanswered(item: Item) -> list[Any]:
    """The questions of the action that follows when it is carried, which have no sound answer yet."""
    if not (item.case_id and item.if_carried) or item.opinion:
        return []
    demands = get_service(item.case.service).flow.actions[item.if_carried].demands
    try:
        clean_form(demands, item.answers, clock.today())
    except InvalidForm as wrong:
        return [demands[fault.field].label for fault in wrong.errors if fault.field in demands]
    return []


def sitting_makes_acts(sitting: Sitting) -> bool:
    """Whether what is carried becomes a numbered act; else the body gives opinions."""
    return bool(sitting.body.series)


def _changeable(sitting: Sitting) -> None:
    """After the letters left the agenda can't grow: what isn't on it can't be decided."""
    if sitting.state != Sitting.State.PREPARED:
        raise WrongState(_("The members have been convened with this agenda: it can no longer be changed."))


def _next_rank(sitting: Sitting) -> int:
    return (sitting.items.aggregate(last=Max("rank"))["last"] or 0) + 1
