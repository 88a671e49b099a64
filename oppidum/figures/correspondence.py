"""What letters and partners' messages let figures count. Who wrote to whom is nobody's: day and kind alone are told.

Mails and files are not counted: they go when personal data go, and no figure may change by that.

The tables of rooms above are named, not imported: a figure reads what they keep and never changes it.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Condition, Source
from oppidum.figures.sources import CASE_WITHHELD

_WITHHELD = f"c.id is null or ({CASE_WITHHELD})"

LETTERS = Source(
    "letters",
    _("letters, orders and cards made"),
    rows="publishing_paper p join cases_case c on c.id = p.case_id",
    at="p.made_at",
    key="p.id",
    splits={"letter": "p.letter", "kind": "p.kind", "fate": "p.fate", "service": "c.service", "commune": "c.commune_id"},
    record={"code": "c.code", "at": "p.made_at", "letter": "p.letter", "kind": "p.kind", "fate": "p.fate", "service": "c.service"},
    dated=_("the day on which it was made"),
    case="c.id",
    withheld=_WITHHELD,
    unnamed=True,
)
PARTNER_MESSAGES = Source(
    "partner messages",
    _("messages to and from partners"),
    rows="partners_message x left join cases_case c on c.id = x.case_id",
    at="x.created_at",
    key="x.id",
    splits={"partner": "x.partner", "fate": "x.fate", "service": "c.service", "commune": "c.commune_id"},
    record={"code": "c.code", "at": "x.created_at", "partner": "x.partner", "fate": "x.fate", "service": "c.service"},
    dated=_("the day on which it left or came"),
    case="c.id",
    withheld=_WITHHELD,
    unnamed=True,
)


def letters_of(service: str, *letters: str) -> Condition:
    """Letters of a service, all or those named; copies for others don't count."""
    named = " and p.letter = any(%(letters)s::text[])" if letters else ""
    given = {"service": service} | ({"letters": list(letters)} if letters else {})
    return Condition(
        f"c.service = %(service)s::text and p.rank = 0{named}",
        given,
        lambda: ", ".join(letters) or service,
        ("letters_of", service, *letters),
    )
