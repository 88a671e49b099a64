"""What services are to this room: a vote, and what is proposed for it."""

from oppidum.cases.declaration.marks import Mark

VOTE = Mark(
    "vote",
    steps=("voting", "announced", "proposals", "study", "counting", "counted", "proclaimed", "abandoned"),
    acts=("count_vote",),
    asks=("title", "budget", "most_choices", "vote_opens_on", "vote_closes_on", "proposals_until"),
)
PROPOSAL = Mark(
    "proposal",
    steps=("on_ballot", "chosen", "not_chosen"),
    acts=("retain", "counted"),
    asks=("title", "theme", "ballot_text", "cost", "votes", "is_chosen"),
)
