"""When and about what residents write: the profile of an ordinary month, drawn with a seeded generator."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from oppidum.cases.declaration import Category, Choice, Day, Number, Text, YesNo
from oppidum.core.clock import PARIS

# Shares of a day by hour: few at night, most from nine to noon, a second rise after work.
HOURS = (2, 1, 1, 1, 1, 2, 6, 18, 42, 64, 70, 60, 38, 42, 54, 56, 52, 48, 40, 30, 20, 12, 7, 4)
# Monday to Sunday.
WEEKDAYS = (1.25, 1.18, 1.1, 1.08, 1.1, 0.72, 0.57)
# What is reported most, by group; within a group the first declared category comes most often, the next ones less and less.
GROUPS = {
    "cleanliness": 24,
    "collection": 22,
    "dumping": 15,
    "roads": 9,
    "lighting": 7,
    "parking": 6,
    "green": 4,
    "furniture": 3,
    "water": 2,
    "sewers": 3,
    "noise": 2,
    "animals": 2,
    "coast": 1,
    "works": 2,
    "other": 3,
}
CHANNELS = {"portal": 34, "phone": 44, "open311": 17, "desk": 3, "front_desk": 2}


def instants(first: date, days: int, total: int, rng: random.Random) -> list[datetime]:
    """`total` instants over `days` days from `first`, in order, by weekday and hour, in the authority's time."""
    calendar = [first + timedelta(days=n) for n in range(days)]
    weights = [WEEKDAYS[day.weekday()] for day in calendar]
    drawn = []
    for day in rng.choices(calendar, weights, k=total):
        hour = rng.choices(range(24), HOURS)[0]
        drawn.append(datetime(day.year, day.month, day.day, hour, rng.randrange(60), rng.randrange(60), tzinfo=PARIS))
    return sorted(drawn)


class Subjects:
    """Draws categories by the profile, and answers to their questions that a resident could give."""

    def __init__(self, categories: dict[str, Category], rng: random.Random):
        self._rng = rng
        ranks: dict[str, int] = {}
        self._categories = list(categories.values())
        self._weights = []
        for category in self._categories:
            ranks[category.group] = ranks.get(category.group, 0) + 1
            self._weights.append(GROUPS.get(category.group, 1) / ranks[category.group] ** 1.5)

    def draw(self) -> Category:
        return self._rng.choices(self._categories, self._weights)[0]

    def answer(self, category: Category, rng: random.Random | None = None) -> dict[str, Any]:
        """Answers to what is asked, such that no hard stop holds (a call to the emergency services is no report)."""
        rng, answers = rng or self._rng, {}
        for name, question in category.questions.items():
            if not question.asked(answers) or (not question.required and rng.random() < 0.4):
                continue
            for given in _offers(question, rng):
                if category.find_danger(answers | {name: given}) is None:
                    answers[name] = given
                    break
        return answers


def _offers(question: Any, rng: random.Random) -> Iterator[Any]:
    """Possible answers in a random order."""
    match question:
        case Choice():
            options = rng.sample(list(question.options), len(question.options))
            yield from ([o] if question.many else o for o in options)
        case YesNo():
            yield from (False, True)
        case Number():
            yield rng.randint(int(question.minimum or 1), int(min(question.maximum or 10, 20)))
        case Day() | Text():
            return
