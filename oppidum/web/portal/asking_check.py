"""The end of a declared form: the answers with a way to change each, what it costs, the button that sends it, and the page that follows."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases import drafts
from oppidum.cases.declaration import Contact, Party, Slot, foretell_fees, get_service
from oppidum.cases.declaration.fields.persons import read_email
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.intake import rules_in_force
from oppidum.cases.mailing.sending import queue_mail
from oppidum.cases.models import Case, Draft
from oppidum.cases.new_case import NewCase
from oppidum.cases.preparing import actor_of, on_behalf_of_resident
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import Actor
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, InvalidForm, Refusal, TooMany
from oppidum.web.portal.asking_steps import CHECK, SENT, STOP, Asking, address_of, go, show_page
from oppidum.web.portal.my_reports import known_email
from oppidum.web.portal.my_space import keep_to_preferences
from oppidum.web.portal.offered import OFFICER
from oppidum.web.portal.receipts import next_steps
from oppidum.web.words import say_day

TRAP = "website"
FILINGS_AN_HOUR, LINKS_AN_HOUR = 30, 10


def show(request, asking: Asking, errors=(), status: int = 200):
    """The summary by page, the bill, and the button."""
    context = {"errors": errors, "sections": _sections(asking), "bills": _bills(asking), "trap": TRAP, "page": None}
    return show_page(request, asking, CHECK, "portal/ask/check.html", context, status)


def take(request, asking: Asking):
    """Send it. What is missing or wrong is said on the page that asks it; a second tap finds what the first one filed."""
    if request.POST.get(TRAP):
        return show(
            request, asking, [("", _("Leave the field “Web site” empty: it is a trap for programs. Then send again."))], 422
        )
    if not rates.allow(f"filing:{client_address(request)}", FILINGS_AN_HOUR, 3600):
        raise TooMany(
            _("Many requests were sent from your connection within an hour. Yours is kept: send it again later."), retry_after=3600
        )
    with drafts.alone_with(asking.draft) as held:
        if not held.code:
            try:
                known = {"channel": held.channel, "key": held.key} | ({"actor": _actor(held)} if held.officer else {})
                new = prepare_case(asking.service, held.raw, begun_at=held.started_at, **known)
                _check_ground(held, new)
                filed = file_case(new)
            except InvalidForm as wrong:
                return show(request, asking, wrong, 422)
            except Refusal as refusal:
                return _refused(request, asking, refusal)
            if email := known_email(request):
                keep_to_preferences(email, filed.case_id)
            drafts.mark_sent(held, filed.code)
    return go(asking, SENT)


def _check_ground(draft: Draft, new: NewCase) -> None:
    """A commune's officer asks for the commune: what lies elsewhere is another's. Raises `InvalidForm`."""
    if draft.officer is None or not draft.officer.is_of_commune or new.commune in draft.officer.sight().communes:
        return
    said = _("This place lies outside your commune: choose one within it.")
    raise InvalidForm(
        [Invalid(said, field=next((name for name, one in get_service(draft.service).form.items() if one.kind == "place"), None))]
    )


def _actor(draft: Draft) -> Actor:
    """The officer for the authority, or the resident by way of the officer: the journal says both."""
    for_authority = OFFICER in get_service(draft.service).applicants
    return actor_of(draft.officer) if for_authority else on_behalf_of_resident(draft.officer)


def _refused(request, asking: Asking, refusal: Refusal):
    """Who can't ask is told so, by the rule or on the summary; a place that was taken meanwhile is chosen anew."""
    if isinstance(refusal, NotEligible) and asking.barred is not None:
        return go(asking, STOP)
    page = next((page for page in asking.pages if any(isinstance(question, Slot) for question in page.questions.values())), None)
    if page is None:
        return show(request, asking, refusal, 422)
    asking.draft.pages = [name for name in asking.draft.pages if name != page.name]
    drafts.save(asking.draft)
    messages.error(request, str(refusal))
    return go(asking, page.name)


def show_sent(request, asking: Asking):
    """The code in large letters, what happens next and by when, and the receipt."""
    case = Case.objects.select_related("live__team", "commune").defer("search", "commune__outline").get(code=asking.draft.code)
    context = {"service": asking.service, "case": case, "live": case.live, "next": next_steps(asking.service, case)}
    response = render(request, "portal/ask/sent.html", context)
    response["Cache-Control"] = "no-store"
    return response


def mail_link(request, asking: Asking) -> Invalid | None:
    """Send the draft's link to the address given; the fault of the address, if any."""
    try:
        email = read_email(request.POST.get("keep_email", ""))
    except Invalid as fault:
        fault.field = "keep_email"
        return fault
    draft = asking.draft
    if not rates.allow(f"draft-link:{email}", LINKS_AN_HOUR, 3600):
        raise TooMany(_("This link was sent several times within an hour: look into your mailbox."), retry_after=3600)
    draft.email = email
    drafts.save(draft)
    link = settings.PUBLIC_URL + reverse("portal:ask-resume", args=[asking.service.code, draft.token])
    words = {"service": asking.service.name, "link": link, "day": say_day(draft.kept_until)}
    subject = _("Your request is kept: %(service)s") % words
    body = (
        _(
            "You began a request: %(service)s. Go on with it here, until %(day)s included:\n\n%(link)s\n\nWhoever has this link can read "
            "what you wrote: give it to nobody. Each time you save, you have a whole month again.\n\nYou began nothing? Then somebody "
            "mistyped an address: leave this e-mail as it is."
        )
        % words
    )
    queue_mail(email, draft.language, subject, body, f"draft:{draft.token}:{clock.now().timestamp():.6f}")
    return None


def _sections(asking: Asking) -> list[dict]:
    """Title, change link and answers of each page that was asked."""
    sections = []
    for page in asking.pages:
        rows = [
            {"label": question.label, "value": question.show(asking.found.answers[name])}
            for name, question in page.questions.items()
            if name in asking.found.answers
        ]
        unanswered = [
            {"label": question.label, "value": ""}
            for name, question in page.questions.items()
            if asking.found.states[name] == "empty" and not isinstance(question, Contact | Party)
        ]
        sections.append(
            {"title": page.title or _("Your answers"), "href": address_of(asking, page.name, back=True), "rows": rows + unanswered}
        )
    return sections


def _bills(asking: Asking) -> list[dict]:
    """What it will cost, reckoned from the answers; a fee that depends on what isn't known yet is left out."""
    known = {**rules_in_force(asking.service, clock.today()), **asking.found.known}
    return [{"label": fee.label, "bill": bill} for fee, bill in foretell_fees(asking.service, known, clock.today())]
