"""The form of an action, drawn from what the action demands; what was typed always comes back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.declaration import Action, Choice, Day, Field, Number, Reference, Service, StandardAnswer, Text, YesNo
from oppidum.cases.filters import find_phone
from oppidum.cases.rules.standing import Contact
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.people.models import Officer
from oppidum.web.desk import choices
from oppidum.web.questions import Drawn, draw_questions
from oppidum.web.slots import offer_slots

# What the desk draws in a line of its own; everything else is drawn as on the pages of a form.
PLAIN = (Text, Choice, Day, Number, YesNo, Reference)
CONTACT = ("contact_name", "contact_email", "contact_phone")
LONGEST_NAME = 200


@dataclass
class ActForm:
    """An action's form with what was typed. `answers` are the standard answers, `key` names this filling-in for kept drafts."""

    action: Action
    fields: list[dict] = field(default_factory=list)
    questions: list[Drawn] = field(default_factory=list)
    answers: list[tuple[int, StandardAnswer]] = field(default_factory=list)
    answer_field: str = ""
    errors: InvalidForm | None = None
    photos: list = field(default_factory=list)
    key: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self.fields or self.questions or self.action.photo)


def draw_form(
    service: type[Service],
    action: Action,
    raw: Mapping[str, Any],
    *,
    category: str = "",
    team: int | None = None,
    errors: InvalidForm | None = None,
    known: Mapping[str, Any] | None = None,
    viewer: Officer | None = None,
) -> ActForm:
    """The form of `action` with what was typed so far (`raw`) and its faults; `known` is what the case holds, for what is free."""
    faults = {fault.field: str(fault) for fault in errors.errors} if errors else {}
    plain = {name: question for name, question in action.demands.items() if isinstance(question, PLAIN)}
    fields = [draw_field(name, question, raw.get(name, ""), faults.get(name, ""), viewer) for name, question in plain.items()]
    # An officer sees every question: what doesn't apply is left out when it comes in.
    rich = {name: replace(question, when=None) for name, question in action.demands.items() if name not in plain}
    slots = offer_slots(service, rich, known or {}, raw, binding=False, scope="act-")
    questions = draw_questions(rich, raw, errors.errors if errors else (), scope="act-", slots=slots) if rich else []
    if action.joins:
        fields += draw_contact(raw, faults)
    target = next((name for name, q in action.demands.items() if isinstance(q, Text) and q.lines > 1), "")
    answers = list(enumerate(standard_answers(service, action.name, category))) if target else []
    return ActForm(action, fields, questions, answers, target, errors)


def draw_field(name: str, question: Field, value: Any, error: str = "", viewer: Officer | None = None) -> dict:
    """The arguments of the `field` tag for one question."""
    drawn = {
        "name": name,
        "label": str(question.label),
        "hint": str(question.hint or ""),
        "required": question.required,
        "value": value,
        "error": error,
        "kind": "text",
        "choices": (),
        "rows": 4,
    }
    match question:
        case Choice(many=True):
            return drawn | {"kind": "checkboxes", "choices": [(k, str(v)) for k, v in question.options.items()]}
        case Choice():
            return drawn | {"kind": "select", "choices": [("", "—"), *((k, str(v)) for k, v in question.options.items())]}
        case Text():
            return drawn | ({"kind": "textarea", "rows": question.lines} if question.lines > 1 else {})
        case Day():
            return drawn | {"kind": "date"}
        case Number():
            return drawn | {"kind": "number"}
        case YesNo():
            return drawn | {"kind": "radios", "choices": [("yes", _("yes")), ("no", _("no"))]}
        case Reference():
            return drawn | _reference(question.to, viewer)
    return drawn


def _reference(to: str, viewer: Officer | None) -> dict:
    if to == "category":
        return {"kind": "select", "choices": [("", "—"), *choices.only_categories()]}
    if to in ("team", "officer"):
        return {"kind": "select", "choices": [("", "—"), *choices.named_for(to, viewer)]}
    return {"kind": "text"}


def draw_contact(raw: Mapping[str, Any], faults: Mapping[str, str]) -> list[dict]:
    """Who joins: at least a way to be reached."""
    labels = (_("Name"), _("E-mail"), _("Telephone"))
    return [
        {
            "name": name,
            "label": label,
            "kind": kind,
            "value": raw.get(name, ""),
            "error": faults.get(name, ""),
            "hint": "",
            "required": False,
            "choices": (),
            "rows": 1,
        }
        for name, label, kind in zip(CONTACT, labels, ("text", "email", "tel"), strict=True)
    ]


def read_contact(raw: Mapping[str, Any]) -> Contact:
    """The contact in a form; raises `InvalidForm`."""
    name, email, phone = (str(raw.get(one, "")).strip() for one in CONTACT)
    faults, number = [], ""
    if email:
        try:
            validate_email(email)
        except ValidationError:
            faults.append(Invalid(_("Write the e-mail address like name@example.org."), field="contact_email"))
    if phone and not (number := find_phone(phone) or ""):
        faults.append(Invalid(_("Write the telephone number with its ten digits, like 06 12 34 56 78."), field="contact_phone"))
    if not email and not phone:
        faults.append(Invalid(_("Give an e-mail address or a telephone number."), field="contact_email"))
    if faults:
        raise InvalidForm(faults)
    return Contact(name[:LONGEST_NAME], email.lower(), number, get_language() or "fr")


def standard_answers(service: type[Service], action: str, category: str) -> list[StandardAnswer]:
    """The texts to start from: those of the category first, then of its group, then for all."""
    group = category.partition(".")[0]
    ranked = {category: 0, group: 1, "": 2}
    found = [a for a in service.answers if a.action == action and a.category in ranked]
    return sorted(found, key=lambda a: ranked[a.category])
