"""What a service does with personal data, declared once: the register, the masks, the purge and the archives follow from it.

    privacy = Privacy(
        purpose=_("Answer requests for permission to let a dwelling"),
        basis=LEGAL_OBLIGATION, source="CCH, art. L635-1",
        persons=(_("landlords"),), categories=(_("identity and contact"), _("the dwelling")), recipients=(_("housing team"),),
        retention={"granted": Kept("P5Y", reason=_("length of the permit")), "*": "P2Y"},
        sees=(Sees(("income",), rights=("social",)),),
    )

GDPR, art. 5, 6, 9, 17, 30, 35; code du patrimoine, art. L212-2 (what is destroyed needs the archives' visa).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.core.calendar import add_months

CONSENT = "consent, GDPR art. 6(1)(a)"
CONTRACT = "contract, GDPR art. 6(1)(b)"
LEGAL_OBLIGATION = "legal obligation, GDPR art. 6(1)(c)"
VITAL_INTERESTS = "vital interests, GDPR art. 6(1)(d)"
PUBLIC_TASK = "public task, GDPR art. 6(1)(e)"
LEGITIMATE_INTERESTS = "legitimate interests, GDPR art. 6(1)(f)"

BASES = {
    "a": _("consent"),
    "b": _("performance of a contract"),
    "c": _("legal obligation"),
    "d": _("vital interests"),
    "e": _("task in the public interest"),
    "f": _("legitimate interests"),
}

CONSENT_ARTICLE = "a"
ANYTHING = "*"
END, FILED = "end", "filed"
ANONYMISE, DESTROY, ARCHIVE = "anonymise", "destroy", "archive"


@dataclass(frozen=True)
class Duration:
    """A calendar duration: months first, then days, as the law counts (code of civil procedure, art. 641)."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """From ISO 8601 in years, months, weeks and days ("P2Y", "P18M", "P30D"). Raises `ValueError`."""
        found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", str(text))
        if not found or not any(part is not None for part in found.groups()):
            raise ValueError(f"'{text}' is no duration such as P2Y, P18M or P30D")
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        return cls(years * 12 + months, weeks * 7 + days)

    def after(self, day: date) -> date:
        return add_months(day, self.months) + timedelta(days=self.days)


@dataclass(frozen=True)
class Kept:
    """How long, from when, why, and what then.

    `after`: "end" of the case, "filed", or the name of an action (its last time; where it never happened, the end).
    `then`: "anonymise" (persons go, facts stay), "destroy" (the file goes: needs the archives' visa) or "archive" (kept for ever).
    """

    lasts: str
    after: str = ""
    _: KW_ONLY
    reason: Any = ""
    then: str = ANONYMISE
    source: str = ""
    verified: bool = True

    @property
    def duration(self) -> Duration:
        return Duration.parse(self.lasts)


@dataclass(frozen=True)
class Sees:
    """Only officers with one of `rights` see the answers `fields`; `why` goes to the register."""

    fields: tuple[str, ...]
    _: KW_ONLY
    rights: tuple[str, ...] = ("persons",)
    why: Any = ""


@dataclass(frozen=True)
class Hold:
    """While `when` (an expression on the case's facts) holds, nothing is removed: a debt, an appeal, an answer still owed."""

    when: Any
    says: Any


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """The processing behind a service, as the register prints it (GDPR, art. 30) and the engine carries it out.

    `retention`: from the outcome (an end step, "*" for the others) to an ISO duration or a `Kept`; `after` is the event that starts
    those that don't name their own. `sensitive`: answers of GDPR art. 9 or 10. `identity_papers`: file answers that are watermarked
    and removed after the decision. `erasable`: outcomes whose data go at the person's wish before their time (GDPR, art. 17).
    """

    purpose: Any
    basis: str = PUBLIC_TASK
    source: str = ""
    persons: tuple[Any, ...] = ()
    categories: tuple[Any, ...] = ()
    recipients: tuple[Any, ...] = ()
    retention: Mapping[str, "str | Kept"] = field(default_factory=dict)
    after: str = END
    erasable: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    sees: tuple[Sees, ...] = ()
    identity_papers: tuple[str, ...] = ()
    holds: tuple[Hold, ...] = ()
    processors: tuple[Any, ...] = ()
    transfers: Any = ""
    security: tuple[Any, ...] = ()
    dpia: bool = False
    dpia_reason: Any = ""

    def __post_init__(self):
        for name in ("persons", "categories", "recipients", "erasable", "sensitive", "identity_papers", "processors", "security"):
            value = getattr(self, name)
            if not isinstance(value, (tuple, list)):  # one word alone is a list of one
                object.__setattr__(self, name, (value,) if value else ())

    @property
    def article(self) -> str:
        """The letter of GDPR art. 6(1): "e" for a public task; "" if the basis names none."""
        found = re.search(r"6\(1\)\(([a-f])\)", self.basis)
        return found[1] if found else ""


def privacy_of(service: Any) -> Privacy | None:
    """The declared processing, or None for a service that says only `retention`."""
    return getattr(service, "privacy", None) or None


def kept_of(service: Any, outcome: str) -> Kept:
    """How long the data of a case that ended in the step `outcome` are kept."""
    privacy = privacy_of(service)
    if privacy is None:
        return Kept(service.retention, END)
    found = privacy.retention.get(outcome) or privacy.retention.get(ANYTHING) or service.retention
    kept = found if isinstance(found, Kept) else Kept(found)
    return (
        kept
        if kept.after
        else Kept(kept.lasts, privacy.after, reason=kept.reason, then=kept.then, source=kept.source, verified=kept.verified)
    )


def outcomes_of(service: Any) -> dict[str, Kept]:
    """Each end step of the service with how long it keeps."""
    return {step.name: kept_of(service, step.name) for step in service.flow.steps.values() if step.is_end}


def asked_names(service: Any) -> set[str]:
    """The names of all questions that the form, a category or an action asks, rows of repeated groups as "group.name"."""
    forms = [service.form, *(category.questions for category in service.categories.values())]
    forms += [action.demands for action in service.flow.actions.values()]
    names = {name for form in forms for name in form}
    return names | {
        f"{name}.{inner}" for form in forms for name, question in form.items() for inner in getattr(question, "fields", ()) or ()
    }


def check_privacy(service: Any, rights: frozenset[str] = frozenset()) -> Iterator[str]:
    """All faults of the privacy part of a declaration, as sentences. `rights`: those that officers can have; empty: not checked."""
    privacy = privacy_of(service)
    if privacy is None and not service.retention:
        return  # said by the check of identity
    for outcome, kept in outcomes_of(service).items():
        yield from _faults_of(service, outcome, kept)
    if privacy is None:
        return
    if not privacy.article:
        yield "privacy: basis names no point of GDPR art. 6(1): take PUBLIC_TASK, LEGAL_OBLIGATION, CONSENT..."
    for name in ("purpose", "persons", "categories", "recipients"):
        if not getattr(privacy, name):
            yield f"privacy: declare `{name}` (GDPR, art. 30)"
    ends = {step.name for step in service.flow.steps.values() if step.is_end}
    for outcome in (set(privacy.retention) | set(privacy.erasable)) - ends - {ANYTHING}:
        yield f"privacy: '{outcome}' is no step in which a case ends: correct the outcome, or take '*'"
    asked = asked_names(service)
    named = {*privacy.sensitive, *privacy.identity_papers, *(name for sees in privacy.sees for name in sees.fields)}
    for name in sorted(named - asked):
        yield f"privacy: '{name}' is no question of the form: correct the name"
    for sees in privacy.sees:
        for right in sorted(set(sees.rights) - rights) if rights else ():
            yield f"privacy: '{right}' is no right of officers: correct sees="
    if privacy.dpia and not privacy.dpia_reason:
        yield "privacy: say why an impact assessment is needed (dpia_reason=; GDPR, art. 35)"


def _faults_of(service: Any, outcome: str, kept: Kept) -> Iterator[str]:
    try:
        Duration.parse(kept.lasts)
    except ValueError as wrong:
        yield f"retention of '{outcome}': {wrong}; declare it in privacy.retention, or `retention` for all outcomes"
    if kept.after not in (END, FILED) and kept.after not in service.flow.actions:
        yield f"retention of '{outcome}' starts at '{kept.after}', which is no action: take \"end\", \"filed\" or an action's name"
    if kept.then not in (ANONYMISE, DESTROY, ARCHIVE):
        yield f'retention of \'{outcome}\': then=\'{kept.then}\': take "anonymise", "destroy" or "archive"'
