"""What services are to this room: breaches of personal data, and what persons ask about theirs."""

from oppidum.cases.declaration.marks import Mark

BREACH = Mark(
    "breach",
    steps=("no_breach",),
    acts=("notify",),
    asks=(
        *("known_at", "story", "kinds", "persons", "data", "protected", "risk", "consequences", "measures", "persons_count"),
        *("cnil_reference", "late_because", "told_how", "not_told_because", "not_notified_because", "added"),
    ),
)
DATA_RIGHTS = Mark("data rights", asks=("right", "born_on", "number"))
