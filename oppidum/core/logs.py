"""What the log may hold: what broke and where, never who. A code opens its author's conversation and a link proves an address:
both are keys (docs/decisions/0006-codes-are-keys.md), and no key stands in a log. The query string is left out by Django itself."""

import logging
import re

_KEYS = re.compile(
    r"(?P<before>/(?:my|stop|photos?|report|follow|case)/)[^/\s'\"]+|\b[0-9A-Z]{5}-[0-9A-Z]{5}\b|[\w.+-]+@[\w-]+\.[\w.-]+"
)


def without_keys(text: str) -> str:
    """The text with codes, the tokens of links and e-mail addresses blotted out."""
    return _KEYS.sub(lambda found: f"{found['before'] or ''}…", text)


class Formatter(logging.Formatter):
    """Writes a record, its traceback included, without the keys in it."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))
