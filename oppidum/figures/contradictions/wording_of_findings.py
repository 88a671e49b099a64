"""Names of severities and kinds for a reader."""

from django.utils.translation import gettext, gettext_noop

_SEVERITIES = {"error": gettext_noop("error"), "warning": gettext_noop("warning"), "notice": gettext_noop("notice")}
_KINDS = {
    "average": gettext_noop("an average that does not fit"),
    "change": gettext_noop("a change that does not follow"),
    "date": gettext_noop("a day that does not exist"),
    "leap": gettext_noop("a leap from the year before"),
    "list": gettext_noop("a list with another count"),
    "malformed": gettext_noop("a malformed number"),
    "order": gettext_noop("an end before its start"),
    "range": gettext_noop("a value out of range"),
    "share": gettext_noop("a share that does not follow"),
    "sum": gettext_noop("parts and their whole"),
    "two-values": gettext_noop("two values for one quantity"),
    "unit": gettext_noop("a unit or magnitude"),
    "weekday": gettext_noop("a wrong weekday"),
    "year": gettext_noop("a year that can't be"),
}


def severity_name(severity: str) -> str:
    return gettext(_SEVERITIES[severity])


def kind_name(kind: str) -> str:
    return gettext(_KINDS[kind])
