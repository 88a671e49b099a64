"""What a rule found: two places that can't both be true, with a sentence that says why."""

import hashlib
from dataclasses import dataclass

from oppidum.figures.contradictions.wording import plain

# From what can't be true to what deserves a look.
ERROR, WARNING, NOTICE = "error", "warning", "notice"
SEVERITIES = (ERROR, WARNING, NOTICE)


@dataclass(frozen=True)
class Finding:
    """One contradiction. `lines` are 1-based lines of the text (empty for key figures), `values` the numbers as written,
    `why` a sentence in the reader's language, `subject` the words that the fingerprint is made of beside kind and values, `figures` the names of key figures."""

    kind: str
    lines: tuple[int, ...]
    values: tuple[str, ...]
    why: str
    severity: str = WARNING
    subject: str = ""
    figures: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Stays the same when lines move, in either language; changes with the values."""
        parts = (self.kind, *sorted(plain(value) for value in self.values), plain(self.subject))
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    def as_json(self) -> dict:
        told = {
            "kind": self.kind,
            "lines": list(self.lines),
            "values": list(self.values),
            "why": self.why,
            "severity": self.severity,
            "fingerprint": self.fingerprint,
        }
        return told | ({"figures": list(self.figures)} if self.figures else {})
