"""Voting: an address is proven by a link, a ballot is cast once, its code is shown once, and changes the vote until the close."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.cases.links import LinkBroken, LinkOver
from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Refusal, TooMany
from oppidum.territory.models import Commune
from oppidum.voting.casting import cast, change
from oppidum.voting.errors import NotVoting
from oppidum.voting.links import read_vote_link, request_vote_link
from oppidum.voting.models import Ballot
from oppidum.voting.polls import Poll, list_projects
from oppidum.voting.recount import receipt_of
from oppidum.web.portal.my_reports import known_email, open_for
from oppidum.web.votes.pages import get_poll, options_of, vote_context

ASKED_AN_HOUR = 20
CODES_TRIED_AN_HOUR = 30


@require_POST
@never_cache
def ask_link(request, name: str):
    """Mail the way to the ballot; the answer is the same for every address."""
    poll, email = get_poll(name), request.POST.get("email", "").strip()[:254]
    _limit(request, "vote-link", ASKED_AN_HOUR)
    try:
        validate_email(email)
    except ValidationError:
        return _again(request, poll, {"email": _("Write the whole address, like name@example.fr.")}, typed=email)
    if poll.is_open():
        request_vote_link(poll, email, get_language() or "fr")
    return render(request, "votes/asked.html", {"poll": poll, "address": email})


@require_safe
@never_cache
def come_in(request, name: str, token: str):
    """The link of the mail: the address is proven on this device, and leaves the browser's address line."""
    poll = get_poll(name)
    try:
        open_for(request, read_vote_link(poll, token))
    except (LinkOver, LinkBroken) as refusal:
        return _again(request, poll, {"email": str(refusal)}, status=refusal.status)
    return redirect("votes:vote", poll.public_id)


@require_POST
@never_cache
def cast_page(request, name: str):
    """Cast the ballot; the only page that ever shows its code."""
    poll, email = get_poll(name), known_email(request)
    if not email:
        return redirect("votes:vote", poll.public_id)
    faults = {}
    commune = request.POST.get("commune", "")
    if not Commune.objects.filter(pk=commune).exists():
        faults["commune"] = _("Choose the commune in which you live.")
    if not request.POST.get("sincere"):
        faults["sincere"] = _("Tick the box: only residents of that age vote.")
    chosen = request.POST.getlist("choices")
    if not 1 <= len(chosen) <= poll.most_choices:
        faults["choices"] = _("Choose at least one project, and no more than the vote allows.")
    if not faults:
        try:
            code = cast(poll, email, chosen, commune)
        except NotVoting:
            return redirect("votes:vote", poll.public_id)
        except Refusal as refusal:
            faults["choices"] = str(refusal)
        else:
            return render(request, "votes/receipt.html", _receipt(poll, code, chosen))
    return _again(request, poll, faults, chosen=chosen, commune=commune)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_page(request, name: str):
    """Other choices with the code: it says nothing about who has it."""
    poll = get_poll(name)
    if not poll.is_open():
        return redirect("votes:vote", poll.public_id)
    code, chosen, faults = request.POST.get("code", "")[:60], request.POST.getlist("choices"), {}
    if request.method == "POST":
        _limit(request, "vote-code", CODES_TRIED_AN_HOUR)
        try:
            change(poll, code, chosen)
        except Refusal as refusal:
            faults["code" if refusal.code == "no-such-ballot" else "choices"] = str(refusal)
        else:
            return render(request, "votes/receipt.html", _receipt(poll, code, chosen) | {"is_changed": True})
    projects = list_projects(poll)
    context = {"poll": poll, "options": options_of(projects, poll.public_id), "chosen": chosen, "code": code, "faults": faults}
    return render(request, "votes/change.html", context, status=422 if faults else 200)


def _receipt(poll: Poll, code: str, chosen: list[str]) -> dict:
    receipt = receipt_of(poll.public_id, code)
    # What the box holds, and not what the form said.
    held = set(Ballot.objects.get(vote=poll.case_id, receipt=receipt).choices)
    titles = [one.title for one in list_projects(poll) if one.public_id in held]
    return {"poll": poll, "code": code, "receipt": receipt, "titles": titles}


def _again(request, poll: Poll, faults: dict[str, str], status: int = 422, **kept):
    return render(request, "votes/vote.html", vote_context(request, poll, faults=faults, **kept), status=status)


def _limit(request, what: str, an_hour: int) -> None:
    if not rates.allow(f"{what}:{client_address(request)}", an_hour, 3600):
        raise TooMany(_("Too many tries from your connection. Wait a little, then try again."), retry_after=3600)
