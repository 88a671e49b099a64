"""From what came in to a command: answers cleaned against what the action demands, references looked up, once for a whole selection."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oppidum.cases.completing import complete_one
from oppidum.cases.declaration import Reference, Service, clean_form
from oppidum.cases.models import Case
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import Actor, Command, Contact
from oppidum.core import clock
from oppidum.core.codes import normalise
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.people.models import ABROAD, Officer, Team


def actor_of(officer: Officer) -> Actor:
    """The officer as an actor, with the rights of the role; one of a commune acts for the commune's own teams."""
    return Actor("officer", officer.pk, str(officer), officer.rights, officer.sight().own, ABROAD)


def on_behalf_of_resident(officer: Officer) -> Actor:
    """The resident, by way of an officer who takes the call: the journal says both."""
    return Actor("resident", officer.pk, str(officer), officer.rights, officer.sight().own, ABROAD)


def prepare(
    service: type[Service],
    action_name: str,
    raw: Mapping[str, Any],
    actor: Actor,
    *,
    seen: int | None = None,
    photos: tuple[str, ...] = (),
    contact: Contact | None = None,
    known: Mapping[str, Any] | None = None,
) -> Command:
    """The command for an action of the flow, ready for `act` on one case or a thousand. `known`: what is known of the one case, for
    questions that depend on it.

    Raises `InvalidForm` with every fault, or `NotNow` for an action that the service doesn't have.
    """
    action = service.flow.actions.get(action_name)
    if action is None:
        raise NotNow(action=action_name)
    data = clean_form(action.demands, complete_one(action.demands, raw), clock.today(), known)
    faults = []
    for name, question in action.demands.items():
        if isinstance(question, Reference) and name in data:
            try:
                data[name] = _within(actor, question.to, _LOOK_UP[question.to](service, data[name]))
            except Invalid as fault:
                fault.field = name
                faults.append(fault)
        elif isinstance(question, Reference) and question.to == "officer":
            data[name] = None
    if faults:
        raise InvalidForm(faults)
    other = _case_id(data["original"]) if "original" in data else None
    return Command(action_name, actor, data, seen, None, photos if action.photo else (), contact, other)


def _case_id(code: str) -> int:
    return Case.objects.values_list("pk", flat=True).get(code=code)


def _team(service: type[Service], value: Any) -> int:
    found = (
        Team.objects.filter(pk=value, is_active=True) if isinstance(value, int) else Team.objects.filter(code=value, is_active=True)
    )
    if (pk := found.values_list("pk", flat=True).first()) is None:
        raise Invalid(_("This team doesn't exist or is no longer active: choose another."))
    return pk


def _officer(service: type[Service], value: Any) -> int:
    found = Officer.objects.filter(is_active=True)
    found = found.filter(pk=value) if isinstance(value, int) else found.filter(username=value)
    if (pk := found.values_list("pk", flat=True).first()) is None:
        raise Invalid(_("This officer doesn't exist or has left: choose another."))
    return pk


def _category(service: type[Service], value: Any) -> str:
    if value not in service.categories:
        raise Invalid(_("This category doesn't exist: choose one from the list."))
    return value


def _case(service: type[Service], value: Any) -> str:
    code = normalise(str(value))
    if code is None or not Case.objects.filter(code=code).exists():
        raise Invalid(_("No report has this code. Check it: ten letters and digits, like 7KQ2M-XA4RH."))
    return code


def _within(actor: Actor, to: str, value: Any) -> Any:
    """What was found, where it isn't another commune's for an officer of a commune. Raises `Invalid`."""
    if actor.own is None or to == "category":
        return value
    found = {
        "team": Team.objects.filter(Q(commune=None) | Q(pk__in=actor.own), pk=value),
        "officer": Officer.objects.filter(pk=value, role__of_communes=True, communes__teams__in=actor.own),
        "case": Case.objects.filter(code=value, commune__teams__in=actor.own),
    }[to]
    if not found.exists():
        raise Invalid(_("This is not your commune's: choose another."))
    return value


_LOOK_UP = {"team": _team, "officer": _officer, "category": _category, "case": _case}
