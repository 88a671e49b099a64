"""From what came in to a case that can be filed: places looked up, answers cleaned, who can't ask told why, the person
told from the answers.

Page, telephone desk, API and import all come this way; the engine looks up where a place lies, whoever sent it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.completing import complete, complete_one
from oppidum.cases.declaration import Field, Service, clean_form, find_ineligible, survey
from oppidum.cases.declaration.asking import find_asker
from oppidum.cases.declaration.campaigns import NOT_YET, OVER, state_of
from oppidum.cases.entitling import check_entitled
from oppidum.cases.files.attachments import tokens_in
from oppidum.cases.new_case import NewCase
from oppidum.cases.rules.errors import Closed, NotEligible, NotYetOpen
from oppidum.cases.rules.standing import Contact
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, Refusal
from oppidum.core.memory import no_cycle_collection

LONGEST_WORDS = 5000


def prepare_case(
    service: type[Service], raw: dict[str, Any], now: datetime | None = None, begun_at: datetime | None = None, **known: Any
) -> NewCase:
    """A checked `NewCase` from raw answers: to the service's form; of a service with categories also `category`, `words` and the
    answers to the category's questions.

    `known` holds what the edge has found out (place, commune, channel, contact, actor...); `begun_at` is when the form was begun, for
    the grace of a campaign. Raises `InvalidForm`, `NotEligible`, `NotYetOpen` or `Closed`.
    """
    now = now or clock.now()
    today = clock.local_day(now)
    check_campaign(service, now, begun_at)
    if service.categories:
        return _prepare_report(service, raw, today, known)
    checked = _checked(service, complete_one(service.form, raw, now), today, rules_in_force(service, today), known)
    return join_call(service, checked, now)


def prepare_cases(
    service: type[Service], raws: Sequence[Mapping[str, Any]], now: datetime | None = None, **known: Any
) -> list[NewCase | Refusal]:
    """`prepare_case` for a whole batch, an import say: what is looked up is looked up once. Each is a case, or the refusal that it meets.

    Raises `NotYetOpen` or `Closed` for all of them.
    """
    now = now or clock.now()
    today = clock.local_day(now)
    check_campaign(service, now)
    rules = rules_in_force(service, today)
    checked: list[NewCase | Refusal] = []
    with no_cycle_collection():
        for raw in complete(service.form, raws, now):
            try:
                checked.append(join_call(service, _checked(service, raw, today, rules, known), now))
            except Refusal as refusal:
                checked.append(refusal)
    return checked


def _checked(
    service: type[Service], raw: Mapping[str, Any], today: date, rules: Mapping[str, Any], known: Mapping[str, Any]
) -> NewCase:
    found = survey(service.form, raw, today, rules)
    if found.faults:
        raise InvalidForm(found.faults)
    if barred := find_ineligible(service.eligibility, found.known, found.settled()):
        raise NotEligible(barred.tell(service.form, found.answers), field=min(barred.when.names(), default=None))
    check_entitled(service, found.answers, found.known)
    return _new_case(service, found.answers, dict(known))


def join_call(service: type[Service], new: NewCase, now: datetime) -> NewCase:
    """A request to a service that answers calls is tied to its call; raises `InvalidForm` where that is closed."""
    if service.contest is None:
        return new
    from oppidum.cases.contests import joined  # which acts on cases, and so needs this module

    return joined(service, new, now)


def check_campaign(service: type[Service], now: datetime, begun_at: datetime | None = None) -> None:
    """Raises `NotYetOpen` or `Closed` outside the service's campaign; with the day and the hour."""
    if service.campaign is None:
        return
    rules = service.rules_on(clock.local_day(now))
    if not {service.campaign.opens, service.campaign.closes} <= rules.keys():
        raise NotYetOpen()  # the dates of this year are not set
    found = state_of(service.campaign, rules, now, begun_at)
    if found.state == NOT_YET:
        raise NotYetOpen(
            _("Requests are taken from %(instant)s on.") % {"instant": say_instant(found.opens_at)}, opens_at=found.opens_at
        )
    if found.state == OVER:
        said = _("Requests were taken until %(instant)s.") % {"instant": say_instant(found.closes_at)}
        raise Closed(said, closes_at=found.closes_at)


def say_instant(instant: datetime) -> str:
    """Day and hour where the authority is: "17/05/2027, 09:00"; midnight at a day's end is said as that day's last minute."""
    local = instant.astimezone(clock.PARIS)
    if (local.hour, local.minute) == (0, 0):
        local -= timedelta(minutes=1)
    return local.strftime("%d/%m/%Y, %H:%M")


def rules_in_force(service: type[Service], day: date) -> dict[str, Any]:
    """The dated rules of that day as expressions read them."""
    return {f"rule:{name}": value for name, value in service.rules_on(day).items()}


def _new_case(service: type[Service], answers: dict[str, Any], known: dict[str, Any]) -> NewCase:
    found = {"attachments": tuple(tokens_in(answers)), **place_of(service.form, answers), **known}
    contact, fellows = take_contact(service.form, answers), take_fellows(service.form, answers)
    if contact and not found.get("contact"):
        found["contact"] = contact if contact.name else contact._replace(name=_name_of_party(service.form, answers))
    known_as = found["contact"].email.lower() if found.get("contact") else ""
    fellows = tuple(one for one in fellows if one.email.lower() != known_as or not one.email)
    return NewCase(service=service.code, answers=answers, fellows=fellows, **found)


def place_of(form: Mapping[str, Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Where the case is: the first place that the form asks for; without one the first address."""
    for name, question in sorted(form.items(), key=lambda one: one[1].kind != "place"):
        if question.kind in ("place", "address") and isinstance(place := answers.get(name), Mapping):
            found = {"lon": place.get("lon"), "lat": place.get("lat"), "commune": place.get("commune") or ""}
            return found | {"address": str(place.get("address") or place.get("text") or "")[:300]}
    return {}


def _name_of_party(form: Mapping[str, Field], answers: Mapping[str, Any]) -> str:
    """Who is reached is who asks, where the form asks for no other name."""
    asker = find_asker(form, answers)
    return (answers[asker].get("represented_by") or answers[asker]["name"]) if asker else ""


def take_contact(form: Mapping[str, Field], answers: dict[str, Any]) -> Contact | None:
    """Who asks, taken out of the answers: it stands with the case's parties."""
    return next(_take_contacts(form, answers, fellow=False), None)


def take_fellows(form: Mapping[str, Field], answers: dict[str, Any]) -> tuple[Contact, ...]:
    """Who asks together with them, taken out of the answers."""
    return tuple(_take_contacts(form, answers, fellow=True))


def _take_contacts(form: Mapping[str, Field], answers: dict[str, Any], fellow: bool) -> Iterator[Contact]:
    for name, question in form.items():
        if question.kind == "contact" and question.fellow == fellow and isinstance(answers.get(name), Mapping):
            given = answers.pop(name)
            language = given.get("language") or (get_language() or "fr")[:2]
            yield Contact(given.get("name", ""), given.get("email", ""), given.get("phone", ""), language)


def _prepare_report(service: type[Service], raw: dict[str, Any], today: date, known: dict[str, Any]) -> NewCase:
    """A service of categories: a category, free words, and the category's questions."""
    faults: list[Invalid] = []
    category = service.categories.get(str(raw.get("category", "")))
    if category is None:
        raise InvalidForm([Invalid(_("This category doesn't exist: choose one from the list."), field="category")])
    words = str(raw.get("words") or "").strip()
    if len(words) > LONGEST_WORDS:
        faults.append(
            Invalid(
                _(
                    "Your description has %(length)d characters; at most %(longest)d fit. Keep what the team needs to find and solve it."
                )
                % {"length": len(words), "longest": LONGEST_WORDS},
                field="words",
            )
        )
    answers: dict[str, Any] = {}
    try:
        answers = clean_form(category.questions, raw, today)
    except InvalidForm as wrong:
        faults += wrong.errors
    if faults:
        raise InvalidForm(faults)
    return NewCase(service=service.code, category=category.code, words=words.replace("\x00", ""), answers=answers, **known)
