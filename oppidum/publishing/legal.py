"""What the law wants in a paper of each kind, printed from the declaration so that it can't be forgotten.

Sources: CRPA, art. L112-3, L112-6, R112-5, R112-11-1 (acknowledgement); L211-2, L211-5 (reasons); L411-2, L411-7 (administrative
appeal); L231-4, L232-3 (silence); L311-3-1 (algorithm); CJA, art. R421-1, R421-5, R421-7 (court).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.cases.declaration import Clock, Letter, Remedies
from oppidum.cases.declaration.letters import REASONED, WITH_REMEDIES
from oppidum.cases.rules.clocks import clock_states
from oppidum.publishing.issuing import Issuer
from oppidum.publishing.stories import Story


class NoCourt(Exception):
    """A decision can't name the court that it may be contested at: fill in the letterhead."""


def silent_clock(story: Story) -> tuple[Clock, date | None] | None:
    """The first clock of the authority whose silence means something, and the last day before it falls; None without such a clock."""
    found = ((c, state.ends_on) for c, state in clock_states(story.service, story.standing) if c.falls and c.whose == "authority")
    return next(found, None)


def tacit_day(story: Story) -> date | None:
    """The last day before a tacit decision: the one that the acknowledgement names, as a date."""
    found = silent_clock(story)
    return found[1] if found else None


def boxes(story: Story, letter: Letter, issuer: Issuer, words: Any) -> Iterator[dict[str, Any]]:
    """The legal mentions of a letter, in the order in which they are printed: (title, paragraphs)."""
    if letter.kind == "acknowledgement":
        yield {"title": _("Your request"), "texts": list(acknowledgement(story, words))}
    if letter.algorithm:
        yield {"title": _("Decision based on an automatic computation"), "texts": list(_algorithm(letter))}
    if letter.kind in WITH_REMEDIES or (letter.kind == "acknowledgement" and _silence_refuses(story)):
        yield {"title": _("How to contest"), "texts": list(remedies(issuer, letter.remedies, letter.kind))}


def _silence_refuses(story: Story) -> bool:
    found = silent_clock(story)
    return found is not None and found[0].means == "refusal"


def acknowledgement(story: Story, words: Any) -> Iterator[str]:
    """CRPA, art. R112-5: date of receipt, tacit date and its meaning, service in charge and how to reach it, the right to an attestation."""
    yield _("Your request was received on %(day)s under number %(code)s.") % {"day": words["received_on"], "code": words["code"]}
    found = silent_clock(story)
    if found and (day := words.get("tacit_on")):
        said = {
            "approval": _(
                "If you have received no answer by %(day)s, your request is granted from the day after. You may then ask for an attestation "
                "(code des relations entre le public et l'administration, art. L232-3)."
            ),
            "refusal": _("If you have received no answer by %(day)s, your request is refused."),
            "waiver": _("If the authority has not answered by %(day)s, it has waived its right."),
        }
        yield said.get(found[0].means, _("The authority answers by %(day)s.")) % {"day": day}
        if found[0].means == "approval":
            yield _("This date holds if your file is complete; otherwise you will be told which papers are missing.")
    yield _("Your request is handled by: %(team)s.") % {"team": words["team"]} + _reached(words)


def _reached(words: Any) -> str:
    ways = [w for w in (words.get("team_phone"), words.get("team_email")) if w]
    return " " + _("To reach it: %(ways)s.") % {"ways": ", ".join(ways)} if ways else ""


def reasons(letter: Letter, words: Any) -> list[dict[str, Any]]:
    """The grounds of a decision: law, then facts (CRPA, art. L211-5), as parts of the body."""
    if letter.kind not in REASONED:
        return []
    parts: list[dict[str, Any]] = [
        {"k": "h", "t": _("Reasons")},
        {"k": "p", "t": _("In law: %(articles)s.") % {"articles": "; ".join(map(str, letter.law))}},
    ]
    facts = words.find(letter.facts)
    entries = list(words.entries(letter.facts))
    if len(entries) > 1:
        return [*parts, {"k": "list", "title": _("In fact:"), "items": [e["label"] for e in entries]}]
    return [*parts, {"k": "p", "t": _("In fact: %(facts)s") % {"facts": facts}}]


def remedies(issuer: Issuer, ways: Remedies, kind: str) -> Iterator[str]:
    """Ways and delays of appeal (CJA, art. R421-5): without them the delay doesn't run against the person."""
    if ways.civil:
        yield _("You may contest the amount before %(court)s within two months of receiving this bill.") % {"court": ways.civil}
        return
    if not issuer.court:
        raise NoCourt("name the administrative court in the letterhead (oppidum letterhead, or the desk's page on papers)")
    if ways.prior:
        yield _("Before going to court you must first write to %(whom)s within two months of receiving this decision.") % {
            "whom": ways.prior
        }
    elif ways.gracious:
        yield _gracious(issuer, ways)
    yield _court(issuer, ways)
    yield _("If you live overseas this delay is one month longer, and abroad two months longer.")


def _gracious(issuer: Issuer, ways: Remedies) -> str:
    months = ngettext("%(n)d month", "%(n)d months", ways.gracious) % {"n": ways.gracious}
    asked = _(
        "Within %(months)s of receiving this decision you may ask its author to look at it again, by writing to %(authority)s (recours "
        "gracieux). Without an answer within two months, this appeal is refused."
    ) % {"months": months, "authority": issuer.name}
    effect = (
        _("If you make it in time, the delay to go to court starts anew when it is refused.")
        if ways.prolongs
        else _("It does not prolong the delay to go to court.")
    )
    return f"{asked} {effect}"


def _court(issuer: Issuer, ways: Remedies) -> str:
    months = ngettext("%(n)d month", "%(n)d months", ways.court) % {"n": ways.court}
    court = ", ".join(issuer.court.splitlines())
    said = _("Within %(months)s of receiving this decision you may contest it before the %(court)s") % {
        "months": months,
        "court": court,
    }
    online = _(", also online: %(link)s") % {"link": issuer.court_link} if issuer.court_link else ""
    return f"{said}{online}."


def _algorithm(letter: Letter) -> Iterator[str]:
    """CRPA, art. L311-3-1 and R311-3-1-1: what it is for, the right to the rules, and how to ask."""
    yield _(
        "This decision was taken on the basis of an automatic computation. Its purpose: %(purpose)s. You have the right to know its rules "
        "and how they were applied to you: write to the service named above. If you get no answer within a month, you may turn to the "
        "Commission d'accès aux documents administratifs (CADA)."
    ) % {"purpose": letter.algorithm.purpose}
    yield _("Its main rules: %(rules)s") % {"rules": letter.algorithm.rules}
