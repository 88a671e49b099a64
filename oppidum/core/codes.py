"""Public codes: readable over the phone, checked when typed, impossible to guess.

Ten characters in two groups, `7KQ2M-XA4RH`: nine drawn at random, one check character. The alphabet leaves out what looks or
sounds like something else (0 and O, 1 with I and L, U beside V, Z beside 2). It has 29 letters, a prime, so that a weighted
sum modulo 29 finds every single wrong character and every swap of two neighbours.
29**9 = 1.4e13 codes: with ten million cases, one guess in 1.4 million hits.
"""

import random
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 10
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_HEARD = str.maketrans({"0": "Q", "O": "Q", "Z": "2", "U": "V"})
_BASE = len(ALPHABET)


def new_code() -> str:
    """A fresh code, from the system's cryptographic generator."""
    return _spell(secrets.randbelow(_BASE ** (LENGTH - 1)))


def new_codes(n: int, rng: random.Random | None = None) -> list[str]:
    """`n` fresh codes; with a seeded `rng` the same ones each time, for rehearsals only."""
    if rng is None:
        return [new_code() for _ in range(n)]
    return [_spell(rng.randrange(_BASE ** (LENGTH - 1))) for _ in range(n)]


def normalise(text: str) -> str | None:
    """The canonical code in what somebody typed ("7kq2m xa4rh"), or None if it can't be one.

    Spaces, dashes and case don't matter; a wrong check character does.
    """
    letters = "".join(c for c in text.upper() if c not in " -.\u00a0\u2011_").translate(_HEARD)
    if len(letters) != LENGTH or any(c not in _VALUE for c in letters):
        return None
    if _check([_VALUE[c] for c in letters[:-1]]) != _VALUE[letters[-1]]:
        return None
    return f"{letters[:5]}-{letters[5:]}"


def is_code(text: str) -> bool:
    """Whether `text` reads as a code, however it is spaced."""
    return normalise(text) is not None


def _spell(number: int) -> str:
    values = []
    for _ in range(LENGTH - 1):
        number, value = divmod(number, _BASE)
        values.append(value)
    values.append(_check(values))
    letters = "".join(ALPHABET[v] for v in values)
    return f"{letters[:5]}-{letters[5:]}"


def _check(values: list[int]) -> int:
    """Weights 2, 3, ... differ by one between neighbours and are never 0 modulo 29: any slip changes the sum."""
    return sum(weight * value for weight, value in enumerate(values, start=2)) % _BASE
