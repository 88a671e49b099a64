"""Asked once: what the last request of the same person said is offered again, where the declaration says so (`prefill=`).

Only for an e-mail address that was proven on this device by the link of "my requests", and only from cases that it filed itself.
"""

from typing import Any

from oppidum.cases.declaration import Contact, Page, catalogue
from oppidum.cases.links import my_cases
from oppidum.cases.models import Case, Party
from oppidum.web.portal.asking_steps import Asking
from oppidum.web.portal.my_reports import known_email

LOOKED_AT = 20


def prefilled(request, asking: Asking, page: Page) -> tuple[dict[str, Any], str]:
    """The answers to offer on a page that was never shown, and the name of the service that they come from."""
    wanted = {name: question for name, question in page.questions.items() if question.prefill and name not in asking.draft.raw}
    email = known_email(request) if wanted else ""
    if not email:
        return {}, ""
    found: dict[str, Any] = {}
    source = ""
    for case in _own_cases(email):
        service = catalogue().get(case.service)
        held = {one.prefill: case.answers.get(name) for name, one in (service.form.items() if service else ()) if one.prefill}
        for name, question in wanted.items():
            value = _contact_of(case, email) if isinstance(question, Contact) else held.get(question.prefill)
            if name not in found and value:
                found[name], source = value, source or str(service.name if service else "")
    return found, source


def _own_cases(email: str) -> list[Case]:
    mine = Party.objects.filter(email__iexact=email, role=Party.AUTHOR).values("case_id")
    return list(my_cases(email).filter(pk__in=mine).defer("search", "words")[:LOOKED_AT])


def _contact_of(case: Case, email: str) -> dict[str, str]:
    party = Party.objects.filter(case_id=case.pk, email__iexact=email, role=Party.AUTHOR).first()
    given = {"name": party.name, "email": party.email, "phone": party.phone} if party else {}
    return {part: value for part, value in given.items() if value}
