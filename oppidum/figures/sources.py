"""What the case engine lets figures count: filed cases, journal entries, calls."""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Condition, Source

_LOCAL_MONTH = "to_char({at} at time zone 'Europe/Paris', 'YYYY-MM')"

FILED_CASES = Source(
    "filed cases", _("cases filed"),
    rows="cases_case c",
    at="c.filed_at",
    key="c.id",
    splits={
        "month": _LOCAL_MONTH.format(at="c.filed_at"), "channel": "c.channel", "category": "c.filed_category", "commune": "c.commune_id",
    },
    record={"code": "c.code", "at": "c.filed_at", "category": "c.filed_category", "commune": "c.commune_id", "channel": "c.channel"},
)

# The journal's partitions are by the month of recording; what is valid in a year may be recorded later, never before.
JOURNAL_ENTRIES = Source(
    "journal entries", _("entries of the journal"),
    rows="cases_journal j join cases_case c on c.id = j.case_id",
    at="j.valid_at",
    key="(j.case_id, j.seq)",
    splits={
        "month": _LOCAL_MONTH.format(at="j.valid_at"), "category": "c.filed_category", "commune": "c.commune_id", "channel": "c.channel",
        "reason": "j.data ->> 'reason'",
    },
    record={"code": "c.code", "at": "j.valid_at", "category": "c.filed_category", "commune": "c.commune_id", "action": "j.action"},
)

CALLS = Source(
    "calls", _("calls received"),
    rows="cases_call k left join cases_case c on c.id = k.case_id",
    at="k.received_at",
    key="k.id",
    splits={
        "month": _LOCAL_MONTH.format(at="k.received_at"), "outcome": "k.outcome",
        "category": "coalesce(nullif(k.category, ''), c.filed_category)", "commune": "coalesce(k.commune_id, c.commune_id)",
    },
    record={"call": "k.id", "at": "k.received_at", "outcome": "k.outcome", "code": "c.code",
            "commune": "coalesce(k.commune_id, c.commune_id)"},
)


def of_service(code: str) -> Condition:
    """Cases or entries of one service."""
    return Condition("c.service = %(service)s", {"service": code})


def action(service: str, name: str) -> Condition:
    """Journal entries of one action of a service."""
    return Condition("c.service = %(service)s and j.action = %(action)s", {"service": service, "action": name})


def call_outcome(*outcomes: str) -> Condition:
    """Calls that ended in one of those outcomes."""
    return Condition("k.outcome = any(%(outcomes)s)", {"outcomes": list(outcomes)})
