"""Questions about persons: who asks, and how to reach them. Their answers are private unless the declaration says otherwise."""

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren, siret

from oppidum.cases.declaration.fields.base import Field
from oppidum.cases.declaration.fields.words import one_line
from oppidum.core.errors import Invalid, InvalidForm

PERSON, COMPANY, ASSOCIATION, COMMUNE = "person", "company", "association", "commune"
KIND_LABELS = {
    PERSON: _("A person"),
    COMPANY: _("A company"),
    ASSOCIATION: _("An association"),
    COMMUNE: _("A commune or a public body"),
}
# Numéro RNA: W, the department of the sub-prefecture (also 2A, 2B, 9R...), a serial number; ten signs in all.
_RNA = re.compile(r"W\d[0-9A-Z]\d{7}")
LONGEST_NAME = 200


def read_identifier(raw: str, kinds: tuple[str, ...] = ("siret", "siren", "rna")) -> dict[str, str]:
    """`{"siret": ...}`, `{"siren": ...}` or `{"rna": ...}` from a number as people type it. Raises `Invalid`.

    SIRET and SIREN carry Luhn's check digit; the establishments of La Poste (SIREN 356 000 000) follow a rule of their own, which
    python-stdnum knows.
    """
    text = re.sub(r"[^0-9A-Z]", "", raw.upper())
    if "siret" in kinds and len(text) == 14 and siret.is_valid(text):
        return {"siret": text, "siren": text[:9]}
    if "siren" in kinds and len(text) == 9 and siren.is_valid(text):
        return {"siren": text}
    if "rna" in kinds and _RNA.fullmatch(text):
        return {"rna": text}
    if len(text) in (9, 14) and text.isdigit():
        raise Invalid(_("One digit of this number is wrong, or two changed places: compare it with your papers."))
    raise Invalid(
        _("Write the fourteen digits of the SIRET, the nine of the SIREN, or the RNA number of an association (W and nine signs).")
        if "rna" in kinds
        else _("Write the fourteen digits of the SIRET, or the nine of the SIREN.")
    )


def read_phone(raw: str) -> str:
    """A telephone number as E.164; ten digits are French. Raises `Invalid`."""
    try:
        number = phonenumbers.parse(raw, "FR")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Invalid(_("Write the number with its ten digits, like 06 12 34 56 78."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def say_phone(number: str) -> str:
    """A number in E.164 as it is read in France: 06 12 34 56 78, or with its country."""
    parsed = phonenumbers.parse(number, "FR")
    national = parsed.country_code == 33
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def read_email(raw: str) -> str:
    """An e-mail address in lower case. Raises `Invalid`."""
    text = raw.strip().lower()
    try:
        validate_email(text)
    except ValidationError:
        raise Invalid(_("Write the whole address, like name@example.fr.")) from None
    if len(text) > 254:
        raise Invalid(_("Write the whole address, like name@example.fr."))
    return text


def collect(faults: list[Invalid], part: str, read, *args: Any) -> Any:
    """What `read` makes of a part, or None with its fault noted."""
    try:
        return read(*args)
    except Invalid as fault:
        fault.field = part
        faults.append(fault)
        return None


def _spaced(number: str) -> str:
    """Digits by threes as they are read out, "732 829 320 00074"; a number of another kind as it is."""
    return " ".join(part for part in (number[:3], number[3:6], number[6:9], number[9:]) if part) if number.isdigit() else number


@dataclass(frozen=True)
class Party(Field):
    """Who asks, or another party: `{kind, name}`, with `siret` and `siren`, or `rna`, for who is no natural person, and perhaps
    `represented_by`. A company must give its SIRET or SIREN; an association its RNA number or SIRET."""

    _: KW_ONLY
    kinds: tuple[str, ...] = (PERSON, COMPANY, ASSOCIATION, COMMUNE)
    private: bool = True
    kind: ClassVar[str] = "party"
    owed: ClassVar[Any] = _("Say who it is: it is needed to go on.")
    parts: ClassVar[tuple[str, ...]] = ("kind", "name", "number", "represented_by")

    @property
    def first_part(self):
        return "kind" if len(self.kinds) > 1 else "name"

    def clean(self, raw, today):
        if not isinstance(raw, Mapping):
            raw = {"name": raw}
        kind = raw.get("kind") or (self.kinds[0] if len(self.kinds) == 1 else "")
        if kind not in self.kinds:
            raise Invalid(_("Say who it is: choose one of the answers offered."), field="kind")
        faults: list[Invalid] = []
        value = {"kind": kind, "name": collect(faults, "name", one_line, raw.get("name") or "", LONGEST_NAME)}
        if value["name"] == "":
            faults.append(Invalid(_NAME_OF[kind], field="name"))
        if kind != PERSON:
            number = next((str(raw[part]) for part in ("number", "siret", "rna", "siren") if raw.get(part)), "")
            if number or kind != COMMUNE:
                value |= collect(faults, "number", read_identifier, number, _NUMBERS_OF[kind]) or {}
            if agent := collect(faults, "represented_by", one_line, raw.get("represented_by") or "", LONGEST_NAME):
                value["represented_by"] = agent
        if faults:
            raise InvalidForm(faults)
        return value

    def show(self, value):
        number = next((f"{name.upper()}\u00a0{_spaced(value[name])}" for name in ("siret", "rna", "siren") if value.get(name)), "")
        shown = f"{value['name']} ({number})" if number else value["name"]
        agent = value.get("represented_by")
        return str(_("%(party)s, represented by %(agent)s") % {"party": shown, "agent": agent}) if agent else shown

    def fact_of(self, value):
        """What it is, not who. A company may be one person who works alone, whose SIREN then names that person (GDPR, art. 4(1)): only the
        numbers of associations and public bodies are told."""
        told = ("kind", "siren", "rna") if value.get("kind") in (ASSOCIATION, COMMUNE) else ("kind",)
        return {name: value[name] for name in told if name in value}


_NAME_OF = {
    PERSON: _("Write the first name and the name."),
    COMPANY: _("Write the company's name."),
    ASSOCIATION: _("Write the association's name."),
    COMMUNE: _("Write the name of the commune or the public body."),
}
_NUMBERS_OF = {
    COMPANY: ("siret", "siren"),
    ASSOCIATION: ("siret", "siren", "rna"),
    COMMUNE: ("siret", "siren"),
}


@dataclass(frozen=True)
class Contact(Field):
    """How to reach somebody: `{name, email, phone}`, each where given; the telephone as E.164. `needs` names what can't be left out;
    when it names nothing, one of e-mail and telephone is enough. `fellow`: of somebody who asks together with the first contact (the
    other parent): told all that the first one is told."""

    _: KW_ONLY
    needs: tuple[str, ...] = ()
    fellow: bool = False
    private: bool = True
    kind: ClassVar[str] = "contact"
    owed: ClassVar[Any] = _("Write how we can reach you: it is needed to go on.")
    parts: ClassVar[tuple[str, ...]] = ("name", "email", "phone")

    @property
    def first_part(self):
        return self.needs[0] if self.needs else "email"

    def clean(self, raw, today):
        if not isinstance(raw, Mapping):
            raw = {"email": str(raw)}
        faults: list[Invalid] = []
        readers = {"name": lambda text: one_line(text, LONGEST_NAME), "email": read_email, "phone": read_phone}
        value = {}
        for part, read in readers.items():
            text = str(raw.get(part) or "").strip()
            if text and (found := collect(faults, part, read, text)):
                value[part] = found
            elif not text and part in self.needs:
                faults.append(Invalid(_("This answer is needed to go on."), field=part))
        if not faults and not self.needs and "email" not in value and "phone" not in value:
            faults.append(Invalid(_("Give an e-mail address or a telephone number."), field="email"))
        if faults:
            raise InvalidForm(faults)
        return value

    def show(self, value):
        phone = say_phone(value["phone"]) if value.get("phone") else ""
        return " · ".join(part for part in (value.get("name"), value.get("email"), phone) if part)

    def fact_of(self, value):
        return dict.fromkeys(value, True)
