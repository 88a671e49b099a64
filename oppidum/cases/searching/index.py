"""The index of one language: which stems stand for which service or category, and how much each tells.

Some forty services and ninety categories, a few thousand words: it fits in memory and is built once per process from the declarations.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log

from django.utils.translation import override

from oppidum.cases.declaration import Category, Choice, Service
from oppidum.cases.searching.learnt import Learnt, held_by, learn
from oppidum.cases.searching.vocabulary import Everyday, everyday_words, get_vocabulary
from oppidum.cases.searching.wording import sound, spellings, split_words, stem


@dataclass(frozen=True)
class Weights:
    """How much a word tells by where it stands, and how far a word that isn't the same may stand for it. Tuned on the tests' lists."""

    name: float = 5.0
    words: float = 2.3
    phrases: float = 2.5
    often: float = 3.0  # for a word that many of its phrases hold
    says: float = 0.9
    labels: float = 0.5
    half: float = 1.0  # a weight that counts half
    everyday: float = 0.85
    little: float = 0.25  # of a word that says little of any matter
    begun: float = 0.8
    slip: float = 0.8
    heard: float = 0.6
    learnt: float = 1.0  # of what the phrases teach together, against word by word


WEIGHTS = Weights()
Stems = dict[str, float]


@dataclass(frozen=True)
class Target:
    """What can be found: a service, or a category of one."""

    service: type[Service]
    category: Category | None = None

    @property
    def code(self) -> str:
        return self.category.code if self.category else self.service.code


@dataclass
class Index:
    """Of one language. `weights[stem][n]`: how much the stem tells of target n. `words`: each word as written, with its stem."""

    language: str
    targets: list[Target]
    weights: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    telling: Stems = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    heard: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    everyday: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    learnt: Learnt = field(default_factory=Learnt)
    ordered: list[str] = field(default_factory=list)  # the words by letter

    def begun_by(self, start: str) -> list[str]:
        """The known words that begin so."""
        return self.ordered[bisect_left(self.ordered, start) : bisect_left(self.ordered, start + "\uffff")]

    def read(self, text: str) -> list[str]:
        """The words of a text of the declarations: they are known from now on."""
        for plain, spelling in spellings(text).items():
            self.spelt.setdefault(plain, spelling)
        words = split_words(text, self.language)
        for word in words:
            self.words.setdefault(word, stem(word, self.language))
        return words


def build_index(targets: list[Target], language: str) -> Index:
    """The index of these targets in that language."""
    index = Index(language, targets)
    phrases, texts = [], []
    with override(language):
        for n, target in enumerate(targets):
            for text, weight in _fields(target):
                words = index.read(text)
                for word in words:
                    known = index.words[word]
                    index.weights[known][n] = max(index.weights[known].get(n, 0), weight)
                if weight > WEIGHTS.labels:
                    texts.append((n, words))
            phrases += [(n, index.read(text)) for text in _phrases(target, language)]
    _weigh_phrases(index, phrases)
    everyday = everyday_words(language)
    _tell(index, {stem(word, language) for word in everyday.little})
    _know_everyday(index, everyday)
    index.learnt = learn([(n, held_by(words, language, index.everyday)) for n, words in phrases + texts if words], len(targets))
    for word, known in index.words.items():
        index.heard[sound(word)].add(known)
    index.ordered = sorted(index.words)
    return index


def _fields(target: Target) -> Iterator[tuple[str, float]]:
    """The texts of a declaration, each with the weight of its place."""
    service, category = target.service, target.category
    if category:
        groups = {group.code: group for group in service.groups}
        choices = [question for question in category.questions.values() if isinstance(question, Choice)]
        yield " ".join(str(label) for question in choices for label in question.options.values()), WEIGHTS.labels
        yield f"{category.hint} {groups[category.group].name}", WEIGHTS.says
        yield str(category.words), WEIGHTS.words
        yield str(category.name), WEIGHTS.name
        return
    yield " ".join(str(question.label) for question in service.form.values()), WEIGHTS.labels
    yield str(service.says), WEIGHTS.says
    yield str(service.words), WEIGHTS.words
    yield str(service.name), WEIGHTS.name


def _phrases(target: Target, language: str) -> Iterator[str]:
    """What people write when they need it, what it is called among them."""
    said = get_vocabulary(target.service, target.category.code if target.category else "").in_language(language)
    yield str(target.category.name if target.category else target.service.name)
    yield from said.words.split(",")
    yield from said.phrases


def _weigh_phrases(index: Index, phrases: list[tuple[int, list[str]]]) -> None:
    """A word of a phrase tells, the more so the more phrases of the target hold it."""
    counted: Counter[tuple[int, str]] = Counter(
        (n, known) for n, words in phrases for known in {index.words[word] for word in words}
    )
    for (n, known), times in counted.items():
        held = index.weights[known].get(n, 0)
        index.weights[known][n] = max(held, WEIGHTS.phrases) + WEIGHTS.often * (times - 1) / (times + 1)


def _tell(index: Index, little: set[str]) -> None:
    """What few targets say tells more: a word that stands for a target only by a label of its form counts little among them."""
    for known, held in index.weights.items():
        spread = sum(min(1.0, weight / WEIGHTS.words) for weight in held.values())
        share = WEIGHTS.little if known in little else 1
        index.telling[known] = share * log(1 + len(index.targets) / max(spread, 0.5))


def _know_everyday(index: Index, everyday: Everyday) -> None:
    """From the stem of an everyday word to those of its group, and of what it is a kind of, that the declarations know."""
    for group in everyday.groups:
        stems = {word: stem(word, index.language) for word in group}
        for word in group:
            _stands_for(index, word, stems.values())
    for word, general in everyday.kinds.items():
        _stands_for(index, word, (stem(one, index.language) for one in general))


def _stands_for(index: Index, word: str, others: Iterable[str]) -> None:
    own = stem(word, index.language)
    if known := {one for one in others if one in index.weights} - {own}:
        index.everyday[own] |= known
        index.words.setdefault(word, own)
