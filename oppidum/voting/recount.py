"""Count a published vote again, with nothing but Python: `python recount.py FILE [CODE]`, or `oppidum vote verify FILE --code CODE`.

The file is the list of all ballots, as the page of the result publishes it (JSON):

    {"format": "oppidum-vote 1", "vote": "...", "most_choices": 3, "voters": 412, "digest": "...",
     "projects": [{"id": "...", "title": "...", "votes": 87}], "ballots": [{"receipt": "...", "choices": ["...", "..."]}]}

A voter got a code. The receipt of a ballot is the beginning of SHA-256 of "vote:code": whoever has the code finds the ballot, and the
receipt gives the code to nobody. The digest is SHA-256 over the ballots, sorted by receipt, a line each: receipt, a space, the choices in
order, separated by commas. It was written into the journal of the vote when the ballots were counted.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "oppidum-vote 1"
RECEIPT_LENGTH = 32


@dataclass(frozen=True)
class Recount:
    """What a count of the file's ballots gives: votes by project, and what is wrong, a sentence each."""

    votes: Mapping[str, int]
    ballots: int
    faults: tuple[str, ...]


def receipt_of(vote: str, code: str) -> str:
    """The receipt of the ballot that was cast with this code; blanks, dashes and case don't matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"{vote}:{plain}".encode()).hexdigest()[:RECEIPT_LENGTH]


def digest_of(ballots: Iterable[tuple[str, Iterable[str]]]) -> str:
    """One print for all ballots: (receipt, choices) pairs in any order."""
    lines = sorted(f"{receipt} {','.join(sorted(choices))}\n" for receipt, choices in ballots)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def recount(published: Mapping[str, Any]) -> Recount:
    """Count the ballots of a published file and hold everything else that it says against them."""
    ballots, faults = published["ballots"], []
    known = {one["id"]: one for one in published["projects"]}
    votes = Counter(choice for one in ballots for choice in one["choices"])
    if published.get("format") != FORMAT:
        faults.append(f"the file says format {published.get('format')!r}, and this program reads {FORMAT!r}")
    doubled = [receipt for receipt, count in Counter(one["receipt"] for one in ballots).items() if count > 1]
    if doubled:
        faults.append(f"{len(doubled)} receipts stand more than once, the first is {doubled[0]}")
    for one in ballots:
        choices = one["choices"]
        if not 1 <= len(choices) <= published["most_choices"] or len(set(choices)) < len(choices) or set(choices) - set(known):
            faults.append(f"the ballot {one['receipt']} is not valid: {', '.join(choices)}")
    if len(ballots) != published["voters"]:
        faults.append(f"{published['voters']} voted, and there are {len(ballots)} ballots")
    for name, project in known.items():
        if project["votes"] != votes[name]:
            faults.append(f"{project['title']}: {project['votes']} votes are published, {votes[name]} are counted")
    if published["digest"] != digest_of((one["receipt"], one["choices"]) for one in ballots):
        faults.append("the digest is not that of these ballots: the list was changed after the count")
    return Recount({name: votes[name] for name in known}, len(ballots), tuple(faults))


def find_ballot(published: Mapping[str, Any], code: str) -> list[str] | None:
    """The titles that the ballot of this code chose; None where no ballot has it."""
    receipt = receipt_of(published["vote"], code)
    titles = {one["id"]: one["title"] for one in published["projects"]}
    found = next((one for one in published["ballots"] if one["receipt"] == receipt), None)
    return None if found is None else [titles.get(choice, choice) for choice in found["choices"]]


def report(published: Mapping[str, Any], code: str = "") -> tuple[list[str], bool]:
    """What a recount says, in lines, and whether everything holds."""
    counted = recount(published)
    titles = {one["id"]: one["title"] for one in published["projects"]}
    lines = [f"{counted.ballots} ballots"]
    lines += [f"{count:>7}  {titles[name]}" for name, count in sorted(counted.votes.items(), key=lambda one: -one[1])]
    holds = not counted.faults
    if code:
        chosen = find_ballot(published, code)
        holds = holds and chosen is not None
        lines.append("your ballot: " + ("is NOT in the list" if chosen is None else ", ".join(chosen)))
    lines += [f"WRONG: {fault}" for fault in counted.faults]
    return [*lines, "everything holds" if holds else "something is wrong"], holds


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        said, sound = report(json.load(file), *sys.argv[2:3])
    print("\n".join(said))
    sys.exit(0 if sound else 1)
