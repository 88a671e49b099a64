"""Sending the report: through the engine's one door, once, however often the button is pressed."""

from django.db import transaction
from django.utils.translation import ngettext

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.filing import Filed, file_case, prepare_case
from oppidum.cases.models import Party
from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import TooMany
from oppidum.web.portal.report_contact import make_contact
from oppidum.web.portal.report_draft import Draft

FILINGS_AN_HOUR = 30
HOUR = 3600


def check_pace(request) -> None:
    """A household, a school or a café shares one address: the limit is generous, and the form is kept. Raises `TooMany`."""
    if rates.allow(f"filing:{client_address(request)}", FILINGS_AN_HOUR, HOUR):
        return
    message = ngettext(
        "%(n)s report was sent from your connection within an hour, which is as many as we take. "
        "Yours is kept: send it again later.",
        "%(n)s reports were sent from your connection within an hour, which is as many as we take. "
        "Yours is kept: send it again later.",
        FILINGS_AN_HOUR,
    )
    raise TooMany(message % {"n": FILINGS_AN_HOUR}, retry_after=HOUR)


def file_draft(draft: Draft) -> Filed:
    """File it; `draft.key` makes a repetition give the case that exists. Raises `InvalidForm`."""
    new = prepare_case(
        REPORTS.service,
        {"category": draft.category, "words": draft.words, **draft.answers},
        lon=draft.lon,
        lat=draft.lat,
        commune=draft.commune,
        channel="portal",
        address=draft.full_address,
        contact=_contact(draft),
        key=draft.key,
        photos=tuple(draft.photos),
    )
    with transaction.atomic():
        filed = file_case(new)
        if filed.is_new and draft.contact.get("email") and not draft.contact.get("notify"):
            Party.objects.filter(case_id=filed.case_id).update(notify=False)
    return filed


def _contact(draft: Draft):
    contact = make_contact(draft.contact)
    return contact if contact.name or contact.email or contact.phone else None
