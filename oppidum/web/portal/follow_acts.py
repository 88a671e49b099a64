"""What the holder of a report's code can do: answer, object, add a message; and what everybody can: follow a report.

All of it goes through the engine's one door. Sent twice, an act counts once: under a lock of its report, a message that already
stands there in the same words since the page was shown is the same message.
"""

import re
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files.photos import MOST_PHOTOS, save_upload
from oppidum.cases.models import Case, Message, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.public import public_id
from oppidum.cases.rules.errors import Stale
from oppidum.cases.rules.standing import RESIDENT, Command, Contact
from oppidum.core import clock, rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import Invalid, InvalidForm, Refusal, TooMany

OFFERED = ("answer", "object", "reply")
MESSAGES_AN_HOUR, PHOTOS_AN_HOUR, FOLLOWING_AN_HOUR = 30, 120, 30
HOUR = 3600
FOLLOWED = "followed"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")
_NUMBER = re.compile(r"[0-9]{1,9}")


def say(request, case: Case, action: str) -> tuple[Refusal | None, list[str]]:
    """Take the author's act with its message and photos; its refusal, if any, and the tokens of the photos kept meanwhile."""
    seen = int(request.POST["seen"]) if _NUMBER.fullmatch(request.POST.get("seen", "")) else None
    tokens = [token for token in request.POST.getlist("kept") if _TOKEN.fullmatch(token)][:MOST_PHOTOS]
    service = get_service(case.service, case.live.definition)
    try:
        command = prepare(service, action, {"message": request.POST.get("message", "")}, RESIDENT, seen=seen)
        if _is_said(case, command):
            return None, []
        _check_pace(request, "messages", MESSAGES_AN_HOUR)
        _take_photos(request, tokens)
        with _alone_with(case):
            if not _is_said(case, command):
                _act(case, command._replace(photos=tuple(tokens)))
    except Refusal as refusal:
        return refusal, tokens
    return None, []


def follow(request, case: Case, email: str) -> None:
    """Follow the case, once for each e-mail address and each visitor. Raises `Invalid` or the engine's refusal."""
    email = email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(_("Write the whole address, like name@example.fr, or leave it empty."), field="email") from None
    _check_pace(request, "following", FOLLOWING_AN_HOUR)
    followed = request.session.get(FOLLOWED, [])
    name = public_id(case.pk)
    with _alone_with(case):
        known = Party.objects.filter(case_id=case.pk, email__iexact=email) if email else Party.objects.none()
        if known.exists():
            known.update(notify=True)
        elif email or name not in followed:
            contact = Contact(email=email, language=get_language() or "fr")
            act_on(case.pk, prepare(get_service(case.service, case.live.definition), "follow", {}, RESIDENT, contact=contact))
    if name not in followed:
        request.session[FOLLOWED] = [*followed, name][-50:]


def has_followed(request, case: Case) -> bool:
    """Whether this visitor followed the case on this device."""
    return public_id(case.pk) in request.session.get(FOLLOWED, [])


def own(case: Case, email: str) -> None:
    """Who gives an address on the page of the code is the author: the mails then carry the code and the team's messages."""
    if not Party.objects.filter(case_id=case.pk, role=Party.AUTHOR).exclude(email="").exists():
        Party.objects.filter(case_id=case.pk, email__iexact=email.strip()).update(role=Party.AUTHOR)


def write_to_author(case: Case, notify: bool) -> None:
    """Go on or stop with the mails to the case's author."""
    Party.objects.filter(case_id=case.pk, role=Party.AUTHOR).exclude(email="").update(notify=notify)


def _act(case: Case, command: Command) -> None:
    """The act; entries that the author doesn't read (an internal note) make no page stale."""
    try:
        act_on(case.pk, command)
    except Stale as stale:
        changes = stale.details["changes"]
        actions = get_service(case.service, case.live.definition).flow.actions
        if any(change.action not in actions or actions[change.action].tells for change in changes):
            raise
        act_on(case.pk, command._replace(seen=changes[-1].seq))


def _is_said(case: Case, command: Command) -> bool:
    """Whether this very message stands there since the page was shown."""
    since = Message.objects.filter(case_id=case.pk, seq__gt=command.seen or 0, kind=Message.FROM_RESIDENT)
    return since.filter(text=command.data["message"]).exists()


@contextmanager
def _alone_with(case: Case):
    """Hold the case against a second tap until this one is written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended('follow', %s))", [case.pk])
        yield


def _take_photos(request, tokens: list[str]) -> None:
    """Save the pictures sent and add their tokens; raises `InvalidForm` that names those which can't be taken."""
    files = request.FILES.getlist("photos")
    if len(files) > MOST_PHOTOS - len(tokens):
        raise InvalidForm([Invalid(_("At most %(n)s photos fit in a message.") % {"n": MOST_PHOTOS}, field="photos")])
    faults: list[Invalid] = []
    for file in files:
        _check_pace(request, "photos", PHOTOS_AN_HOUR)
        try:
            tokens.append(save_upload(file, clock.now()).token)
        except Refusal as refusal:
            faults.append(Invalid(f"{file.name[:60]}: {refusal}", field="photos"))
    if faults:
        raise InvalidForm(faults)


def _check_pace(request, what: str, limit: int) -> None:
    if not rates.allow(f"{what}:{client_address(request)}", limit, HOUR):
        raise TooMany(
            _("Too many were sent from your connection within an hour. What you wrote is kept: send it again later."),
            retry_after=HOUR,
        )
