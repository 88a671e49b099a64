"""An officer's correction of answers: checked like the form, told with before, after and why, and evaluated as if it had been filed so.

Rules and the day's limits are those of the day of filing; clocks go on. Signatures, files and booked places stay as they were given, and
so does what the declaration names in `fixed`. What can't name anybody stands before and after in the journal; the rest beside it, where
it goes with the personal data (`models/journal.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.acting import act_on
from oppidum.cases.completing import complete_one
from oppidum.cases.declaration import Field, Service, find_ineligible, get_service, survey
from oppidum.cases.declaration.fields import Fields
from oppidum.cases.declaration.recorded import CORRECT
from oppidum.cases.intake import place_of, rules_in_force
from oppidum.cases.lying import find_commune_named
from oppidum.cases.models import Case
from oppidum.cases.persons.engine_data import factual_names
from oppidum.cases.persons.masking import may_see
from oppidum.cases.preparing import actor_of
from oppidum.cases.reading import read_standings
from oppidum.cases.repeating import alone
from oppidum.cases.rules.standing import Command, Mended, Standing
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.core.watching import all_or_nothing
from oppidum.people.models import Officer

REASONS = {
    "mistyped": _("It was typed wrongly"),
    "told": _("The applicant told us"),
    "evidence": _("A paper or a visit shows it"),
    "other": _("Another reason"),
}
LONGEST_MESSAGE = 2000
# What stays as it was given: a signature is a signature, a file is sent again, a place is moved, a result follows from the rest.
LASTING = frozenset({"statement", "files", "slot", "contact", "computed"})
_PLACES = frozenset({"place", "address", "asset"})


@dataclass(frozen=True)
class Correction:
    """What a correction would change: (before, after) by the name of the question, in the form's order; None is no answer.

    `barred`: what the service would have told who had answered so: it can't be asked for.
    """

    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    barred: str = ""

    def __bool__(self) -> bool:
        return bool(self.changed)


def form_of(service: type[Service], category: str) -> Fields:
    """What was asked when the case was filed: the service's form, or the questions of its category."""
    chosen = service.categories.get(category)
    return chosen.questions if chosen else service.form


def correctable(service: type[Service], category: str, rights: frozenset[str]) -> dict[str, Field]:
    """The questions whose answers an officer with those rights may correct, by name."""
    return {
        name: question
        for name, question in form_of(service, category).items()
        if question.kind not in LASTING and name not in service.fixed and may_see(service, name, question, rights)
    }


def foresee(case: Case, standing: Standing, raw: Mapping[str, Any], rights: frozenset[str]) -> Correction:
    """What these answers would change; names that are left out stay as they are. Raises `InvalidForm` with every fault."""
    service = get_service(case.service, standing.definition)
    form, open_ = form_of(service, case.filed_category), correctable(service, case.filed_category, rights)
    typed = complete_one(open_, {name: value for name, value in raw.items() if name in open_})
    if strangers := sorted(set(raw) - set(open_)):
        raise InvalidForm([Invalid(_("This answer stays as it was given."), field=name) for name in strangers])
    return compare(service, form, case.answers, case.answers | typed, standing, frozenset(open_))


def compare(
    service: type[Service], form: Fields, old: Mapping[str, Any], raw: Mapping[str, Any], standing: Standing, names: frozenset[str]
) -> Correction:
    """The old answers beside those that `raw` comes to, by the rules of the day of filing. Faults of other questions than `names` are
    none of this act: what was right when it was given isn't held against anybody."""
    day = standing.filed_on
    aside = {name: value for name, value in standing.facts.items() if name not in form}
    found = survey(form, raw, day, aside | rules_in_force(service, day))
    if faults := [fault for fault in found.faults if (fault.field or "").partition("-")[0] in names]:
        raise InvalidForm(faults)
    changed = {}
    for name, question in form.items():
        after = found.answers.get(name) if name in names or question.kind == "computed" else old.get(name)
        if not _same(question, old.get(name), after):
            changed[name] = old.get(name), after
    barred = find_ineligible(service.eligibility, found.known, found.settled()) if changed else None
    return Correction(changed, barred.tell(form, found.answers) if barred else "")


def _same(question: Field, before: Any, after: Any) -> bool:
    """A point drawn again with six decimals is the same point."""
    if question.kind in _PLACES and isinstance(before, Mapping) and isinstance(after, Mapping):
        return {**before, **_rounded(before)} == {**after, **_rounded(after)}
    return before == after


def _rounded(place: Mapping[str, Any]) -> dict[str, Any]:
    return {part: round(place[part], 5) for part in ("lon", "lat") if isinstance(place.get(part), float)}


def correct(case: Case, officer: Officer, raw: Mapping[str, Any], why: str, message: str, seen: int) -> Correction:
    """Correct the answers and tell the applicant; what changed, nothing where all was so already (a form sent twice).

    Raises `InvalidForm`, and what refuses the act: `Stale`, `NotNow`, `NotAllowed`.
    """
    check_reason(why, message)
    with alone(officer.pk), all_or_nothing():
        case = Case.objects.get(pk=case.pk)
        standing = read_standings([case.pk])[case.pk]
        found = foresee(case, standing, raw, officer.rights)
        if found:
            service = get_service(case.service, standing.definition)
            told, mended = record_of(service, case, found)
            data = {"correction": {"why": why} | told, "message": message.strip()}
            act_on(case.pk, Command(CORRECT, actor_of(officer), data, seen, mended=mended))
    return found


def check_reason(why: str, message: str) -> None:
    """Raises `InvalidForm` where the reason is missing, or too long to be read."""
    faults = []
    if why not in REASONS:
        faults.append(Invalid(_("Say why the answers are corrected."), field="correction-why"))
    if not message.strip():
        faults.append(Invalid(_("Say it to the applicant in a sentence."), field="correction-message"))
    if len(message) > LONGEST_MESSAGE:
        faults.append(Invalid(_("At most %(most)d characters fit.") % {"most": LONGEST_MESSAGE}, field="correction-message"))
    if faults:
        raise InvalidForm(faults)


def record_of(service: type[Service], case: Case, found: Correction) -> tuple[dict[str, Any], Mended]:
    """What of a correction goes into the journal (names, values that can't name anybody, facts, commune), and what beside it."""
    form, factual = form_of(service, case.filed_category), factual_names(service)
    told: dict[str, Any] = {"fields": list(found.changed)}
    if plain := {name: list(both) for name, both in found.changed.items() if name in factual}:
        told["changed"] = plain
    after = {name: new for name, (_old, new) in found.changed.items()}
    facts = {name: None for name, new in after.items() if new is None and name in service.facts_read}
    facts |= service.keep_facts({name: new for name, new in after.items() if new is not None}, form)
    if facts:
        told["facts"] = facts
    lay, lies = (_where(service, form, answers) for answers in (case.answers, case.answers | after))
    if lay != lies:
        told["commune"] = lies[2]
    beside = {name: both for name, both in found.changed.items() if name not in factual}
    return told, Mended(after, beside, lies if lay != lies else None)


def _where(service: type[Service], form: Fields, answers: Mapping[str, Any]) -> tuple[float | None, float | None, str, str]:
    given = {name: value for name, value in answers.items() if value is not None}
    lies = place_of(form, given)
    return lies.get("lon"), lies.get("lat"), lies.get("commune") or find_commune_named(service, given), lies.get("address", "")
