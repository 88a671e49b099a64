"""Splitting: a case that holds two matters becomes two, each with its own way, both from the first day.

The new case is filed through the engine as of the original's day of filing, under the original's declaration, by the same author; the
original keeps its dates. Both journals say it, both are tied, and the author is told once, with both codes. Merging takes it back.
What holds a booked place isn't split, nor what the declaration says no of (`splits`).
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.acting import act_on
from oppidum.cases.completing import complete_one
from oppidum.cases.corrections.correcting import LASTING, LONGEST_MESSAGE, Correction, compare, correctable, form_of, record_of
from oppidum.cases.declaration import Files, Items, Service, find_ineligible, get_service, survey
from oppidum.cases.declaration.recorded import LINK, SPLIT
from oppidum.cases.files.attachments import tokens_in
from oppidum.cases.filing import Filed, NewCase, file_case, prepare_case
from oppidum.cases.intake import place_of, rules_in_force
from oppidum.cases.models import Attachment, Case, Link, Party, Photo
from oppidum.cases.preparing import actor_of
from oppidum.cases.reading import read_standings
from oppidum.cases.repeating import alone
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import Command, Contact, Mended, Standing
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.core.watching import all_or_nothing
from oppidum.people.models import Officer


@dataclass(frozen=True, kw_only=True)
class Part:
    """The matter that becomes a case. `raw`: its answers, of a report its category and words too; what is left out is copied.

    `place`: lon, lat, commune and address of a report that lies elsewhere. `photos`: tokens of the pictures that go. `lines`: of a question
    that is answered by rows, the numbers (from 0) of those that go; none: all are copied. `files`: tokens of the papers that it needs too.
    """

    raw: Mapping[str, Any] = field(default_factory=dict)
    place: Mapping[str, Any] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    message: str = ""


def is_splittable(service: type[Service], standing: Standing) -> bool:
    """Whether such a case can be made two where it stands."""
    return service.splits and not service.bookings and standing.is_open and standing.forgotten_on is None


def split(case: Case, officer: Officer, part: Part, seen: int, key: str) -> Filed:
    """Make the part a case of its own. `key` names the form: sent twice, it splits once.

    Raises `InvalidForm`, `NotEligible`, and what refuses the act: `Stale`, `NotNow`, `NotAllowed`.
    """
    if len(part.message) > LONGEST_MESSAGE:
        raise InvalidForm([Invalid(_("At most %(most)d characters fit.") % {"most": LONGEST_MESSAGE}, field="split-message")])
    with alone(officer.pk), all_or_nothing():
        if done := Case.objects.filter(key=f"split:{case.pk}:{key}").first():
            return Filed(done.pk, done.code, False)
        case = Case.objects.get(pk=case.pk)
        standing = read_standings([case.pk])[case.pk]
        service = get_service(case.service, standing.definition)
        if not is_splittable(service, standing):
            raise NotNow(step=standing.step, action=SPLIT)
        leaving = _leaving(service, case, standing, part)
        filed = file_case(_new_case(service, case, standing, officer, part, key))
        photos = Photo.objects.filter(case=case, token__in=part.photos).update(case=filed.case_id, seq=1)
        told: dict[str, Any] = {"split": {"case": filed.case_id, "service": case.service, "photos": photos}}
        mended: Mended | None = None
        if leaving:
            told["correction"], mended = record_of(service, case, leaving)
        told["message"] = part.message.strip()
        after = act_on(case.pk, Command(SPLIT, actor_of(officer), told, seen, mended=mended))
        _tie(case, standing, filed, officer, after.version)
    return filed


def _tie(case: Case, standing: Standing, filed: Filed, officer: Officer, seq: int) -> None:
    """What ties the new case to the first one, in its journal too; what was hidden or silenced there stays so here."""
    actor = actor_of(officer)
    Link.objects.create(case_id=filed.case_id, other=case, kind=SPLIT, seq=seq)
    act_on(filed.case_id, Command(LINK, actor, {"kind": SPLIT, "case": case.pk, "service": case.service}))
    if not standing.is_public and "hide" in get_service(case.service, standing.definition).flow.actions:
        act_on(filed.case_id, Command("hide", actor))
    if Party.objects.filter(case=case, role=Party.AUTHOR, notify=False).exists():
        Party.objects.filter(case=filed.case_id, role=Party.AUTHOR).update(notify=False)


def _leaving(service: type[Service], case: Case, standing: Standing, part: Part) -> Correction:
    """What the original no longer says: the rows that go. A list can't give all of its rows where one is needed."""
    form = form_of(service, case.filed_category)
    left = {
        name: [row for n, row in enumerate(case.answers[name]) if n not in going]
        for name, going in part.lines.items()
        if going and isinstance(form.get(name), Items) and isinstance(case.answers.get(name), list)
    }
    return compare(service, form, case.answers, case.answers | left, standing, frozenset(left)) if left else Correction()


def _new_case(service: type[Service], case: Case, standing: Standing, officer: Officer, part: Part, key: str) -> NewCase:
    author = Party.objects.filter(case=case, role=Party.AUTHOR).first()
    known = {
        "channel": "case",
        "contact": Contact(author.name, author.email, author.phone, author.language) if author else None,
        "actor": actor_of(officer),
        "key": f"split:{case.pk}:{key}",
        "filed_at": case.filed_at,
        "definition": standing.definition,
        "quiet": True,
    }
    if service.categories:
        lies = {"lon": case.place.x, "lat": case.place.y} if case.place else {}
        lies |= {"commune": case.commune_id or "", "address": case.address} | dict(part.place)
        return prepare_case(service, dict(part.raw), now=case.filed_at, **known, **lies)
    answers = _answers(service, case, standing, officer, part)
    return NewCase(
        service=service.code, answers=answers, attachments=tuple(tokens_in(answers)), **known, **place_of(service.form, answers)
    )


def _answers(service: type[Service], case: Case, standing: Standing, officer: Officer, part: Part) -> dict[str, Any]:
    """A copy of the answers with what was corrected, the rows that go, and its own copies of the papers; checked like the form."""
    form, open_ = service.form, correctable(service, "", officer.rights)
    raw = dict(case.answers) | complete_one(open_, {name: value for name, value in part.raw.items() if name in open_})
    for name, going in part.lines.items():
        if going and isinstance(form.get(name), Items):
            raw[name] = [row for n, row in enumerate(case.answers.get(name) or []) if n in going]
    for name, question in form.items():
        if isinstance(question, Files) and name in raw:
            raw[name] = _copy_files(case, [one["token"] for one in raw[name] if one["token"] in part.files])
    found = survey(form, raw, standing.filed_on, rules_in_force(service, standing.filed_on))
    # Signatures and the author are the original's own; whatever else is at fault can be mended on the page.
    given = {name for name, question in form.items() if question.kind in LASTING - {"files"}}
    if faults := [fault for fault in found.faults if (fault.field or "").partition("-")[0] not in given]:
        raise InvalidForm(faults)
    if barred := find_ineligible(service.eligibility, found.known, found.settled()):
        raise NotEligible(barred.tell(form, found.answers), field=min(barred.when.names(), default=None))
    return found.answers


def _copy_files(case: Case, tokens: Iterable[str]) -> list[dict[str, Any]]:
    """The same papers for the new case: equal files share their place on the disk."""
    copies = []
    for paper in Attachment.objects.filter(case=case, token__in=list(tokens)).order_by("pk"):
        paper.pk, paper.token, paper.case, paper.seq = None, secrets.token_urlsafe(32), None, None
        paper.save(force_insert=True)
        copies.append({"token": paper.token, "name": paper.name, "type": paper.content_type, "bytes": paper.size})
    return copies
