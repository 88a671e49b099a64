"""Finding a service by everyday words: "poubelle", "encombrant", "permis de louer", in the reader's language, slips forgiven.

As `category_search`, over what a declaration says of itself: its name, the words that people use (`Service.words`), its two sentences,
its form's labels, and the categories of a service that has some. The catalogue fits in memory; an index is built once per process.
"""

from functools import lru_cache

from django.utils.translation import override

from oppidum.cases.category_search import LONGEST_QUERY, MOST_WORDS, best_answer, plain_words
from oppidum.cases.declaration import Service, catalogue, definition_version

NAME, WORDS, CATEGORIES, SAYS, ASKS = 4.0, 3.0, 1.5, 1.0, 0.6
# A service that answers less than this share of what the best one answers is not what was meant.
BESIDE_THE_BEST = 0.35


def find_services(words: str, language: str, among: list[type[Service]]) -> list[type[Service]]:
    """The services among those given that `words` most likely mean, best first; none when nothing resembles."""
    asked = plain_words(words[:LONGEST_QUERY])[:MOST_WORDS]
    scored = []
    for rank, service in enumerate(among):
        known = _known(service.code, definition_version(service.code), language)
        score = sum(best_answer(word, known) for word in asked)
        if score:
            scored.append((-score, rank, service))
    scored.sort(key=lambda each: each[:2])
    return [service for score, _rank, service in scored if score <= scored[0][0] * BESIDE_THE_BEST]


@lru_cache(maxsize=256)
def _known(code: str, version: str, language: str) -> dict[str, float]:
    """Each word that stands for the service, with the weight of its best place. `version` makes a new declaration a new entry."""
    service = catalogue()[code]
    with override(language):
        labels = " ".join(str(question.label) for question in service.form.values())
        categories = " ".join(f"{one.name} {one.words}" for one in service.categories.values())
        known: dict[str, float] = {}
        for text, weight in (
            (labels, ASKS),
            (service.says, SAYS),
            (categories, CATEGORIES),
            (service.words, WORDS),
            (service.name, NAME),
        ):
            known.update(dict.fromkeys(plain_words(str(text)), weight))
    return known
