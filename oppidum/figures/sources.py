"""What the case engine lets figures count: filed cases, journal entries, calls."""

import json

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import get_service
from oppidum.cases.models import CallOutcome
from oppidum.figures.declaration import Condition, Expression, Source

# What an officer hid, and what is of a category that points at persons, is counted; but of such a record everybody learns no more
# than its month: with day, commune and category, a neighbour would know whom it is about.
# A scalar query, read by key for the records of one month: "not exists" would be planned as a scan of all cases.
CASE_WITHHELD = """c.filed_category = any(%(private)s::text[])
    or coalesce((select not l.is_public or l.category = any(%(private)s::text[]) from cases_live l where l.case_id = c.id), true)"""

# The team in charge: today, or of a closed year when it was computed. Where no team is read, the database leaves the joins out.
_IN_CHARGE = "left join cases_live l on l.case_id = c.id left join people_team t on t.id = l.team_id"
_CASES = f"cases_case c {_IN_CHARGE}"
_OF_CASE = {
    "channel": "c.channel",
    "category": "c.filed_category",
    "commune": "c.commune_id",
    "team": "t.code",
    "service": "c.service",
    # What a request is for, where its form asks so under that name.
    "kind": "c.answers ->> 'kind'",
}

FILED_CASES = Source(
    "filed cases",
    _("cases filed"),
    rows=_CASES,
    at="c.filed_at",
    key="c.id",
    splits=_OF_CASE,
    record={
        "code": "c.code",
        "at": "c.filed_at",
        "category": "c.filed_category",
        "commune": "c.commune_id",
        "channel": "c.channel",
    },
    dated=_("the day on which it was filed"),
    case="c.id",
    withheld=CASE_WITHHELD,
)

_JOURNAL = f"cases_journal j join cases_case c on c.id = j.case_id {_IN_CHARGE}"

JOURNAL_ENTRIES = Source(
    "journal entries",
    _("entries of the journal of cases"),
    rows=_JOURNAL,
    at="j.valid_at",
    key="(j.case_id, j.seq)",
    splits=_OF_CASE | {"reason": "j.data ->> 'reason'", "action": "j.action"},
    record={"code": "c.code", "at": "j.valid_at", "category": "c.filed_category", "commune": "c.commune_id", "action": "j.action"},
    dated=_("the day on which it happened"),
    case="c.id",
    withheld=CASE_WITHHELD,
    # What is valid in a year may be recorded later, never before: the partitions of earlier months are not read.
    written_at="j.recorded_at",
)

# What stands in a step, as movements: each entry that leads into one of the steps adds a case, each that leads out takes it away.
STANDING = Source(
    "cases standing",
    _("cases standing at the end of the day"),
    rows=_JOURNAL,
    at="j.valid_at",
    key="c.id",
    splits=_OF_CASE,
    record=FILED_CASES.record,
    dated=_("the last day of the period, at its end"),
    case="c.id",
    withheld=CASE_WITHHELD,
    written_at="j.recorded_at",
    stands=_CASES,
    # A case that is closed and was not touched since stood nowhere: the steps of a stock are open ones.
    likely="(l.is_open or l.updated_at >= %(period_to)s)",
)
MOVES = Expression("case when j.to_step = any(%(steps)s::text[]) then 1 else -1 end", "moves")

# Who calls is nobody's business: no public record of a call leads to a report.
CALLS = Source(
    "calls",
    _("calls received"),
    rows="cases_call k left join cases_case c on c.id = k.case_id",
    at="k.received_at",
    key="k.id",
    splits={
        "outcome": "k.outcome",
        "category": "coalesce(nullif(k.category, ''), c.filed_category)",
        "commune": "coalesce(k.commune_id, c.commune_id)",
    },
    record={
        "call": "k.id",
        "at": "k.received_at",
        "outcome": "k.outcome",
        "code": "c.code",
        "commune": "coalesce(k.commune_id, c.commune_id)",
    },
    dated=_("the day on which it was received"),
    case="c.id",
    withheld=f"k.category = any(%(private)s::text[]) or c.id is not null and ({CASE_WITHHELD})",
    unnamed=True,
)


def of_service(code: str) -> Condition:
    """Cases or entries of one service."""
    return Condition("c.service = %(service)s::text", {"service": code}, lambda: _of_service(code), ("of_service", code))


def filed_with(service: str, answer: str, *values: str) -> Condition:
    """Cases of a service that were filed with one of these answers to a question that names nobody."""
    return Condition(
        "c.service = %(service)s::text and c.answers ->> %(answer)s::text = any(%(values)s::text[])",
        {"service": service, "answer": answer, "values": list(values)},
        lambda: _filed_with(service, answer, values),
        ("filed_with", service, answer, *values),
    )


def _filed_with(service: str, answer: str, values: tuple[str, ...]) -> str:
    asked = get_service(service).form[answer]
    said = gettext(" or ").join(asked.show(value) for value in values)
    return gettext("%(service)s; %(question)s %(answer)s") % {
        "service": _of_service(service),
        "question": asked.label,
        "answer": said,
    }


def by_channel(service: str, channel: str) -> Condition:
    """Cases of a service that came by one channel."""
    return Condition(
        "c.service = %(service)s::text and c.channel = %(channel)s::text",
        {"service": service, "channel": channel},
        lambda: gettext("%(service)s; channel: %(channel)s") % {"service": _of_service(service), "channel": channel},
        ("by_channel", service, channel),
    )


def standing(service: str, *steps: str) -> Condition:
    """Cases of a service that stand in one of these steps; with `MOVES`, a stock. What leads from one of them to another moves nothing."""
    return Condition(
        "c.service = %(service)s::text and (j.to_step = any(%(steps)s::text[])) <> coalesce(j.from_step = any(%(steps)s::text[]), false)",
        {"service": service, "steps": list(steps)},
        lambda: (
            gettext("%(service)s; standing in: %(steps)s")
            % {
                "service": _of_service(service),
                "steps": gettext(" or ").join(str(get_service(service).flow.steps[step].label) for step in steps),
            }
        ),
        ("standing", service, *steps),
    )


def action(service: str, name: str) -> Condition:
    """Journal entries of one action of a service."""
    return Condition(
        "c.service = %(service)s::text and j.action = %(action)s::text",
        {"service": service, "action": name},
        lambda: (
            gettext("%(service)s; action “%(action)s”")
            % {
                "service": _of_service(service),
                "action": get_service(service).flow.actions[name].label,
            }
        ),
        ("actions", service, name),
    )


def said(service: str, name: str | tuple[str, ...], answer: str, value: str | bool | int) -> Condition:
    """Journal entries of an action of a service, or of any of several, in which `answer` was `value`."""
    names = (name,) if isinstance(name, str) else name
    return Condition(
        "c.service = %(service)s::text and j.action = any(%(actions)s::text[]) and j.data ->> %(answer)s::text = %(value)s::text",
        {
            "service": service,
            "actions": list(names),
            "answer": answer,
            "value": json.dumps(value) if isinstance(value, bool) else str(value),
        },
        lambda: _said(service, names, answer, value),
        ("said", service, names, answer, value),
    )


def _said(service: str, names: tuple[str, ...], answer: str, value: str | bool | int) -> str:
    told = [get_service(service).flow.actions[name] for name in names]
    asked = told[0].demands[answer]
    return gettext("%(service)s; action “%(action)s”; %(question)s %(answer)s") % {
        "service": _of_service(service),
        "action": gettext(" or ").join(str(one.label) for one in told),
        "question": asked.label,
        "answer": asked.show(value),
    }


def done_with(service: str, name: str, **answers: str) -> Condition:
    """Journal entries of an action on cases of a service that were filed with these answers to questions that name nobody."""
    asked = sorted(answers.items())
    held = " and ".join(f"c.answers ->> %(question{n})s::text = %(answer{n})s::text" for n in range(len(asked)))
    given = {f"{what}{n}": text for n, pair in enumerate(asked) for what, text in zip(("question", "answer"), pair, strict=True)}
    return Condition(
        f"c.service = %(service)s::text and j.action = %(action)s::text and {held}",
        {"service": service, "action": name, **given},
        lambda: "; ".join([action(service, name).said(), *(_answered(service, *pair) for pair in asked)]),
        ("done_with", service, name, *asked),
    )


def _answered(service: str, name: str, value: str) -> str:
    question = get_service(service).form[name]
    return f"{question.label} {question.show(value)}"


def actions(service: str, *names: str) -> Condition:
    """Journal entries of any of these actions of a service."""
    return Condition(
        "c.service = %(service)s::text and j.action = any(%(actions)s::text[])",
        {"service": service, "actions": list(names)},
        lambda: (
            gettext("%(service)s; actions: %(actions)s")
            % {
                "service": _of_service(service),
                "actions": gettext(" or ").join(str(get_service(service).flow.actions[name].label) for name in names),
            }
        ),
        ("actions", service, *names),
    )


def adding_answer(name: str, *, cents: bool = False) -> Expression:
    """What a filed case adds to a sum: a number among its answers; `cents` are added as euros."""
    return _number("c.answers", name, "answer", "0.01" if cents else "")


def adding(name: str, *, cents: bool = False, times: int | None = None) -> Expression:
    """What a journal entry adds to a sum: a number among its data; `cents` are added as euros, or each `times` so much."""
    return _number("j.data", name, "data", "0.01" if cents else str(times or ""))


def _number(document: str, name: str, where: str, factor: str) -> Expression:
    if not name.isidentifier():
        raise ValueError(f"'{name}' is no name of an answer")
    times = f" * {factor}" if factor else ""
    return Expression(f"({document} ->> '{name}')::numeric{times}", where, name, factor or "1")


# What a journal entry adds to a mean of days: calendar days from the filing of its case, in the authority's days.
DAYS_SINCE_FILING = Expression(
    "(j.valid_at at time zone 'Europe/Paris')::date - (c.filed_at at time zone 'Europe/Paris')::date", "days"
)

# The full hours from the filing, nights and weekends too: for what is done within the day.
HOURS_SINCE_FILING = Expression("floor(extract(epoch from j.valid_at - c.filed_at) / 3600)::int", "hours")


def call_outcome(*outcomes: str) -> Condition:
    """Calls that ended in one of those outcomes."""
    return Condition(
        "k.outcome = any(%(outcomes)s::text[])",
        {"outcomes": list(outcomes)},
        lambda: (
            gettext("outcome: %(outcomes)s") % {"outcomes": gettext(" or ").join(str(CallOutcome(one).label) for one in outcomes)}
        ),
        ("call_outcome", *outcomes),
    )


def _of_service(code: str) -> str:
    return gettext("service “%(service)s”") % {"service": get_service(code).name}
