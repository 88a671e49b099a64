"""What a call comes to: a report filed, an existing one joined or written to, or nothing; always one call logged, with what it did.

The resident acts, by way of the officer: the journal says both. Whatever is refused leaves no trace, and what was typed stays.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from oppidum.cases.acting import act_on
from oppidum.cases.calls import NewCall, log_once
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.filing import NewCase, file_case, prepare_case
from oppidum.cases.models import Call, CallOutcome, Case, Party
from oppidum.cases.preparing import on_behalf_of_resident, prepare
from oppidum.cases.rules.standing import Contact
from oppidum.core.errors import Invalid, InvalidForm, NotFound
from oppidum.web.context import authority_name
from oppidum.web.desk.calls_screen import ASKED, Screen
from oppidum.web.desk.calls_words import say_phone
from oppidum.web.points import describe

LONGEST_NOTE = 5000
# Outcomes that open nothing: one key, nothing is demanded.
PLAIN = frozenset(
    {
        CallOutcome.INFORMATION,
        CallOutcome.REDIRECTED,
        CallOutcome.EMERGENCY,
        CallOutcome.NOTHING,
        CallOutcome.LOST,
    }
)
MESSAGES = frozenset({"message", "object"})


def end_call(screen: Screen) -> Call:
    """Carry out the outcome that was pressed and log the call, once. Raises `InvalidForm` with every fault, or a refusal."""
    pressed = "joined" if screen.text("join") else screen.text("outcome", 20)
    return log_once(f"{screen.officer.pk}:{screen.key}", lambda: _ENDS.get(pressed, _unknown)(screen, pressed))


def _unknown(screen: Screen, pressed: str) -> NewCall:
    raise InvalidForm([Invalid(_("Say how the call ended: press one of the buttons at the foot of the screen."), field="outcome")])


def _file(screen: Screen, pressed: str) -> NewCall:
    filed = file_case(prepare_report(screen))
    return _call(screen, CallOutcome.REPORT, filed.case_id)


def prepare_report(screen: Screen) -> NewCase:
    """The checked report. Raises `InvalidForm` with the faults of the whole screen together."""
    contact, faults = read_contact(screen)
    faults += _place_faults(screen)
    spot, category, new = screen.spot, screen.category, None
    if category is None:
        faults.append(Invalid(_("Choose what it is about: Alt and a figure, or the list."), field="category_listed"))
    elif screen.danger and not screen.is_rescued:
        faults.append(
            Invalid(
                _("Life is at risk: have %(number)s called first, then tick that they are warned.")
                % {"number": screen.danger.call},
                field="rescued",
            )
        )
    elif not category.questions and not screen.words.strip():
        faults.append(Invalid(_("Write in a few words what the caller says."), field="words"))
    try:
        new = prepare_case(
            REPORTS.service,
            {**screen.typed, "category": category.code if category else "other.other", "words": screen.words},
            lon=spot.lon,
            lat=spot.lat,
            commune=spot.commune,
            channel="phone",
            contact=contact,
            actor=on_behalf_of_resident(screen.officer),
            key=f"call:{screen.officer.pk}:{screen.key}",
            address=spot.label or (describe(spot.lon, spot.lat) if spot.is_placed else ""),
        )
    except InvalidForm as wrong:
        faults += [_renamed(fault, screen) for fault in wrong.errors]
    if faults or new is None:
        raise InvalidForm(faults)
    return new


def _renamed(fault: Invalid, screen: Screen) -> Invalid:
    """The fault under the name that its question has on the screen."""
    if fault.field in screen.typed:
        fault.field = ASKED + fault.field
    return fault


def _place_faults(screen: Screen) -> list[Invalid]:
    spot = screen.spot
    if spot.is_placed:
        return []
    if spot.is_outside:
        return [
            Invalid(
                _("This place is outside %(house)s: read out whom to call, then “Directed elsewhere”.")
                % {"house": authority_name()},
                field="place",
            )
        ]
    if spot.choices:
        return [Invalid(_("Choose which of the places found is meant."), field="place")]
    return [Invalid(_("Say where it is: a street, a point on the map, or at least the commune."), field="place")]


def read_contact(screen: Screen) -> tuple[Contact | None, list[Invalid]]:
    """How to reach the caller, or None for who wants to say nothing; and what can't be read."""
    name, email, typed = screen.text("name").strip(), screen.text("email", 254).strip().lower(), screen.text("phone", 40).strip()
    faults = []
    if email:
        try:
            validate_email(email)
        except ValidationError:
            faults.append(Invalid(_("Write the e-mail address like name@example.org."), field="email"))
    if typed and not screen.phone:
        faults.append(
            Invalid(_("Write the telephone number with its ten digits, like 06 12 34 56 78, or leave it empty."), field="phone")
        )
    language = "en" if screen.text("language") == "en" else "fr"
    found = Contact(" ".join(name.split()), email, screen.phone, language)
    return (found if name or email or screen.phone else None), faults


def _join(screen: Screen, pressed: str) -> NewCall:
    """Follow the report; the caller's words go to the team with it. Somebody who follows it already is not counted twice."""
    case = _case(screen, screen.text("join"))
    contact, faults = read_contact(screen)
    if faults:
        raise InvalidForm(faults)
    if contact and _is_party(case, contact):
        _reply(screen, case)
        return _call(screen, CallOutcome.FOLLOW_UP, case.pk)
    act_on(case.pk, prepare(REPORTS.service, "follow", {}, on_behalf_of_resident(screen.officer), contact=contact))
    _reply(screen, case)
    return _call(screen, CallOutcome.JOINED, case.pk)


def _is_party(case: Case, contact: Contact) -> bool:
    known = Party.objects.filter(case=case).values_list("email", "phone")
    return any(
        (contact.email and email.lower() == contact.email) or (contact.phone and phone == contact.phone) for email, phone in known
    )


def _reply(screen: Screen, case: Case) -> None:
    if screen.words.strip():
        _write(screen, case, "reply")


def _write(screen: Screen, case: Case, action: str) -> None:
    """The caller's words, as the message that the action demands."""
    if not screen.words.strip():
        raise InvalidForm([Invalid(_("Write what the caller says about this report in the box of their words."), field="words")])
    try:
        seen = int(screen.text("seen", 9)) if action != "reply" and screen.text("seen", 9).isdecimal() else None
        command = prepare(REPORTS.service, action, {"message": screen.words}, on_behalf_of_resident(screen.officer), seen=seen)
    except InvalidForm as wrong:
        raise InvalidForm([Invalid(fault.message, field="words") for fault in wrong.errors]) from None
    act_on(case.pk, command)


def _ask(screen: Screen, pressed: str) -> NewCall:
    """A question about a report, answered; nothing is added to it. Without a report open it is told by the note alone."""
    case = _case(screen, screen.case_code) if screen.case_code else None
    return _call(screen, CallOutcome.FOLLOW_UP, case.pk if case else None, noted=True)


def _tell(screen: Screen, pressed: str) -> NewCall:
    """The caller's words go to the report: as the answer that it waits for, as an objection, or as a message."""
    case = _case(screen, screen.case_code)
    open_to = screen.case.actions if screen.case else frozenset()
    action = "object" if pressed == "object" else "answer" if "answer" in open_to else "reply"
    _write(screen, case, action)
    return _call(screen, CallOutcome.FOLLOW_UP, case.pk)


def _case(screen: Screen, code: str) -> Case:
    found = Case.objects.visible_to(screen.officer).filter(code=code, service=REPORTS.code).first()
    if found is None:
        raise NotFound()
    return found


def _end_plainly(screen: Screen, pressed: str) -> NewCall:
    return _call(screen, pressed, None, noted=True)


def _call(screen: Screen, outcome: str, case_id: int | None, noted: bool = False) -> NewCall:
    """The row. Words that went into a report or a message are not kept a second time."""
    return NewCall(
        officer=screen.officer.pk,
        outcome=outcome,
        case_id=case_id,
        phone=screen.phone,
        commune=screen.spot.commune or None,
        category=screen.category.code if screen.category else "",
        note=_note(screen, outcome) if noted else "",
        received_at=screen.received_at,
        key=f"{screen.officer.pk}:{screen.key}",
    )


def _note(screen: Screen, outcome: str) -> str:
    """What was said, and where the caller was directed."""
    said, spot = [screen.words.strip()], screen.spot
    if outcome == CallOutcome.REDIRECTED and spot.neighbour:
        said.append(f"→ {spot.neighbour.name}, {spot.neighbour.hall_phone}".rstrip(", "))
    if outcome == CallOutcome.EMERGENCY and screen.danger:
        said.append(f"→ {screen.danger.call}")
    if spot.label and not spot.is_placed and spot.label not in said[0]:
        said.append(spot.label)
    if screen.text("phone", 40).strip() and not screen.phone:
        said.append(say_phone(screen.text("phone", 40).strip()))
    return "\n".join(part for part in said if part)[:LONGEST_NOTE]


_ENDS: dict[str, Callable[[Screen, str], NewCall]] = {
    "report": _file,
    "joined": _join,
    "follow_up": _ask,
    **dict.fromkeys(MESSAGES, _tell),
    **dict.fromkeys(PLAIN, _end_plainly),
}
