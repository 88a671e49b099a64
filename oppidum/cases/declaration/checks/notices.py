"""Notices: written for an action that exists, with words that are known."""

import string
from collections.abc import Iterator

from oppidum.cases.declaration.service import NOTICE_WORDS, Service


def say_known_words(service: type[Service]) -> Iterator[str]:
    for notice in service.notices:
        if notice.action not in ("file", "redefine") and notice.action not in service.flow.actions:
            yield f"notice '{notice.action}': no such action: name one of the flow, 'file' or 'redefine'"
        for text in (notice.subject, notice.body, notice.short):
            unknown = {name for _, name, _, _ in string.Formatter().parse(str(text)) if name} - NOTICE_WORDS
            if unknown:
                yield f"notice '{notice.action}': unknown words {sorted(unknown)}; known: {sorted(NOTICE_WORDS)}"
