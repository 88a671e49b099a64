"""A commune's officers, managed by its own administrators: invited, given a role of communes, ended. Nothing here reaches beyond the commune.

Whoever is touched is an officer of communes and of this commune alone; whoever is given a role gets one that is for communes. What else there
is (the authority's own officers, another commune's) isn't there.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from oppidum.cases.mailing.sending import queue_mail
from oppidum.communes.models import Change
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, NotAllowed, NotFound
from oppidum.people.models import Officer, Right, Role, Team
from oppidum.territory.models import Commune

LONGEST_NAME = 80


def roles() -> QuerySet[Role]:
    """The roles that a commune's administrator gives."""
    return Role.objects.filter(of_communes=True).order_by("name")


def members(commune: Commune) -> QuerySet[Officer]:
    """The commune's officers: of communes by their role, and of no other commune."""
    alone = Officer.communes.through.objects.values("officer").annotate(number=Count("commune")).filter(number=1).values("officer")
    found = Officer.objects.filter(role__of_communes=True, is_superuser=False, communes=commune, pk__in=alone)
    return found.select_related("role").order_by("-is_active", "last_name", "first_name", "pk")


def invite(commune: Commune, raw: Mapping[str, Any], by: Officer) -> Officer:
    """Make the account and send the link by which its owner chooses a password. Raises `InvalidForm`."""
    _check(commune, by)
    given = {name: " ".join(str(raw.get(name) or "").split())[:LONGEST_NAME] for name in ("first_name", "last_name")}
    email, faults = str(raw.get("email") or "").strip().lower(), []
    for name, said in (("first_name", _("Write the first name.")), ("last_name", _("Write the name."))):
        if not given[name]:
            faults.append(Invalid(said, field=name))
    try:
        validate_email(email)
    except ValidationError:
        faults.append(Invalid(_("Write the whole e-mail address, like name@commune.fr."), field="email"))
    else:
        if len(email) > 150 or Officer.objects.filter(username__iexact=email).exists():
            faults.append(Invalid(_("This address has an account already. Another address is needed."), field="email"))
    role = roles().filter(code=str(raw.get("role") or "")).first()
    if role is None:
        faults.append(Invalid(_("Choose one of the commune's roles."), field="role"))
    if faults:
        raise InvalidForm(faults)
    with transaction.atomic():
        officer = Officer(username=email, email=email, role=role, **given)
        officer.set_unusable_password()
        officer.save()
        officer.communes.set([commune])
        officer.teams.set(Team.objects.filter(commune=commune, is_active=True))
        _write(commune, by, officer, Change.What.INVITED, role.name)
        send_link(officer, commune)
    return officer


def send_link(officer: Officer, commune: Commune) -> None:
    """The link to choose a password: once, for three days."""
    uid, token = urlsafe_base64_encode(force_bytes(officer.pk)), default_token_generator.make_token(officer)
    words = {"commune": commune.name, "name": officer.get_full_name(), "username": officer.username}
    words["link"] = settings.PUBLIC_URL + reverse("communes:join", args=[uid, token])
    subject = _("Your account for the space of %(commune)s") % words
    body = (
        _(
            "Hello %(name)s,\n\nYou have an account for the space of %(commune)s. Choose your password here within three days:\n\n%(link)s\n\n"
            "Your user name is %(username)s. You expected nothing? Then leave this message as it is: without a password the account opens to nobody."
        )
        % words
    )
    queue_mail(officer.email, officer.language, subject, body, f"invited:{officer.pk}:{clock.now().timestamp():.6f}")


def invited_by_link(uid: str, token: str) -> Officer | None:
    """Whose link it is, while it holds: until a password was chosen, three days at most."""
    try:
        officer = Officer.objects.filter(pk=int(urlsafe_base64_decode(uid)), is_active=True, role__of_communes=True).first()
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None
    return officer if officer and default_token_generator.check_token(officer, token) else None


def give_role(commune: Commune, pk: int, code: str, by: Officer) -> Officer:
    """Another role of communes. Raises `Invalid` where the commune would be left without an administrator."""
    with transaction.atomic():
        officer = _held(commune, pk, by)
        role = roles().filter(code=code).first()
        if role is None:
            raise Invalid(_("Choose one of the commune's roles."), field="role")
        if role != officer.role:
            officer.role = role
            officer.save(update_fields=["role"])
            _write(commune, by, officer, Change.What.ROLE, role.name)
            _keep_one(commune)
    return officer


def set_active(commune: Commune, pk: int, active: bool, by: Officer) -> Officer:
    """End an account, or open it again: who is signed in is out with the next page. Raises `Invalid` as above."""
    with transaction.atomic():
        officer = _held(commune, pk, by)
        if officer == by:
            raise Invalid(_("You can't end your own account: another administrator does."))
        if officer.is_active != active:
            officer.is_active = active
            officer.save(update_fields=["is_active"])
            _write(commune, by, officer, Change.What.OPENED if active else Change.What.ENDED)
            _keep_one(commune)
    return officer


def _check(commune: Commune, by: Officer) -> None:
    """Raises `NotAllowed` unless `by` keeps this commune's space."""
    if not by.is_of_commune or not by.may(Right.SPACE) or commune.pk not in (by.sight().communes or ()):
        raise NotAllowed()


def _held(commune: Commune, pk: int, by: Officer) -> Officer:
    """The officer, nobody else at it at the same time. Raises `NotFound` for whoever isn't this commune's."""
    _check(commune, by)
    Commune.objects.select_for_update().get(pk=commune.pk)
    officer = members(commune).filter(pk=pk).first()
    if officer is None:
        raise NotFound()
    return officer


def _keep_one(commune: Commune) -> None:
    if not members(commune).filter(is_active=True, role__rights__contains=[Right.SPACE]).exists():
        raise Invalid(_("The commune needs an administrator: give that role to somebody else first."))


def _write(commune: Commune, by: Officer, officer: Officer, what: str, detail: str = "") -> None:
    Change.objects.create(commune=commune, at=clock.now(), by=by, officer=officer, what=what, detail=detail)
