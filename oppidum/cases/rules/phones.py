"""Telephone numbers that a text message reaches: mobile ones, by the numbering plans that the `phonenumbers` library keeps.

In France 06, 07 and the overseas mobile series; abroad, a series that doesn't tell mobiles from lines at home (+1) is given a try.
"""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

_TEXTED = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


@lru_cache(maxsize=65536)
def can_be_texted(number: str) -> bool:
    """Whether a number, as E.164, is a valid one that takes text messages; what isn't E.164 takes none."""
    if not number.startswith("+"):
        return False
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) in _TEXTED
