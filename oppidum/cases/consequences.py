"""What an act brings about on other cases and for other bodies: effects of the outbox, each carried out once.

`open` files sub-cases, `ended` tells a parent how its sub-case ended, `go_on` takes the next action of the same case, `ask` and `tell`
write to those whose opinion or attention is wanted. Repeated after a crash, each finds its work done.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.acting import act, act_on
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.declaration.linking import Open
from oppidum.cases.declaration.opinions import ASKED, Opinion
from oppidum.cases.declaration.recorded import LINK
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.mailing.sending import queue_mails
from oppidum.cases.models import Case, Effect, Entry, Link, Mail, Party
from oppidum.cases.outbox import UnknownEffect, handler
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import find_opinion
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import SYSTEM, Command, Contact, Standing
from oppidum.people.models import Officer, Reach, Team

Ask = Callable[[Effect, Opinion, Standing], None]
ASKERS: dict[str, Ask] = {}


def asker(kind: str) -> Callable[[Ask], Ask]:
    """Declares who asks bodies of a kind ("team", "third", "body") for their opinion."""

    def declare(ask: Ask) -> Ask:
        ASKERS[kind] = ask
        return ask

    return declare


@handler("open")
def open_cases(effects: Sequence[Effect]) -> None:
    """File the cases that an action opens, tied to the one that opened them."""
    for effect in effects:
        parent = Case.objects.select_related("live").get(pk=effect.case_id)
        service = get_service(parent.service, parent.live.definition)
        for number, wanted in enumerate(service.flow.actions[effect.payload["action"]].opens):
            _open(parent, wanted, f"open:{parent.pk}:{effect.seq}:{number}", effect.seq)


def _open(parent: Case, wanted: Open, key: str, seq: int) -> None:
    service = get_service(wanted.service)
    known = {**parent.answers, **parent.live.facts}
    raw = {name: known[source] for name, source in wanted.answers.items() if known.get(source) not in (None, "", [])}
    raw |= wanted.says
    author = Party.objects.filter(case=parent, role=Party.AUTHOR).first()
    contact = Contact(author.name, author.email, author.phone, author.language) if author else None
    where = {"lon": parent.place.x, "lat": parent.place.y} if parent.place else {}
    where |= {"commune": parent.commune_id or "", "address": parent.address}
    new = prepare_case(service, raw, channel="case", contact=contact, actor=SYSTEM, key=key, parent=parent.pk, **where)
    filed = file_case(new)
    Link.objects.get_or_create(case_id=filed.case_id, other=parent, kind=wanted.kind, defaults={"seq": seq})
    if filed.is_new:
        act([(parent.pk, Command(LINK, SYSTEM, {"kind": wanted.kind, "case": filed.case_id, "service": wanted.service}))])


@handler("ended")
def go_on_with_parents(effects: Sequence[Effect]) -> None:
    """A sub-case ended: its parent takes the action declared for that end, if it still can."""
    for effect in effects:
        parent = read_standings([effect.payload["parent"]]).get(effect.payload["parent"])
        if parent is None:
            continue
        child = Case.objects.only("service").get(pk=effect.case_id)
        service = get_service(parent.service, parent.definition)
        opens = (one for action in service.flow.actions.values() for one in action.opens if one.service == child.service)
        ends = {step: action for one in opens for step, action in one.goes_on.items()}
        answering = get_service(child.service).contest
        ends |= answering.goes_on if answering and answering.service == service.code else {}
        if action := ends.get(effect.payload["step"]) or ends.get("*"):
            _take(parent.case_id, action)


@handler("go_on", size=500)
def go_on(effects: Sequence[Effect]) -> dict[int, Exception]:
    """The next action of the same case, by the engine: the one named, or the one for which its step waited until all opinions were in.

    A case that went another way meanwhile is left alone. Where two are to go on the same case, the second follows the first.
    """
    failed: dict[int, Exception] = {}
    left = list(effects)
    while left:
        turn = {effect.case_id: effect for effect in reversed(left)}
        left = [effect for effect in left if turn[effect.case_id] is not effect]
        failed |= _go_on_together(list(turn.values()))
    return failed


def _go_on_together(effects: Sequence[Effect]) -> dict[int, Exception]:
    """One effect a case, all in one batch; the refusals that are no mere change of ways, by effect."""
    cases = read_standings([effect.case_id for effect in effects])
    wanted = [(effect, _next_action(effect, cases[effect.case_id])) for effect in effects]
    going = [(effect, action) for effect, action in wanted if action]
    outcomes = act([(effect.case_id, Command(action, SYSTEM)) for effect, action in going])
    return {
        effect.pk: one.refusal
        for (effect, _action), one in zip(going, outcomes, strict=True)
        if one.refusal and not isinstance(one.refusal, NotNow)
    }


def _next_action(effect: Effect, case: Standing) -> str:
    joined = get_service(case.service, case.definition).flow.steps[case.step].joined
    return joined if effect.payload.get("joined") else effect.payload["action"]


def _take(case_id: int, action: str) -> None:
    """Take an action as the engine; a case that went another way meanwhile is left alone."""
    try:
        act_on(case_id, Command(action, SYSTEM))
    except NotNow:
        return


@handler("ask")
def ask_opinions(effects: Sequence[Effect]) -> None:
    """Ask each body in its own way for its opinion."""
    for effect in effects:
        case = read_standings([effect.case_id])[effect.case_id]
        found = find_opinion(get_service(case.service, case.definition), effect.payload["opinion"])
        kind = found.of.partition(":")[0]
        if kind not in ASKERS:
            raise UnknownEffect(f"nobody asks '{found.of}' for its opinion")
        ASKERS[kind](effect, found, case)


@asker("team")
def ask_team(effect: Effect, wanted: Opinion, case: Standing) -> None:
    """A mail to the team: the case, what is asked, until when."""
    team = Team.objects.filter(code=wanted.of.partition(":")[2]).first()
    addresses = [team.email] if team and team.email else _addresses(Officer.objects.filter(teams=team)) if team else []
    until = case.facts.get(ASKED + wanted.name, "")
    _write(
        effect,
        addresses,
        lambda: _("Opinion asked for: %(opinion)s") % {"opinion": wanted.label},
        lambda code: (
            _("Your opinion on case %(code)s is asked for, until %(until)s. Without an answer the case goes on.\n\n%(link)s")
            % {"code": code, "until": until, "link": desk_link(code)}
        ),
    )


@handler("tell")
def tell_officers(effects: Sequence[Effect]) -> None:
    """Write once to those to whom a case is escalated: a role of its team's directorate, or a team."""
    for effect in effects:
        case = read_standings([effect.case_id])[effect.case_id]
        entry = Entry.objects.get(case_id=effect.case_id, seq=effect.seq)
        found = _find_escalation(get_service(case.service, case.definition), entry.data["escalation"])
        says = found.says if found else entry.data["escalation"]
        _write(
            effect,
            _addresses(_told(effect.payload["to"], case)),
            lambda says=says: str(says),
            lambda code, says=says: (
                _("%(says)s: case %(code)s.\n\n%(link)s") % {"says": says, "code": code, "link": desk_link(code)}
            ),
        )


def _find_escalation(service: type[Service], key: str) -> Any:
    return next((one for one in service.escalations if one.key == key), None)


def _told(to: str, case: Standing) -> Iterable[Officer]:
    kind, _colon, code = to.partition(":")
    if kind == "team" and code:
        return Officer.objects.filter(teams__code=code, is_active=True)
    of_role = Officer.objects.filter(role__code=to, is_active=True)
    near = Q(teams__directorate__teams=case.team_id) | Q(teams=case.team_id) | Q(role__reach=Reach.ALL)
    return of_role.filter(near).distinct() if case.team_id else of_role


def _addresses(officers: Iterable[Officer]) -> list[str]:
    return sorted({officer.email for officer in officers if officer.email})


def _write(effect: Effect, addresses: Sequence[str], subject: Callable[[], str], body: Callable[[str], str]) -> None:
    """Mails to officers, in the language of the house; the same effect writes the same mail once."""
    if not addresses:
        return
    code = Case.objects.values_list("code", flat=True).get(pk=effect.case_id)
    with override(settings.LANGUAGE_CODE):
        queue_mails(
            [
                Mail(
                    case_id=effect.case_id,
                    seq=effect.seq,
                    to=address,
                    language=settings.LANGUAGE_CODE,
                    subject=subject(),
                    body=body(code),
                    key=f"{effect.key}:{address}"[:120],
                )
                for address in addresses
            ]
        )


def desk_link(code: str) -> str:
    """The case at the desk."""
    return f"{settings.PUBLIC_URL}/desk/case/{code}/"
