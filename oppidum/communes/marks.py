"""What a service is to this room: the one by which communes turn to the authority, whose teams keep the relations with them."""

from oppidum.cases.declaration.marks import Mark

RELATIONS = Mark(
    "relations",
    steps=("asked", "trained"),
    acts=("give_answer", "message"),
    asks=("wants", "subject", "title", "session", "trainee", "post"),
)
