"""Links of third parties: made, sent, opened, revoked. Who holds one is taken for the role on it, so it is short-lived and unguessable."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.outside import Third, find_outside
from oppidum.cases.mailing.sending import queue_mail
from oppidum.cases.models import Case, Effect
from oppidum.cases.public import public_id
from oppidum.cases.rules.standing import Standing
from oppidum.core import clock
from oppidum.core.errors import NotFound, Refusal
from oppidum.interfaces.partners.models import ThirdLink


class LinkExpired(Refusal):
    """The link was good once."""

    code = "link-expired"
    status = 410
    default = gettext_lazy("This link is no longer valid. Ask the service that sent it for a new one.")


class NoAddress(Exception):
    """The case doesn't say where the third party can be reached: the effect stays visible until somebody mends it."""


def make_link(case: Case, third: Third, key: str, email: str, name: str = "") -> str | None:
    """A new link for the role on the case; None if `key` made one before (it can't be shown twice: only its hash is kept)."""
    token, now = secrets.token_urlsafe(32), clock.now()
    _link, is_new = ThirdLink.objects.get_or_create(
        key=key,
        defaults={
            "case": case,
            "role": third.code,
            "hash": _digest(token),
            "name": name[:200],
            "email": email[:254],
            "made_at": now,
            "expires_at": now + timedelta(days=third.days),
        },
    )
    return f"{settings.PUBLIC_URL}/third/{token}/" if is_new else None


def invite(case: Case, third: Third, key: str) -> None:
    """Make the link and send it to the address that the case holds. Raises `NoAddress`."""
    known = {**case.answers, **case.live.facts}
    email, name = address_in(known.get(third.to))
    if not email:
        raise NoAddress(f"{case.code}: '{third.to}' holds no e-mail address for {third.code}")
    if link := make_link(case, third, key, email, name):
        _send(case, third, link, email, key)


def ask_third(effect: Effect, opinion: Opinion, standing: Standing) -> None:
    """Ask a third party for an opinion: the link that leads to it. One that isn't declared has no link, and is asked on paper."""
    case = Case.objects.select_related("live").get(pk=effect.case_id)
    third = find_outside(get_service(standing.service, standing.definition), opinion.of.partition(":")[2])
    if third is not None:
        invite(case, third, f"{effect.key}:{third.code}")


def address_in(value: Any) -> tuple[str, str]:
    """(e-mail, name) of an answer: a contact, or the address alone."""
    if isinstance(value, dict):
        return str(value.get("email") or ""), str(value.get("name") or "")
    return (value, "") if isinstance(value, str) and "@" in value else ("", "")


def open_link(token: str) -> ThirdLink:
    """The link behind the token. Raises `NotFound` for a forged one, `LinkExpired` for one that is over or revoked."""
    found = ThirdLink.objects.select_related("case", "case__live").filter(hash=_digest(token)).first()
    if found is None:
        raise NotFound()
    now = clock.now()
    if found.revoked_at or found.expires_at <= now:
        raise LinkExpired()
    ThirdLink.objects.filter(pk=found.pk).update(used_at=now)
    return found


def revoke(link_id: int) -> None:
    """The link opens nothing any more, at once."""
    ThirdLink.objects.filter(pk=link_id, revoked_at=None).update(revoked_at=clock.now())


def third_of(link: ThirdLink) -> Third:
    """The role's declaration. Raises `NotFound` where the service no longer knows it."""
    found = find_outside(get_service(link.case.service, link.case.live.definition), link.role)
    if not isinstance(found, Third):
        raise NotFound()
    return found


def _send(case: Case, third: Third, link: str, email: str, key: str) -> None:
    with override("fr"):
        service = get_service(case.service, case.live.definition)
        subject = _("%(service)s, %(code)s: you are asked as %(role)s") % {
            "service": service.name,
            "code": public_id(case.pk),
            "role": third.name,
        }
        body = _(
            "You are asked to act on this case as %(role)s. No account is needed: this link is yours alone, for %(days)d days.\n\n%(link)s"
            "\n\nIf it isn't for you, leave this e-mail as it is."
        ) % {"role": third.name, "days": third.days, "link": link}
        queue_mail(email, "fr", subject, body, f"third:{key}")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
