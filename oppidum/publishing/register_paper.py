"""A register on paper and as a table, for the commissioner: every observation, whole, with what was hidden from the page and why."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from oppidum.cases.mailing.notices import day_in_words
from oppidum.core import clock
from oppidum.publishing.record_paper import record_data, typeset_record
from oppidum.publishing.registers import HIDDEN, Observation, Register


def register_rows(observations: Sequence[Observation], whole: bool) -> Iterator[Sequence[str]]:
    """A line an observation; the commissioner's also say what the public page hides."""
    head = [
        _("Number"),
        _("Received at"),
        _("Kind"),
        _("Name"),
        _("Text"),
        pgettext("register", "Answer"),
        pgettext("register", "Files"),
    ]
    yield head + ([_("Shown on the page"), _("Why not, or not all of it")] if whole else [])
    for one in observations:
        local = one.received_at.astimezone(clock.PARIS)
        line = [
            str(one.number),
            local.isoformat(timespec="minutes"),
            one.about,
            one.name or _("anonymous"),
            one.text,
            one.reply,
            str(one.papers),
        ]
        yield line + ([_said(one), one.hidden] if whole else [])


def register_pdf(register: Register, observations: Sequence[Observation]) -> bytes:
    """The whole register as a PDF/UA file in French."""
    with override("fr"):
        facts = [
            (_("What is it in law?"), register.said("kind")),
            (_("Who holds it?"), register.said("holder")),
            (_("First day"), day_in_words(register.opens_on)),
            (_("Last day"), day_in_words(register.closes_on)),
            (_("Observations"), str(len(observations))),
            (_("Printed on"), day_in_words(clock.today())),
        ]
        data = record_data(
            title=register.title,
            kicker=_("Register of observations"),
            facts=facts,
            sections=[(_heading(one), _body(one)) for one in observations],
            signature=[],
            footer=register.code,
        )
        return typeset_record(data, clock.now())


def _heading(one: Observation) -> str:
    at = one.received_at.astimezone(clock.PARIS)
    return f"{one.number} · {one.about} · {one.name or _('anonymous')} · {day_in_words(at.date())}, {at.hour} h {at:%M}"


def _body(one: Observation) -> str:
    lines = [one.text]
    if one.hidden:
        lines.append(_("%(said)s: %(why)s") % {"said": _said(one), "why": one.hidden})
    if one.papers:
        lines.append(_("Files received: %(count)d") % {"count": one.papers})
    if one.reply:
        lines.append(_("Answer: %(reply)s") % {"reply": one.reply})
    return "\n".join(lines)


def _said(one: Observation) -> str:
    if one.step == HIDDEN:
        return _("Not shown on the page")
    if one.step == "received":
        return _("Not read yet")
    return _("Shown without a passage") if one.is_cut else pgettext("register", "Shown")
