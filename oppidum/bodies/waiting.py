"""Which cases wait for a body, whatever their service: those whose flow offers an action by "body:CODE" where they stand, and those
that asked for its opinion (`Opinion(of="body:CODE")`)."""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from oppidum.bodies.models import Body, Item
from oppidum.cases.consequences import asker
from oppidum.cases.declaration import Action, Service, catalogue, get_service
from oppidum.cases.declaration.opinions import ASKED, GIVEN, Opinion
from oppidum.cases.models import Case
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import open_opinions
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.rules.standing import Actor, Standing
from oppidum.core import clock
from oppidum.people.models import Officer

MOST = 2000


@dataclass(frozen=True)
class Waiting:
    """A case that waits for the body, with the actions that the body may take on it, in the declaration's order; or the opinion
    that it is asked for."""

    case: Case
    service: type[Service]
    standing: Standing
    actions: tuple[Action, ...] = ()
    opinion: Opinion | None = None

    def choices(self) -> list[tuple[str, str]]:
        """What may follow from a vote: actions of the flow, or answers to the opinion, each with its label."""
        if self.opinion is not None:
            return [(option, str(label)) for option, label in self.opinion.options.items()]
        return [(action.name, str(action.label)) for action in self.actions]


def right_of(body: Body) -> str:
    """What a flow names in `by=` for this body."""
    return f"body:{body.code}"


def actor_of(body: Body) -> Actor:
    """The body as an actor: the journal names it, and no officer for it."""
    return Actor(right_of(body), body.pk, body.name)


def is_decided_by_bodies(service: type[Service]) -> bool:
    """Whether some step of the service waits for a body."""
    return any(kind.startswith("body:") for action in service.flow.actions.values() for kind in action.by)


def steps_waiting_for(body: Body) -> dict[str, list[str]]:
    """The steps in which the body may act, by service."""
    found = defaultdict(list)
    for service in catalogue().values():
        for name, step in service.flow.steps.items():
            if any(right_of(body) in move.action.by for move in step.moves.values()):
                found[service.code].append(name)
    return dict(found)


def opinions_of(body: Body) -> dict[str, list[str]]:
    """The opinions that services ask this body for, by service."""
    asked = {s.code: [one.name for one in s.opinions if one.of == right_of(body)] for s in catalogue().values()}
    return {code: names for code, names in asked.items() if names}


def find_waiting(body: Body, officer: Officer) -> QuerySet[Case]:
    """The open cases within the officer's sight that stand where the body may act and are on no agenda, oldest first."""
    ways = [Q(live__service=code, live__step__in=names) for code, names in steps_waiting_for(body).items()]
    for code, names in opinions_of(body).items():
        ways += [Q(live__service=code, live__facts__has_key=ASKED + name) & ~Q(live__facts__has_key=GIVEN + name) for name in names]
    if not ways:
        return Case.objects.none()
    there = reduce(or_, ways)
    on_agenda = Item.objects.filter(outcome="", case__isnull=False).values("case")
    visible = Case.objects.visible_to(officer).filter(there, live__is_open=True).exclude(pk__in=on_agenda)
    return visible.order_by("filed_at", "pk")


def list_waiting(body: Body, officer: Officer, most: int = MOST) -> list[Waiting]:
    """The cases of `find_waiting`, with what the body may do; two queries however many there are."""
    return read_waiting(body, list(find_waiting(body, officer)[:most]))


def read_waiting(body: Body, cases: list[Case]) -> list[Waiting]:
    """Those of the cases on which the body may act now, the flow's own conditions included."""
    standings = read_standings([case.pk for case in cases]) if cases else {}
    actor, today, found = actor_of(body), clock.today(), []
    for case in cases:
        standing = standings[case.pk]
        service = get_service(standing.service, standing.definition)
        if actions := tuple(actions_open_to(service, standing, actor.kind, actor.rights, today)):
            found.append(Waiting(case, service, standing, actions))
            continue
        asked = next((one for one, _last in open_opinions(service, standing) if one.of == actor.kind), None)
        if asked is not None:
            found.append(Waiting(case, service, standing, opinion=asked))
    return found


def register() -> None:
    """Say who asks bodies for opinions: their agendas do, once the case waits."""
    asker("body")(lambda effect, wanted, case: None)
