"""Acts, minutes and convening letters of bodies on paper: PDF/UA files, the same bytes for the same words and instant."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from oppidum.bodies.convening import convening_letter
from oppidum.bodies.minutes import ItemTold, Minutes, minutes_of
from oppidum.bodies.models import Act, ActAnnex, ActFile, Item, Sitting
from oppidum.cases.mailing.notices import day_in_words
from oppidum.core import clock
from oppidum.publishing.annexes import list_annexes, read_annexes, with_annexes
from oppidum.territory.models import Intercommunality

TEMPLATE = Path(__file__).parent / "record.typ"


def make_files(acts: Sequence[Act]) -> list[ActFile]:
    """The file of each act that has none yet, with its print and its annexes; once made it is what everybody reads. An act whose annexes
    must wait (`annexes.why_waiting`) is made later."""
    have = set(ActFile.objects.filter(act__in=acts).values_list("act", flat=True))
    missing = [act for act in acts if act.pk not in have]
    annexes = read_annexes(missing)
    now, made = clock.now(), []
    for act in missing:
        if act.pk not in annexes:
            continue
        alone, whole = act_pdfs(act, annexes[act.pk], now)
        made.append(
            ActFile(
                act=act,
                pdf=whole,
                sha256=hashlib.sha256(whole).hexdigest(),
                made_at=now,
                alone=alone if annexes[act.pk] else None,
            )
        )
    with transaction.atomic():
        files = ActFile.objects.bulk_create(made, ignore_conflicts=True)
        # Whoever made the file of an act first made its annexes too.
        ActAnnex.objects.bulk_create([one for file in made for one in annexes[file.act_id]], ignore_conflicts=True)
    return files


def act_pdfs(act: Act, annexes: Sequence[ActAnnex], now: datetime) -> tuple[bytes, bytes]:
    """The act alone, and with its annexes; in French, the language of the Republic (Constitution, art. 2), whatever the reader's."""
    with override("fr"):
        alone = typeset_record(act_data(act, annexes), now)
        return alone, with_annexes(alone, annexes)


def act_pdf(act: Act, now: datetime) -> bytes:
    """An act without annexes."""
    return act_pdfs(act, (), now)[1]


def act_data(act: Act, annexes: Sequence[ActAnnex] = ()) -> dict[str, Any]:
    """What the act's paper says: who decided, when, the report, the decision, the vote, the annexes, the signature."""
    facts = [
        (pgettext("act", "Number"), act.code),
        (_("Decided by"), act.body.name),
        (pgettext("act", "On"), day_in_words(act.decided_on)),
        (_("Matter"), act.matter),
        (_("Vote"), vote_in_words(act.item) if act.item else ""),
    ]
    sections = [
        (pgettext("act", "Report"), act.text),
        (pgettext("act", "Decision"), act.decision),
        (_("Annexes"), list_annexes(annexes)),
    ]
    signed = _("Signed on %(day)s") % {"day": day_in_words(act.signed_on)}
    return record_data(
        title=act.title,
        kicker=f"{act.get_series_display()} {act.code}",
        facts=facts,
        sections=sections,
        signature=[act.quality, act.signed_by, signed],
        footer=act.code,
    )


def vote_in_words(item: Item) -> str:
    """The count in a line; blank where nobody had to vote."""
    if not item.tally.voting:
        return _("elected without a vote, the only candidate") if item.kind == Item.Kind.NOMINATION else ""
    words = _("for: %(votes_for)d, against: %(against)d, abstentions: %(abstained)d") % {
        "votes_for": item.votes_for,
        "against": item.against,
        "abstained": item.abstained,
    }
    if item.by_casting_vote:
        words += _(", by the president's casting vote")
    return f"{item.get_ballot_display()} · {words}"


def minutes_pdf(sitting: Sitting) -> bytes:
    """The minutes, draft or settled; a draft says so at its foot."""
    with override("fr"):
        told = minutes_of(sitting)
        return typeset_record(minutes_data(told), clock.now())


def minutes_data(told: Minutes) -> dict[str, Any]:
    """What CGCT, art. L2121-15 asks for: date, hour, president, members, secretary, quorum, agenda, decisions, votes, debates."""
    at = told.at.astimezone(clock.PARIS)
    represented = ", ".join(f"{giver} ({_('proxy')}: {holder})" for giver, holder in told.represented)
    facts = [
        (_("Date and hour"), f"{day_in_words(at.date())}, {at.hour} h {at:%M}"),
        (_("President"), told.president),
        (_("Secretary"), told.secretary),
        (_("Members in office"), str(told.in_office)),
        (_("Quorum"), pgettext("quorum", "reached") if told.is_quorum_reached else pgettext("quorum", "not reached")),
    ]
    who = [
        (pgettext("roll", "Present"), ", ".join(told.present)),
        (pgettext("roll", "Represented"), represented),
        (pgettext("roll", "Excused"), ", ".join(told.excused)),
        (pgettext("roll", "Absent"), ", ".join(told.absent)),
        (_("Agenda"), "\n".join(f"{one.item.rank}. {one.title}" for one in told.items)),
    ]
    sitting = told.sitting
    state = (
        _("Settled on %(day)s") % {"day": day_in_words(sitting.minutes_settled_on)}
        if sitting.minutes_settled_on
        else pgettext("minutes", "Draft")
    )
    return record_data(
        title=_("Minutes of the sitting of %(day)s") % {"day": day_in_words(sitting.on)},
        kicker=sitting.body.name,
        facts=facts,
        sections=who + [(f"{one.item.rank}. {one.title}", item_in_words(one)) for one in told.items],
        signature=[told.president, told.secretary],
        footer=state,
    )


def item_in_words(one: ItemTold) -> str:
    """An item of the minutes, a line a fact."""
    lines = [one.report, one.decision, one.debate]
    if one.step_outs:
        lines.append(_("Took no part: %(names)s") % {"names": ", ".join(one.step_outs)})
    vote = vote_in_words(one.item)
    lines.append(_("Outcome: %(outcome)s") % {"outcome": one.outcome} + (f" ({vote})" if vote else ""))
    lines += [f"{choice}\u00a0: {', '.join(names)}" for choice, names in one.names.items()]
    if one.elected:
        lines.append(_("Elected: %(name)s") % {"name": one.elected})
    if one.act_code:
        lines.append(_("Act: %(code)s") % {"code": one.act_code})
    return "\n".join(line for line in lines if line)


def convening_pdf(sitting: Sitting) -> bytes:
    """The convening letter with its agenda and notes, for members who want it on paper."""
    with override("fr"):
        subject, body = convening_letter(sitting)
        data = record_data(title=subject, kicker="", facts=[], sections=[("", body)], signature=[], footer=sitting.body.name)
        return typeset_record(data, clock.now())


def record_data(*, title, kicker, facts, sections, signature, footer) -> dict[str, Any]:
    """What the template of records takes; facts and sections without words are left out."""
    return {
        "lang": "fr",
        "authority": Intercommunality.objects.values_list("name", flat=True).first() or "Oppidum",
        "title": title,
        "kicker": kicker,
        "facts": [pair for pair in facts if pair[1]],
        "sections": [{"title": name, "text": text} for name, text in sections if text],
        "signature": [line for line in signature if line],
        "footer": footer,
    }


def typeset_record(data: dict[str, Any], now: datetime) -> bytes:
    """A PDF/UA file; the same bytes for the same words and instant."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=now.replace(microsecond=0),
    )
