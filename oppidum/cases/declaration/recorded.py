"""The entries that the engine itself writes, whatever the flow of the service; no action of a service may take their names."""

# Facts that the engine itself records, whatever the flow of the service.
SILENCE, FORGET, ESCALATE, ROUTE, LINK = "silence", "forget", "escalate", "route", "link"
# A change of the declaration that reaches open cases (see `redefining.py`): the case goes on under another definition.
REDEFINE = "redefine"
# Acts on personal data and archives, which no flow declares.
RECTIFY, PROPOSE, VISA, ARCHIVE = "rectify", "propose_destruction", "visa", "archive"
# A file of the case holds something harmful, or no longer does (see `files/scanning.py`).
QUARANTINE, RELEASE = "quarantine", "release"
# What an officer does to the file itself: answers corrected, one case made two (see `corrections/`).
CORRECT, SPLIT = "correct", "split"
# Without this right, only what is open can be corrected.
CLOSED_TOO = "correct_closed"
# A late payment was reminded of, is contested, or no longer is (the room `payments`).
REMIND = "remind_payment"
# Each with the right by which an officer may take it too (see `persons/retaining.py`); without one, the engine alone.
RECORDED = dict.fromkeys((SILENCE, ESCALATE, ROUTE, REDEFINE, QUARANTINE, RELEASE), "")
RECORDED |= (
    dict.fromkeys((LINK, CORRECT, SPLIT), "act")
    | dict.fromkeys((FORGET, RECTIFY, PROPOSE, VISA, ARCHIVE), "privacy")
    | {REMIND: "money"}
)
# What the engine writes into the entry of an act beside what the act says: no answer and no setting may have these names.
# `heard`: on a case at rest, the officer wrote down what somebody said, and doesn't act on it (see `rules/resting.py`).
# `fell_at`: of a silence that moves the case on a later day than that of its falling, the legal instant, in UTC.
HEARD, FELL = "heard", "fell_at"
WRITTEN = frozenset({"asks", "voids", "joins", "clock", "correction", "facts", "escalation", HEARD, FELL})
