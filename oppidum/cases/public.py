"""What everybody may know of cases: which ones, and under which name.

A case's code is its author's key (docs/decisions: codes are keys): it opens the conversation, so it never stands on a public
page, in GeoJSON or in Open311. In public a case is named by its public id, which leads back to the code for nobody.
"""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.db.models import Q

from oppidum.cases.declaration import catalogue
from oppidum.cases.models import Case
from oppidum.cases.models.case import CaseQuerySet

# --- The public id: the case's number through a keyed permutation of 64 bits, spelt in thirteen letters and digits.
#
# A Feistel network of four rounds over a pseudo-random function is a strong pseudo-random permutation (Luby and Rackoff, SIAM
# J. Comput. 17, 1988): neighbours look unrelated, nobody counts our cases or walks from one to the next. It needs no column
# and no look-up; another SECRET_KEY gives other ids, so links to public pages are good as long as the key is.
ROUNDS = 4
# Numbers of cases stay below this: a made-up id hits one in the millions only, and is turned away without a query.
HIGHEST = 1 << 40
_HALF = 0xFFFFFFFF
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 of Crockford, lower case: readable, safe in an address
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)}
LENGTH = 13


@lru_cache(maxsize=50_000)
def public_id(case_id: int) -> str:
    """The public name of a case: thirteen letters and digits, always the same."""
    left, right = case_id >> 32, case_id & _HALF
    for n in range(ROUNDS):
        left, right = right, left ^ _mix(n, right)
    number = left << 32 | right
    return "".join(_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))


def case_id_of(text: str) -> int | None:
    """The number of the case that a public id names, or None if it can't be one; whether the case exists is not looked up."""
    values = [_VALUE.get(letter) for letter in text.lower()] if len(text) == LENGTH else [None]
    if None in values or values[0] > 15:
        return None
    number = 0
    for value in values:
        number = number << 5 | value
    left, right = number >> 32, number & _HALF
    for n in reversed(range(ROUNDS)):
        left, right = right ^ _mix(n, left), left
    case_id = left << 32 | right
    return case_id if 0 < case_id < HIGHEST else None


def _mix(n: int, half: int) -> int:
    """The round function: 32 bits that only the key foretells."""
    made = _keyed(settings.SECRET_KEY, n).copy()
    made.update(half.to_bytes(4))
    return int.from_bytes(made.digest())


@lru_cache(maxsize=16)
def _keyed(secret: str, n: int):
    """A round's function, keyed once; `copy` it."""
    key = hashlib.blake2b(str(secret).encode(), digest_size=32, person=b"public-id").digest()
    return hashlib.blake2b(key=key, salt=n.to_bytes(2), digest_size=4)


# --- Which cases are public: neither hidden by an officer, nor of a category that points at persons.


@lru_cache(maxsize=1)
def private_categories() -> tuple[str, ...]:
    """The categories whose cases never appear in public (`Category.public`), of all services; among them "": a request without a
    category is between its author and the authority."""
    private = {code for service in catalogue().values() for code, one in service.categories.items() if not one.public}
    return ("", *sorted(private))


def public_cases() -> CaseQuerySet:
    """The cases that everybody may know of, for pages and interfaces; read `words` through `publicity.public_words`."""
    return Case.objects.public().filter(Q(live__is_public=True) & ~Q(live__category__in=private_categories()))


def public_condition(live: str = "l") -> tuple[str, list]:
    """The same as SQL over `cases_live` under that alias, with its positional parameters."""
    return f"{live}.is_public and {live}.category <> all(%s::text[])", [list(private_categories())]


def find_public_case(text: str) -> Case | None:
    """The public case that a public id names."""
    case_id = case_id_of(text)
    return public_cases().filter(pk=case_id).first() if case_id else None
