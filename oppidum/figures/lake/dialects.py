"""A figure's SQL, written for PostgreSQL, as the lake's engines read it. Pure.

DuckDB reads it as it stands, with one macro (`width_bucket`). Spark needs nine spellings changed, each below; a test holds that every
declared figure gives equal numbers in all three. What figures may write is in docs/reference/figures.md, "Expressions".
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

_PARAMETER = re.compile(r"%\((\w+)\)s")


def for_duckdb(sql: str, params: Mapping[str, Any]) -> str:
    """The statement with its parameters written out."""
    return _PARAMETER.sub(lambda found: _literal(params[found[1]], "[{}]", "'{}'::timestamptz"), sql)


def for_spark(sql: str, params: Mapping[str, Any]) -> str:
    """The statement with its parameters written out, in Spark's words."""
    sql = _PARAMETER.sub(lambda found: _literal(params[found[1]], "array({})", "timestamp '{}'"), sql)
    for pattern, change in _SPARK:
        sql = pattern.sub(change, sql)
    return sql


def _literal(value: Any, several: str, instant: str) -> str:
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return str(value).lower()
        case datetime():
            return instant.format(value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00:00"))
        case date():
            return f"date '{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case list() | tuple():
            return several.format(", ".join(_literal(one, several, instant) for one in value))
    raise TypeError(f"{value!r} can't be written into a statement of the lake")


# A value between brackets, as far as figures nest them: array(...) with literals, which may hold timestamps and texts.
_ARRAY = r"(array\([^()]*\))"
_WORD = r"([\w.]+|get_json_object\([^()]*\))"
_SPARK: list[tuple[re.Pattern, str | Callable]] = [
    # What stands in a document.
    (re.compile(r"([\w.]+) ->> '([^']*)'(?:::text)?"), r"get_json_object(\1, '$.\2')"),
    # The authority's time of an instant, and the instant of the authority's time.
    (re.compile(r"([\w.]+::timestamp) at time zone '([^']*)'"), r"to_utc_timestamp(\1, '\2')"),
    (re.compile(r"([\w.]+) at time zone '([^']*)'"), r"from_utc_timestamp(\1, '\2')"),
    # Days between two days.
    (re.compile(r"\((from_utc_timestamp\([^()]*\))\)::date - \((from_utc_timestamp\([^()]*\))\)::date"), r"datediff(\1, \2)"),
    # Seconds between two instants.
    (re.compile(r"extract\(epoch from ([\w.]+) - ([\w.]+)\)"), r"((unix_micros(\1) - unix_micros(\2)) / 1000000)"),
    # Membership, and the bucket of an instant.
    (re.compile(_WORD + r" = any\(" + _ARRAY + r"(?:::text\[\])?\)"), r"array_contains(\2, \1)"),
    (re.compile(r"width_bucket\((.+?), " + _ARRAY + r"::timestamptz\[\]\)"), r"size(filter(\2, edge -> edge <= \1))"),
    # Types.
    (re.compile(r"::numeric\b"), "::decimal(20,4)"),
    (re.compile(r"::text\b"), "::string"),
]
