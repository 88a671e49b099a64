"""What residents say when they mean a service, declared in the `words` folder of its room: `CODE.toml`, for categories `CODE/GROUP.toml`.

The folder stands beside the service's module or above it in its package: a metropolis' own package has its own.

```toml
events = ["moving"]          # life events that lead to it
[fr]
words = "débarras monstres"  # what it is called
phrases = '''
je veux me débarrasser de mon canapé
'''                          # what people write when they need it, one a line
```

These words stand in no version of the declaration: how people call a thing is no rule, and may change any day.
"""

import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from oppidum.cases.declaration import DefinitionError, Service
from oppidum.cases.searching.wording import LANGUAGES

FOLDER = "words"
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Sayings:
    """In one language: what it is called, and what people write when they need it."""

    words: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """`said`: the sayings by language. `events`: codes of life events."""

    said: Mapping[str, Sayings] = field(default_factory=dict)
    events: tuple[str, ...] = ()

    def in_language(self, language: str) -> Sayings:
        return self.said.get(language, Sayings())


NONE = Vocabulary()


def get_vocabulary(service: type[Service], category: str = "") -> Vocabulary:
    """The words of a service, or of one of its categories; empty where none are declared. Raises `DefinitionError`."""
    return _vocabularies(find_folder(service), service.code).get(category, NONE)


@lru_cache(maxsize=512)
def find_folder(service: type[Service]) -> Path:
    """The nearest `words` folder, going up from the service's module within its package."""
    module = sys.modules.get(service.__module__)
    path = Path(getattr(module, "__file__", None) or FOLDER).resolve()
    above = path.parents[: max(1, service.__module__.count("."))]
    return next((place / FOLDER for place in above if (place / FOLDER).is_dir()), path.parent / FOLDER)


@lru_cache(maxsize=256)
def _vocabularies(folder: Path, code: str) -> dict[str, Vocabulary]:
    """By category, that of the service itself under ""."""
    found: dict[str, Vocabulary] = {}
    own = folder / f"{code}.toml"
    if own.is_file():
        found[""] = _read(own, _load(own))
    for path in sorted((folder / code).glob("*.toml")):
        for name, held in _load(path).items():
            found[f"{path.stem}.{name}"] = _read(path, held)
    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{path.name}: {error}") from error


def _read(path: Path, held: Any) -> Vocabulary:
    known = {*LANGUAGES, "events"}
    if not isinstance(held, dict) or set(held) - known:
        raise DefinitionError(f"{path.parent.name}/{path.name}: write {', '.join(sorted(known))}, nothing else")
    said = {}
    for language in LANGUAGES:
        text = held.get(language, {})
        phrases = (line.strip() for line in text.get("phrases", "").splitlines())
        said[language] = Sayings(text.get("words", ""), tuple(filter(None, phrases)))
    return Vocabulary(said, tuple(held.get("events", ())))


@dataclass(frozen=True)
class Everyday:
    """Everyday speech of a language: `groups` of words that mean the same, `kinds` (a word: what it is a kind of), and words that
    say `little` of any matter."""

    groups: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, tuple[str, ...]]
    little: frozenset[str]


@lru_cache(maxsize=8)
def everyday_words(language: str) -> Everyday:
    """Read from `everyday.LANGUAGE.txt`: "car = auto" means the same, "oak pine > tree" is a kind of, "~ day week" says little."""
    groups, kinds, little = [], defaultdict(tuple), set()
    for line in (_HERE / f"everyday.{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("~"):
            little.update(line[1:].split())
        elif "=" in line and not line.startswith("#"):
            groups.append(tuple(word.strip() for word in line.split("=")))
        elif ">" in line and not line.startswith("#"):
            particular, _, general = line.partition(">")
            for word in particular.split():
                kinds[word.replace("-", "")] += tuple(general.split())
    return Everyday(tuple(groups), dict(kinds), frozenset(little))
