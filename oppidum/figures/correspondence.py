"""What letters, mails, files and partners' messages let figures count. Who wrote to whom is nobody's: day and kind alone are told.

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
MAILS = Source(
    "mails",
    _("e-mails"),
    rows="cases_mail e left join cases_case c on c.id = e.case_id",
    at="e.created_at",
    key="e.id",
    splits={"fate": "e.fate", "service": "c.service", "commune": "c.commune_id"},
    record={"code": "c.code", "at": "e.created_at", "fate": "e.fate", "service": "c.service"},
    dated=_("the day on which it was written"),
    case="c.id",
    withheld=_WITHHELD,
    unnamed=True,
)
FILES = Source(
    "files",
    _("files handed in"),
    rows="cases_attachment f left join cases_case c on c.id = f.case_id",
    at="f.uploaded_at",
    key="f.id",
    splits={"kind": "f.content_type", "service": "c.service", "commune": "c.commune_id"},
    record={"code": "c.code", "at": "f.uploaded_at", "kind": "f.content_type", "service": "c.service"},
    dated=_("the day on which it was handed in"),
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


def sent() -> Condition:
    """Mails that left."""
    return Condition("e.fate = 'sent'", {}, lambda: str(_("those that left")))


def letters_of(service: str, *letters: str) -> Condition:
    """Letters of a service, all or those named; copies for others don't count."""
    named = " and p.letter = any(%(letters)s::text[])" if letters else ""
    given = {"service": service} | ({"letters": list(letters)} if letters else {})
    return Condition(f"c.service = %(service)s::text and p.rank = 0{named}", given, lambda: ", ".join(letters) or service)


def handed_in() -> Condition:
    """Files that belong to a case: what was begun and never sent doesn't count."""
    return Condition("f.case_id is not null", {}, lambda: str(_("those of a request that was sent")))
