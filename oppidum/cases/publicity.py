"""What everybody may read of what somebody wrote: their words, without the numbers and addresses that lead to a person.

Only the public version is masked; officers and the author see the words as written. Names can't be found reliably, so the form
says not to write any, and officers can hide a text. A mask never invents: what merely looks like a date, a lamp's number or
"le 123 de la rue" stays as it is.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

_GAP = r"[\s.\-\u00a0\u202f/]?"

EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")

# French numbers with or without +33, and other numbers written with their country's +.
PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\){_GAP})?[1-9]|0[1-9])(?:{_GAP}\d\d){{4}}(?!\d)"
    rf"|(?<![\w+])\+\d{{1,3}}(?:{_GAP}\d){{7,12}}(?!\d)"
)

# Since 2009 AB-123-CD, without I, O and U; before, 1234 AB 13. With spaces only in capitals: "le 123 de" is no plate.
_NEW = "[A-HJ-NP-TV-Z]"
PLATE = re.compile(
    rf"(?<![\w-])(?:{_NEW}{{2}}[- ]?\d{{3}}[- ]?{_NEW}{{2}}"
    rf"|(?i:{_NEW}{{2}}-\d{{3}}-{_NEW}{{2}})"
    r"|\d{3,4} ?[A-Z]{2,3} ?(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]))(?![\w-])"
)

# Fifteen digits of the social security, and bank accounts.
SECRET = re.compile(r"(?<!\w)(?:[12](?: ?\d){14}|FR\d\d(?: ?[0-9A-Z]){23})(?!\w)")

_MASKS: tuple[tuple[re.Pattern, Any], ...] = (
    (EMAIL, _("[e-mail address hidden]")),
    (SECRET, _("[number hidden]")),
    (PHONE, _("[telephone number hidden]")),
    (PLATE, _("[number plate hidden]")),
)


def public_words(text: str) -> str:
    """`text` as everybody may read it."""
    for pattern, mask in _MASKS:
        text = pattern.sub(str(mask), text)
    return text


def is_masked(text: str) -> bool:
    """Whether the public version differs, so that the author can be told."""
    return any(pattern.search(text) for pattern, _mask in _MASKS)
