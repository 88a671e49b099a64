"""Making acts: numbered in their order without gaps, and the cases acted on, in one transaction for all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from oppidum.bodies.errors import CasesMoved, WrongState
from oppidum.bodies.models import Act, Body, Item, Member, Sitting, act_code
from oppidum.bodies.queueing import queue_acts
from oppidum.bodies.signers import Signer, ToSign, find_signer, president_of
from oppidum.bodies.waiting import Waiting, actor_of
from oppidum.bodies.watching import ACTS, SITTINGS
from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.numbering import take_numbers
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import lock_standings
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.standing import Command
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.core.watching import all_or_nothing, tell
from oppidum.people.models import Officer

Outcome = Item.Outcome
# Answers of a case that say more about its act, where its service asks for them.
TEXTS = ("title", "note", "decision", "matter", "budget_year", "budget_name")
FLAGS = ("is_individual", "needs_sending")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An act before it has its number; `words` are columns of `Act`."""

    body: Body
    series: str
    decided_on: date
    signed_by: str
    quality: str
    words: dict[str, Any] = field(default_factory=dict)


def make_acts(drafts: Sequence[Draft], by: Officer | None) -> list[Act]:
    """Number and write these acts, and queue those that go to the prefect. In the caller's transaction: undone, no number was given."""
    wanted = Counter((draft.series, draft.decided_on.year) for draft in drafts)
    # Always in the same order, so that two sittings that conclude at once wait for each other instead of deadlocking.
    following = {key: take_numbers(*key, wanted[key]) for key in sorted(wanted)}
    today, acts = clock.today(), []
    for draft in drafts:
        key = draft.series, draft.decided_on.year
        number = following[key]
        following[key] = number + 1
        acts.append(
            Act(
                series=draft.series,
                year=key[1],
                number=number,
                code=act_code(*key, number),
                body=draft.body,
                decided_on=draft.decided_on,
                signed_on=today,
                signed_by=draft.signed_by,
                quality=draft.quality,
                recorded_by=by,
                **draft.words,
            )
        )
    acts = Act.objects.bulk_create(acts)
    tell(ACTS, acts)
    queue_acts([one for one in acts if one.needs_sending])
    return acts


def conclude(sitting: Sitting, by: Officer | None = None) -> list[Act]:
    """After the sitting: its acts are signed and numbered in the order of business, and every case goes on as was decided.

    All or nothing. Raises `CasesMoved` when a case can't follow (it was withdrawn meanwhile): then no number is taken.
    """
    with all_or_nothing():
        sitting = Sitting.objects.select_for_update(of=("self",)).select_related("body").get(pk=sitting.pk)
        if sitting.state != Sitting.State.CLOSED:
            raise WrongState()
        items = list(sitting.items.select_related("case").order_by("rank", "pk"))
        # Cases before series, as the engine locks them: two that number at once wait for each other.
        lock_standings([item.case_id for item in items if item.case_id])
        signer = sitting.president or president_of(sitting.body, sitting.on)
        acts = make_acts([_draft_of(sitting, item, signer) for item in items if _makes_act(sitting, item)], by)
        codes = {made.item_id: made.code for made in acts}
        _act_on_cases(sitting.body, [(item, _command(sitting, item, codes.get(item.pk, ""))) for item in items if _action(item)])
        settled = [item.minutes_of_id for item in items if item.kind == Item.Kind.MINUTES and item.outcome == Outcome.CARRIED]
        Sitting.objects.filter(pk__in=settled).update(minutes_settled_on=sitting.on)
        sitting.items.update(concluded_at=clock.now())
        sitting.state, sitting.list_on = Sitting.State.CONCLUDED, clock.today()
        sitting.save(update_fields=["state", "list_on"])
        tell(SITTINGS, [sitting])
    return acts


def leave_out(item: Item) -> None:
    """The case of an item moved on since the vote (its applicant withdrew): the vote is without object, the others can be concluded."""
    if item.sitting.state != Sitting.State.CLOSED or item.case_id is None:
        raise WrongState()
    Item.objects.filter(pk=item.pk).update(outcome=Outcome.WITHDRAWN)


def _makes_act(sitting: Sitting, item: Item) -> bool:
    """What is carried is a numbered act of the body's series, but the minutes and what a consultative body advises."""
    voted = item.kind in (Item.Kind.VOTE, Item.Kind.NOMINATION)
    return bool(sitting.body.series) and voted and not item.opinion and item.outcome == Outcome.CARRIED


def _draft_of(sitting: Sitting, item: Item, signer: Member | None) -> Draft:
    words = {name: getattr(item, name) for name in ("title", "decision", "matter", "budget_year", "budget_name", *FLAGS)}
    return Draft(
        body=sitting.body,
        series=item.series or sitting.body.series,
        decided_on=sitting.on,
        signed_by=str(signer or sitting.body),
        quality=signer.quality if signer else "",
        words=words | {"text": item.note, "item": item, "case_id": item.case_id},
    )


def _action(item: Item) -> str:
    """The action of the flow (or the answer of an opinion) that the item's outcome leads to; none for a withdrawn item."""
    follows = {Outcome.CARRIED: item.if_carried, Outcome.REJECTED: item.if_rejected, Outcome.ADJOURNED: item.if_adjourned}
    return follows.get(item.outcome, "") if item.case_id else ""


def _command(sitting: Sitting, item: Item, code: str) -> Command | Refusal:
    told = {"outcome": item.outcome, "sitting": sitting.code, "sitting_on": sitting.on.isoformat()}
    if item.outcome != Outcome.ADJOURNED:
        told |= {"votes_for": item.votes_for, "votes_against": item.against, "abstained": item.abstained}
    if item.opinion:
        return Command(OPINION, actor_of(sitting.body), {"opinion": item.opinion, "answer": _action(item), "reasons": item.debate})
    return _prepared(item.case.service, sitting.body, _action(item), item.answers, told | ({"act": code} if code else {}))


def _prepared(service: str, body: Body, action: str, answers: dict[str, Any], told: dict[str, Any]) -> Command | Refusal:
    try:
        command = prepare(get_service(service), action, answers, actor_of(body))
    except Refusal as refusal:
        return refusal
    return command._replace(data=command.data | told)


def _act_on_cases(body: Body, pairs: Sequence[tuple[Any, Command | Refusal]]) -> None:
    """One batch for all; if a single case can't follow, none does."""
    refused = [(item, one) for item, one in pairs if isinstance(one, Refusal)]
    if not refused:
        outcomes = act([(item.case_id, command) for item, command in pairs])
        refused = [(item, o.refusal) for (item, _command), o in zip(pairs, outcomes, strict=True) if o.refusal]
    if refused:
        told = "; ".join(f"{item.title}: {refusal}" for item, refusal in refused)
        message = _("Some cases can't follow the vote, and nothing was written: %(items)s") % {"items": told}
        raise CasesMoved(message, items=[(item.title, str(refusal)) for item, refusal in refused])


@dataclass(frozen=True)
class _Signed:
    """A case that an authority signs: what `_act_on_cases` needs of it."""

    case_id: int
    title: str


def sign(body: Body, waiting: Sequence[tuple[Waiting, str]], by: Officer | None = None, delegate: int | None = None) -> list[Act]:
    """An authority that decides alone signs what waits for it: (case, name of the action) pairs, in one batch.

    The president signs, or `delegate`, by an order that covers each of the acts that day; else it is refused with the reason, and no number is
    taken.

    An action whose `sets` name a `series` makes an act of that series; without, of the body's own; a refusal to sign makes none
    (`sets={"series": ""}`).
    """
    if body.sits:
        raise WrongState()
    today = clock.today()
    with all_or_nothing():
        lock_standings([one.case.pk for one, _name in waiting])
        drafts = {n: _draft_signed(body, one, name, today, delegate) for n, (one, name) in enumerate(waiting)}
        numbered = [n for n, draft in drafts.items() if draft.series]
        codes = dict(zip(numbered, [made.code for made in make_acts([drafts[n] for n in numbered], by)], strict=True))
        pairs = []
        for number, (one, name) in enumerate(waiting):
            told = {"act": codes[number]} if number in codes else {}
            command = _prepared(one.case.service, body, name, {}, told)
            if isinstance(command, Command):
                command = command._replace(seen=one.standing.version)
            pairs.append((_Signed(one.case.pk, drafts[number].words["title"]), command))
        _act_on_cases(body, pairs)
    return list(Act.objects.filter(code__in=codes.values()).order_by("series", "number"))


def _draft_signed(body: Body, one: Waiting, name: str, today: date, delegate: int | None) -> Draft:
    answers = one.case.answers
    action = next(a for a in one.actions if a.name == name)
    words = {k: answers[k] for k in TEXTS if isinstance(answers.get(k), str)}
    words |= {k: answers[k] for k in FLAGS if isinstance(answers.get(k), bool)}
    words["text"] = words.pop("note", "")
    words.setdefault("title", f"{one.service.name}: {one.case.code}")
    series = action.sets.get("series", body.series)
    wanted = ToSign(one.service.code, series, words.get("matter", ""), words["title"], today)
    signer = find_signer(body, wanted, delegate) if series else Signer("")
    return Draft(
        body=body,
        series=series,
        decided_on=today,
        signed_by=signer.name,
        quality=signer.quality,
        words=words | {"case_id": one.case.pk},
    )
