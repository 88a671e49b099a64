"""Finding a service, or a kind of problem to report, by the words of residents: in French and English, slips forgiven.

`docs/reference/search.md` tells how the order comes about. Everything is in memory: a search asks no database.
"""

from dataclasses import dataclass
from functools import lru_cache

from oppidum.cases.declaration import Category, Service, catalogue, definition_version
from oppidum.cases.searching.index import Index, Target, build_index
from oppidum.cases.searching.ranking import Meaning, choose_language, score, understand
from oppidum.cases.searching.wording import LANGUAGES, LONGEST_QUERY

__all__ = ["Found", "Hit", "Target", "find_categories", "find_services", "search", "warm"]

# What answers less than this share of what the best one answers is not what was meant.
BESIDE_THE_BEST = 0.35


@dataclass(frozen=True)
class Hit:
    """A service or a category, and how well it answers (0 to about 2)."""

    target: Target
    score: float


@dataclass(frozen=True)
class Found:
    """What answers, best first; the words that were understood, and in which language they were read."""

    hits: list[Hit]
    meanings: list[Meaning]
    language: str


def search(words: str, language: str, among: list[type[Service]] | None = None) -> Found:
    """The services and categories that `words` likely mean, best first, among those of the services given; none when nothing resembles."""
    indexes = _indexes(_state())
    # A NUL, half a character of a broken form: whatever is typed is read as far as it can be.
    text = words[:LONGEST_QUERY].replace("\x00", " ").strip()
    first = choose_language(text, indexes, language if language in indexes else LANGUAGES[0])
    readings = ((read_as, understand(text, indexes, read_as)) for read_as in sorted(LANGUAGES, key=lambda one: one != first))
    read_as, meanings = next((each for each in readings if each[1]), (first, []))
    index = indexes[read_as]
    codes = None if among is None else {service.code for service in among}
    scored = [
        Hit(index.targets[n], value)
        for n, value in score(text, meanings, indexes, read_as).items()
        if codes is None or index.targets[n].service.code in codes
    ]
    scored.sort(key=lambda hit: -hit.score)
    return Found([hit for hit in scored if hit.score >= scored[0].score * BESIDE_THE_BEST], meanings, read_as)


def find_services(words: str, language: str, among: list[type[Service]]) -> list[type[Service]]:
    """The services among those given that `words` most likely mean, best first, each once."""
    return list(dict.fromkeys(hit.target.service for hit in search(words, language, among).hits))


def find_categories(service: type[Service], words: str, language: str, limit: int = 8) -> list[Category]:
    """The categories of a service that `words` most likely mean, best first."""
    return [hit.target.category for hit in search(words, language, [service]).hits if hit.target.category][:limit]


def warm() -> None:
    """Build the indexes now, so that nobody waits for them."""
    _indexes(_state())


def _state() -> tuple[tuple[str, str], ...]:
    """Changes when the catalogue does."""
    return tuple((code, definition_version(code)) for code in catalogue())


@lru_cache(maxsize=2)
def _indexes(_state: tuple[tuple[str, str], ...]) -> dict[str, Index]:
    targets = []
    for service in catalogue().values():
        if service.categories:
            targets += [Target(service, category) for category in service.categories.values()]
        else:
            targets.append(Target(service))
    return {language: build_index(targets, language) for language in LANGUAGES}
