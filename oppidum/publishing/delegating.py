"""Orders of delegation from the directory: who holds which post today, which orders that asks for, and which it leaves alone.

A change in the directory (somebody comes, leaves, is called otherwise, a post signs something else) regenerates the orders that it
touches and no others: what is wanted is compared with what is in force or under way, by all that an order says. Pure rules first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.bodies.models import Act
from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.expressions import euros
from oppidum.cases.filing import Filed, file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Effect, Live
from oppidum.cases.outbox import handler
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.publishing.letter_kinds import say_kinds
from oppidum.publishing.marks import DELEGATION
from oppidum.publishing.models import Letterhead, SignatureDelegation, SigningPost


class Scope(NamedTuple):
    """All that an order says of one holder in one post: two that are equal are the same order."""

    post: str
    officer: str
    holder: str
    quality: str
    function: str
    services: tuple[str, ...]
    kinds: tuple[str, ...]
    matters: tuple[str, ...]
    ceiling: int | None
    rank: int


@dataclass(frozen=True)
class Standing:
    """An order in force (`number`) or under way (`number` blank), by its case; without a case it was entered by hand."""

    scope: Scope
    case_id: int | None
    number: str = ""
    # The draft that only repeals it, or takes its place.
    repealed_by: int | None = None
    repeal_only: bool = False


@dataclass(frozen=True)
class Plan:
    """What the directory asks for. `give`: (scope, the order that it takes the place of); `repeal`: in force for nobody; `drop`: under way
    for nobody; `keep`: as they are."""

    give: tuple[tuple[Scope, Standing | None], ...]
    repeal: tuple[Standing, ...]
    drop: tuple[Standing, ...]
    keep: int

    @property
    def is_empty(self) -> bool:
        return not (self.give or self.repeal or self.drop)


def plan_orders(wanted: Iterable[Scope], standing: Iterable[Standing]) -> Plan:
    """Compare what the directory wants with what stands. Pure.

    An order is replaced where the same post and holder want other words, or the same holder another post of the same function and rank.
    """
    wanted, standing = list(dict.fromkeys(wanted)), list(standing)
    asked = set(wanted)
    kept = {one.scope for one in standing if one.scope in asked}
    # Wanted again before its repeal was signed: the repeal is dropped, and the order stays.
    unneeded = [replace(one, case_id=one.repealed_by) for one in standing if one.scope in asked and one.repeal_only]
    old = [one for one in standing if one.scope not in asked]
    in_force, under_way = [one for one in old if one.number and one.repealed_by is None], [one for one in old if not one.number]
    give, replaced = [], set()
    for scope in wanted:
        if scope in kept:
            continue
        before = next((one for one in in_force if id(one) not in replaced and _same_place(one.scope, scope)), None)
        if before is not None:
            replaced.add(id(before))
        give.append((scope, before))
    left = tuple(one for one in in_force if id(one) not in replaced)
    return Plan(tuple(give), left, (*under_way, *unneeded), len(kept))


def _same_place(before: Scope, after: Scope) -> bool:
    if before.officer == after.officer:
        return before.post == after.post or (before.function, before.rank) == (after.function, after.rank)
    return before.post == after.post


# --- The directory, and what stands.


def list_wanted() -> list[Scope]:
    """Whom the posts name today: three queries, whatever their number."""
    officers = list(Officer.objects.filter(is_active=True).select_related("role").prefetch_related("teams").order_by("pk"))
    posts = SigningPost.objects.filter(is_active=True)
    return [_scope(post, officer) for post in posts for officer in officers if _holds(post, officer)]


def _holds(post: SigningPost, officer: Officer) -> bool:
    teams = officer.teams.all()
    return (
        (post.role_id is None or officer.role_id == post.role_id)
        and (post.team_id is None or any(team.pk == post.team_id for team in teams))
        and (post.directorate_id is None or any(team.directorate_id == post.directorate_id for team in teams))
    )


def _scope(post: SigningPost, officer: Officer) -> Scope:
    return Scope(
        post.code,
        officer.username,
        str(officer),
        post.quality,
        post.function,
        tuple(sorted(post.services)),
        tuple(sorted(post.kinds)),
        tuple(sorted(post.matters)),
        post.ceiling_cents,
        post.rank,
    )


def list_standing(today: date | None = None) -> list[Standing]:
    """The orders of posts that are in force or under way."""
    today = today or clock.today()
    held = SignatureDelegation.objects.exclude(post="").select_related("officer", "case__live")
    alive = [one for one in held if not (one.revoked_on and one.revoked_on <= today) and not (one.ends_on and one.ends_on < today)]
    drafts = list(Live.objects.filter(service=DELEGATION.code, step__in=DELEGATION.steps).values_list("case_id", "facts"))
    ended = {facts["replaces"]: (case_id, facts["task"] == "repeal") for case_id, facts in drafts if facts.get("replaces")}
    found = [
        Standing(_scope_held(one), one.case_id, one.order_number, *ended.get(one.order_number, (None, False)))
        for one in alive
        if not one.revoked_on
    ]
    given = [(case_id, facts) for case_id, facts in drafts if facts["task"] == "give" and facts.get("post")]
    return found + [Standing(_scope_told(facts), case_id) for case_id, facts in given]


def _scope_held(one: SignatureDelegation) -> Scope:
    facts = one.case.live.facts if one.case_id else {}
    return Scope(
        one.post,
        one.officer.username,
        facts.get("holder") or str(one.officer),
        one.quality,
        one.function,
        tuple(sorted(one.services)),
        tuple(sorted(one.kinds)),
        tuple(sorted(one.matters)),
        one.ceiling_cents,
        one.rank,
    )


def _scope_told(facts: dict[str, Any]) -> Scope:
    return Scope(
        facts["post"],
        facts["officer"],
        facts["holder"],
        facts["quality"],
        facts["function"],
        *(tuple(sorted(_codes(facts.get(name)))) for name in ("services", "kinds", "matters")),
        facts.get("ceiling"),
        facts["rank"],
    )


def _codes(text: str | None) -> list[str]:
    return [one.strip() for one in (text or "").split(",") if one.strip()]


# --- Drafting.


def plan_today() -> Plan:
    return plan_orders(list_wanted(), list_standing())


def draft_orders(starts_on: date) -> list[Filed]:
    """Draft the orders that the directory asks for, drop the drafts that it no longer does; one batch, and nothing when it is run again."""
    with transaction.atomic():
        # Two who press the button at once: the second finds nothing left.
        list(SigningPost.objects.select_for_update().order_by("pk"))
        plan = plan_today()
        act([(one.case_id, Command("abandon", SYSTEM)) for one in plan.drop])
        head = Letterhead.objects.first()
        raw = [order_to_give(scope, starts_on, before, head) for scope, before in plan.give]
        raw += [order_to_repeal(one, starts_on) for one in plan.repeal]
        service = DELEGATION.service
        return file_cases([prepare_case(service, one, channel="desk") for one in raw])


def order_to_give(scope: Scope, starts_on: date, before: Standing | None, head: Letterhead | None) -> dict[str, Any]:
    """The answers of an order that gives a delegation in the name of whom the letterhead names, with its text in French, the language of the Republic (Constitution, art. 2)."""
    number = before.number if before else ""
    with override("fr"):
        title = _("Delegation of signature to %(holder)s, %(quality)s") % {
            "holder": scope.holder,
            "quality": _inside(scope.quality),
        }
        decision = _articles(_gives(scope, starts_on, number, head))
    return _answers(scope, "give", starts_on, number) | {"title": title, "decision": decision}


def order_to_repeal(one: Standing, starts_on: date) -> dict[str, Any]:
    """The answers of an order that repeals another and gives nothing."""
    scope = one.scope
    with override("fr"):
        title = _("Repeal of the delegation of signature to %(holder)s") % {"holder": scope.holder}
        decision = _articles(
            [
                _("Order %(number)s, which delegates the signature to %(holder)s, is repealed.")
                % {"number": one.number, "holder": scope.holder},
                _binds(starts_on),
            ]
        )
    return _answers(scope, "repeal", starts_on, one.number) | {"title": title, "decision": decision}


def _answers(scope: Scope, task: str, starts_on: date, replaces: str) -> dict[str, Any]:
    told = {"task": task, "officer": scope.officer, "holder": scope.holder, "quality": scope.quality, "post": scope.post}
    told |= {"function": scope.function, "rank": scope.rank, "starts_on": starts_on.isoformat(), "replaces": replaces}
    told |= {name: ", ".join(getattr(scope, name)) for name in ("services", "kinds", "matters")}
    return told | ({"ceiling": scope.ceiling} if scope.ceiling is not None else {})


def _gives(scope: Scope, starts_on: date, replaces: str, head: Letterhead | None) -> list[str]:
    words = {"holder": scope.holder, "quality": _inside(scope.quality), "president": _president(head), "what": _what(scope)}
    told = [
        _(
            "The signature is delegated to %(holder)s, %(quality)s, to sign in the name of %(president)s, under supervision and "
            "responsibility: %(what)s."
        )
        % words
    ]
    if scope.ceiling is not None:
        told.append(_("It holds up to %(amount)s for each commitment.") % {"amount": euros(scope.ceiling)})
    if scope.rank > 1:
        told.append(_("It is used only while whoever signs first is away or prevented."))
    if replaces:
        told.append(_("Order %(number)s is repealed on the day from which this one counts.") % {"number": replaces})
    return [*told, _binds(starts_on), _("It ends with the mandate of %(president)s, or when %(holder)s leaves the post.") % words]


def _binds(starts_on: date) -> str:
    words = {"day": starts_on.strftime("%d/%m/%Y")}
    return (
        _("This order counts from %(day)s, once it is published and sent to the prefect; it is notified to who it concerns.")
        % words
    )


def _articles(texts: Sequence[str]) -> str:
    seen = _(
        "Considering the code général des collectivités territoriales, articles L. 5211-9 and L. 2131-1, and the organisation of the departments:"
    )
    return "\n".join([seen, *(_("Article %(n)d. %(text)s") % {"n": n, "text": text} for n, text in enumerate(texts, start=1))])


def _what(scope: Scope) -> str:
    known = [str(get_service(code).name) for code in scope.services]
    told = [
        say_kinds(scope.kinds, of_acts=scope.function == "acts"),
        _("of matters %(matters)s") % {"matters": ", ".join(scope.matters)} if scope.matters else "",
    ]
    told.append(_("for: %(services)s") % {"services": ", ".join(known)} if known else _("for all services"))
    return " ".join(filter(None, told))


def _president(head: Letterhead | None) -> str:
    return _inside(head.quality) if head and head.quality else _("the president")


def _inside(quality: str) -> str:
    return quality[:1].lower() + quality[1:]


# --- An order that binds: from which day it counts, and what it ends.


def register() -> None:
    """Orders that bind are this room's to let count."""
    handler("delegation")(let_count)


def let_count(effects: Sequence[Effect]) -> None:
    """The order of the case binds, or its holder left: the table that says who may sign follows. Done twice, it is done once."""
    for effect in effects:
        case = Case.objects.select_related("live").get(pk=effect.case_id)
        if effect.payload["action"] == "leave":
            _revoke(case.pk, date.fromisoformat(case.live.facts["left_on"]))
        else:
            _count(case)


def _count(case: Case) -> None:
    facts = case.live.facts
    order = Act.objects.filter(case=case.pk).order_by("-pk").first()
    if order is None or order.enforceable_on is None:
        return
    # Public on one day, it binds from the day after: why_not says the same to whoever would sign earlier.
    published = order.published_on or order.enforceable_on
    counts_from = max(date.fromisoformat(facts["starts_on"]), order.enforceable_on, published + timedelta(days=1))
    if facts["task"] == "give":
        officer = Officer.objects.filter(username=facts["officer"]).first()
        if officer is None:
            return
        scope = _scope_told(facts | {"post": facts.get("post") or ""})
        SignatureDelegation.objects.update_or_create(
            case=case,
            defaults={
                "order_number": order.code,
                "order_on": order.signed_on,
                "published_on": published,
                "starts_on": counts_from,
                "ends_on": date.fromisoformat(facts["ends_on"]) if facts.get("ends_on") else None,
                "officer": officer,
                "quality": scope.quality,
                "function": scope.function,
                "services": list(scope.services),
                "kinds": list(scope.kinds),
                "matters": list(scope.matters),
                "ceiling_cents": scope.ceiling,
                "rank": scope.rank,
                "post": scope.post,
            },
        )
    if replaced := facts.get("replaces"):
        _repeal(replaced, order.code, counts_from)


def _repeal(number: str, by: str, day: date) -> None:
    """The orders of that number count no longer from that day, on which the new one does: neither a day without, nor a day with both."""
    for old in SignatureDelegation.objects.filter(order_number=number, revoked_on=None):
        SignatureDelegation.objects.filter(pk=old.pk).update(revoked_on=day)
        if old.case_id:
            act([(old.case_id, Command("repeal", SYSTEM, {"repealed_by": by, "until": day.isoformat()}))])


def _revoke(case_id: int, day: date) -> None:
    SignatureDelegation.objects.filter(case=case_id, revoked_on=None).update(revoked_on=day)
