"""The register of processings (registre des activités de traitement), printed from the declarations: GDPR, art. 30(1).

A service that isn't in the register doesn't run, and what the register says is what the engine does: both are the same declaration.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.cases.declaration import Field, Privacy, Service, catalogue, privacy_of
from oppidum.cases.declaration.privacy import ANONYMISE, BASES, END, FILED, Duration, Kept, outcomes_of
from oppidum.cases.persons.engine_data import forms_of
from oppidum.people.models import Directorate
from oppidum.privacy.house import HOUSE


@dataclass(frozen=True)
class Retention:
    """A line of "how long": what ended so is kept `lasts`, from `since`, because of `reason`, and `then`."""

    outcome: str
    lasts: str
    since: str
    reason: str
    then: str
    source: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Processing:
    """An entry of the register, in words."""

    code: str
    name: str
    owner: str
    purpose: str
    basis: str
    persons: tuple[str, ...]
    data: tuple[str, ...]
    sensitive: tuple[str, ...]
    recipients: tuple[str, ...]
    processors: tuple[str, ...]
    transfers: str
    retention: tuple[Retention, ...]
    sight: tuple[str, ...]
    security: tuple[str, ...]
    dpia: str
    is_declared: bool = True


def register() -> list[Processing]:
    """Every processing, in the current language: the services by name, then what the house itself does."""
    owners = dict(Directorate.objects.values_list("code", "name"))
    services = sorted((_of_service(service, owners) for service in catalogue().values()), key=lambda entry: entry.name.casefold())
    return services + [_of_house(code, name, privacy) for code, name, privacy in HOUSE]


def _of_service(service: type[Service], owners: dict[str, str]) -> Processing:
    privacy = privacy_of(service)
    kept = [_kept(str(service.flow.steps[outcome].label), one, service) for outcome, one in outcomes_of(service).items()]
    owner = owners.get(service.owner, service.owner)
    return _entry(service.code, str(service.name), owner, privacy, _merged(kept), service)


def _of_house(code: str, name: Any, privacy: Privacy) -> Processing:
    kept = [
        _kept(str(outcome) if outcome != "*" else "", one if isinstance(one, Kept) else Kept(one, FILED), None)
        for outcome, one in privacy.retention.items()
    ]
    return _entry(code, str(name), _("All departments"), privacy, kept, None)


def _entry(code: str, name: str, owner: str, privacy: Privacy | None, kept: list[Retention], service: Any) -> Processing:
    if privacy is None:
        return Processing(
            code, name, owner, str(getattr(service, "says", "") or name), "", (), (), (), (), (), "", tuple(kept), (), (), "", False
        )
    return Processing(
        code=code,
        name=name,
        owner=owner,
        purpose=str(privacy.purpose),
        basis=basis_in_words(privacy),
        persons=_texts(privacy.persons),
        data=_texts(privacy.categories),
        sensitive=tuple(_label(service, name) for name in privacy.sensitive),
        recipients=_texts(privacy.recipients),
        processors=_texts(privacy.processors),
        transfers=str(privacy.transfers) or _("none outside the European Union"),
        retention=tuple(kept),
        sight=tuple(_sight(service, sees) for sees in privacy.sees),
        security=_texts(privacy.security) or house_security(),
        dpia=_("needed: %(why)s") % {"why": privacy.dpia_reason} if privacy.dpia else _("not needed"),
    )


def house_security() -> tuple[str, ...]:
    """What holds for every service on this platform (GDPR, art. 30(1)(g), 32(1))."""
    return (
        _("access by role, answers masked by right"),
        _("journal that can't be changed, access log of look-ups"),
        _("signed sessions of a working day, encrypted lines, daily backups"),
    )


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _label(service: Any, name: str) -> str:
    question: Field | None = next((form[name] for form in forms_of(service) if name in form), None)
    return str(question.label) if question is not None else name


def _sight(service: Any, sees: Any) -> str:
    fields = ", ".join(_label(service, name) for name in sees.fields)
    said = _("%(fields)s: only with the right %(rights)s") % {"fields": fields, "rights": " / ".join(sees.rights)}
    return f"{said} ({sees.why})" if sees.why else said


def _kept(outcome: str, kept: Kept, service: Any) -> Retention:
    then = {
        ANONYMISE: _("then made anonymous"),
        "destroy": _("then destroyed, with the archives' visa"),
        "archive": _("then kept as archives"),
    }[kept.then]
    return Retention(
        outcome,
        duration_in_words(kept.lasts),
        _since(kept, service),
        str(kept.reason),
        then,
        say_source(kept.source),
        kept.verified,
    )


def _since(kept: Kept, service: Any) -> str:
    if kept.after == END:
        return _("from the end of the case")
    if kept.after == FILED:
        return _("from the day it was made")
    return _("from: %(action)s") % {"action": service.flow.actions[kept.after].label}


def _merged(kept: list[Retention]) -> list[Retention]:
    """One line for all outcomes that are kept alike."""
    alike: dict[tuple, list[str]] = {}
    for one in kept:
        alike.setdefault((one.lasts, one.since, one.reason, one.then, one.source, one.verified), []).append(one.outcome)
    if len(alike) == 1:
        return [Retention("", *next(iter(alike)))]
    return [Retention(", ".join(outcomes), *key) for key, outcomes in alike.items()]


def basis_in_words(privacy: Privacy) -> str:
    """ "legal obligation (GDPR, art. 6(1)(c)); CCH, art. L635-1"."""
    article = _("GDPR, art. 6(1)(%(letter)s)") % {"letter": privacy.article}
    said = f"{BASES[privacy.article]} ({article})"
    return f"{said}\u00a0; {say_source(privacy.source)}" if privacy.source else said


def say_source(source: str) -> str:
    """An article as the reader knows it: the French call the regulation RGPD."""
    return source.replace("GDPR", _("GDPR"))


def duration_in_words(text: str) -> str:
    """ "2 years", "1 year 6 months", "30 days"."""
    duration = Duration.parse(text)
    years, months = divmod(duration.months, 12)
    parts = [
        years and ngettext("%(n)d year", "%(n)d years", years) % {"n": years},
        months and ngettext("%(n)d month", "%(n)d months", months) % {"n": months},
        duration.days and ngettext("%(n)d day", "%(n)d days", duration.days) % {"n": duration.days},
    ]
    return " ".join(part for part in parts if part) or _("no time at all")


def headings() -> list[str]:
    """The columns of the table, in the order of art. 30(1)."""
    return [
        _("Code"), _("Processing"), _("Department"), _("Purpose"), _("Legal basis"), _("Persons"), _("Data"), _("Sensitive data"),
        _("Recipients"), _("Processors"), _("Transfers"), _("Kept for"), _("Who sees what"), _("Security"), _("Impact assessment"),
    ]  # fmt: skip


def cells(entry: Processing) -> list[str]:
    """An entry as a line of the table."""
    return [
        entry.code, entry.name, entry.owner, entry.purpose, entry.basis, "; ".join(entry.persons), "; ".join(entry.data),
        "; ".join(entry.sensitive), "; ".join(entry.recipients), "; ".join(entry.processors), entry.transfers,
        "; ".join(kept_in_words(one) for one in entry.retention), "; ".join(entry.sight), "; ".join(entry.security), entry.dpia,
    ]  # fmt: skip


def kept_in_words(kept: Retention) -> str:
    """ "Granted: 5 years from the end of the case, then made anonymous (a permit can be withdrawn)"."""
    said = f"{kept.lasts} {kept.since}, {kept.then}"
    said = f"{kept.outcome}\u00a0: {said}" if kept.outcome else said
    said = f"{said} ({kept.reason})" if kept.reason else said
    return said if kept.verified else said + " " + _("[source to be checked]")


def register_csv() -> str:
    """The register as a table, semicolons and a byte order mark as French spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings())
    writer.writerows(cells(entry) for entry in register())
    return "\ufeff" + out.getvalue()
