"""Residents who come with an account of theirs elsewhere: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636).

Providers (FranceConnect, ProConnect, an authority's own) stand in the TOML that `OPPIDUM_OIDC` names (docs/how-to/accounts-elsewhere.md); their
addresses and keys come from their discovery document. What a provider says is believed only under its signature, for this client, this visit.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from oppidum.core import clock
from oppidum.core.errors import Refusal

KEPT_SECONDS, TIMEOUT, LEEWAY = 3600, 10, 60


class IdentityRefused(Refusal):
    """The provider's answer doesn't hold: another visit's, altered, too old, or for somebody else."""

    code = "identity-refused"
    status = 403
    default = _("Signing in there did not work, or took too long. Try again, or ask for a link by e-mail.")


class ProviderAway(Refusal):
    """The provider can't be reached, or answers nonsense."""

    code = "provider-away"
    status = 502
    default = _("This way to sign in does not answer at the moment. Ask for a link by e-mail instead.")


@dataclass(frozen=True)
class Provider:
    """`trusts_email`: its e-mail addresses are proven mailboxes, so that none has to be proven here. `acr_values`: the levels of assurance
    that we accept, separated by spaces (eIDAS: "eidas1")."""

    code: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str = "openid email"
    acr_values: str = ""
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    trusts_email: bool = False


@dataclass(frozen=True)
class Visit:
    """What this side remembers between sending somebody away and their return."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Claims:
    """Who the provider says that it is; `email` may be empty. `id_token` lets them sign out there too."""

    subject: str
    email: str
    is_proven: bool
    id_token: str


def providers() -> dict[str, Provider]:
    """Those that the installation declares, by code. Raises `TypeError` for a table that lacks something."""
    return {code: _provider(code, **held) for code, held in settings.OIDC.items()}


def _provider(code: str, algorithms: list[str] = ("RS256", "ES256"), **held: Any) -> Provider:
    return Provider(code=code, algorithms=tuple(algorithms), **held)


def begin(provider: Provider, back_to: str) -> tuple[str, Visit]:
    """The address to send somebody to, and what to remember of it."""
    visit = Visit(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    more = {"nonce": visit.nonce} | ({"acr_values": provider.acr_values} if provider.acr_values else {})
    address, _state = _session(provider, back_to).create_authorization_url(
        _known(provider)["authorization_endpoint"], state=visit.state, code_verifier=visit.verifier, **more
    )
    return address, visit


def finish(provider: Provider, visit: Visit, answer: Mapping[str, str], back_to: str) -> Claims:
    """Who came back. Raises `IdentityRefused` or `ProviderAway`."""
    if not secrets.compare_digest(answer.get("state", ""), visit.state) or not answer.get("code"):
        raise IdentityRefused()
    # RFC 9207: an answer that names another issuer belongs to another provider.
    if answer.get("iss") not in (None, provider.issuer):
        raise IdentityRefused()
    session, known = _session(provider, back_to), _known(provider)
    try:
        token = session.fetch_token(known["token_endpoint"], code=answer["code"], code_verifier=visit.verifier, timeout=TIMEOUT)
        # FranceConnect's tokens live for sixty seconds: this is asked at once, whatever a clock in between says.
        bearer = {"Authorization": f"Bearer {token.get('access_token', '')}"}
        told = requests.get(known["userinfo_endpoint"], headers=bearer, timeout=TIMEOUT)
        told.raise_for_status()
    except AuthlibBaseError:
        raise IdentityRefused() from None
    except (requests.RequestException, ValueError):
        raise ProviderAway() from None
    claims = _verified(provider, str(token.get("id_token", "")), {"nonce": {"essential": True, "value": visit.nonce}})
    if provider.acr_values and claims.get("acr") not in provider.acr_values.split():
        raise IdentityRefused()
    person = _person(provider, told)
    if person.get("sub") != claims["sub"]:
        raise IdentityRefused()
    email = str(person.get("email") or claims.get("email") or "").strip().lower()[:254]
    proven = provider.trusts_email and person.get("email_verified", claims.get("email_verified")) is True
    return Claims(str(claims["sub"]), email, proven, token["id_token"])


def leave_address(provider: Provider, id_token: str, back_to: str) -> str:
    """Where somebody signs out there too (RP-Initiated Logout 1.0); "" where the provider has no such page."""
    try:
        end = _known(provider).get("end_session_endpoint", "")
    except ProviderAway:
        return ""
    sent = {"id_token_hint": id_token, "post_logout_redirect_uri": back_to, "state": secrets.token_urlsafe(16)}
    return f"{end}?{urlencode(sent)}" if end else ""


def _person(provider: Provider, told: requests.Response) -> dict[str, Any]:
    """The answer of the userinfo endpoint, plain or signed (FranceConnect and ProConnect sign it)."""
    if "application/jwt" in told.headers.get("Content-Type", ""):
        return _verified(provider, told.text.strip(), {}, expires=False)
    try:
        held = told.json()
    except ValueError:
        raise ProviderAway() from None
    return held if isinstance(held, dict) else {}


def _verified(provider: Provider, token: str, more: dict[str, Any], expires: bool = True) -> dict[str, Any]:
    """The claims of a token under the provider's signature, made for us. Raises `IdentityRefused`."""
    wanted = {"iss": {"essential": True, "value": provider.issuer}, "sub": {"essential": True}, **more}
    wanted["aud"] = {"essential": True, "value": provider.client_id}
    if expires:
        wanted["exp"] = {"essential": True}
    registry = jwt.JWTClaimsRegistry(now=int(clock.now().timestamp()), leeway=LEEWAY, **wanted)
    for fresh in (False, True):  # Keys are changed now and then: an unknown one is looked for once more.
        try:
            found = jwt.decode(token, _keys(provider, fresh), algorithms=list(provider.algorithms))
            registry.validate(found.claims)
        except (JoseError, ValueError, TypeError):
            if fresh:
                raise IdentityRefused() from None
            continue
        return found.claims
    raise IdentityRefused()


def _session(provider: Provider, back_to: str) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id, provider.client_secret, scope=provider.scope, redirect_uri=back_to, code_challenge_method="S256"
    )


def _known(provider: Provider) -> dict[str, Any]:
    """The discovery document (OpenID Connect Discovery 1.0), kept for an hour."""
    held = _kept(f"oidc:{provider.issuer}", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if held.get("issuer") != provider.issuer:
        raise ProviderAway()
    return held


def _keys(provider: Provider, fresh: bool) -> KeySet:
    name = f"oidc-keys:{provider.issuer}"
    if fresh:
        cache.delete(name)
    return KeySet.import_key_set(_kept(name, _known(provider)["jwks_uri"]))


def _kept(name: str, address: str) -> dict[str, Any]:
    held = cache.get(name)
    if held is None:
        try:
            answer = requests.get(address, timeout=TIMEOUT)
            answer.raise_for_status()
            held = answer.json()
        except (requests.RequestException, ValueError):
            raise ProviderAway() from None
        cache.set(name, held, KEPT_SECONDS)
    return held


def as_kept(visit: Visit) -> dict[str, str]:
    """A visit as a session keeps it."""
    return asdict(visit)
