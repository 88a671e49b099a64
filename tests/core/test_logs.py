"""A log never holds a key."""

import logging

import pytest

from oppidum.core.logs import Formatter


@pytest.mark.parametrize(
    "said",
    [
        "Conflict: /follow/7KQ2M-XA4RH/act/object",
        "Internal Server Error: /desk/case/7KQ2MXA4RH.pdf",
        "Not Found: /my/zoe:1abc:secret",
        "reference 1a2b: GET /stop/12.secret",
        "effect of 7KQ2M-XA4RH is stuck",
        "550 no such user zoe@example.org",
    ],
)
def test_codes_links_and_addresses_are_blotted_out(said):
    written = Formatter().format(logging.makeLogRecord({"msg": "%s", "args": (said,)}))
    assert "…" in written and not any(key in written for key in ("7KQ2M", "secret", "zoe"))


def test_what_broke_stays_readable():
    assert (
        Formatter().format(logging.makeLogRecord({"msg": "2 migrations to apply: /figures/trail.csv"})).startswith("2 migrations")
    )


def test_a_traceback_is_read_through_too():
    try:
        raise ValueError("Key (email)=(zoe@example.org) exists")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "broken", "exc_info": (type(error), error, error.__traceback__)})
    written = Formatter().format(record)
    assert "ValueError" in written and "zoe@" not in written
