"""Calling a partner's address: once, without following redirects, never into a network where it has no business.

A host is resolved once, each of its addresses is looked at, and the connection goes to the very address that was allowed: a name that
changes its mind between the look and the call (DNS rebinding) gains nothing. OWASP, Server Side Request Forgery Prevention Cheat Sheet.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 10
LARGEST_ANSWER = 1024 * 1024


class CallFailed(Exception):
    """The partner couldn't be reached, or its answer not read: worth another try."""


class AddressRefused(Exception):
    """The address is none that we call, whoever wrote it down."""


@dataclass(frozen=True)
class Answer:
    """What came back. `retry_after` is in seconds, where the partner says so."""

    status: int
    body: bytes
    retry_after: int | None = None

    @property
    def is_well(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_hopeless(self) -> bool:
        """The same again would be refused again: 4xx, but for timeouts and "later" (RFC 9110, 15.5; RFC 6585)."""
        return 300 <= self.status < 500 and self.status not in (408, 409, 423, 425, 429)


def call(method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None, inside: bool = False) -> Answer:
    """One request. `inside`: the operator says that the address lies in our own network. Raises `CallFailed` or `AddressRefused`."""
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise AddressRefused("an address begins with https://")
    if parts.scheme == "http" and not inside:
        raise AddressRefused("an address outside our network begins with https://")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(parts.hostname, port, inside)
    connection = _Pinned(parts.hostname, port, address, parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, body=body or None, headers={"User-Agent": "Oppidum", **(headers or {})})
        answer = connection.getresponse()
        content = answer.read(LARGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException) as wrong:
        raise CallFailed(f"{type(wrong).__name__}: {wrong}"[:300]) from None
    finally:
        connection.close()
    if len(content) > LARGEST_ANSWER:
        raise CallFailed("the answer is larger than a megabyte")
    wait = answer.headers.get("Retry-After", "")
    return Answer(answer.status, content, int(wait) if wait.isascii() and wait.isdigit() else None)


def resolve(host: str, port: int, inside: bool) -> str:
    """The address to connect to: the first of the host's, when all of them are public (or the operator says they are ours)."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as wrong:
        raise CallFailed(f"{host}: {wrong}") from None
    for one in found:
        address = ipaddress.ip_address(one.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None) or address
        # 169.254.169.254 and its like hand out a cloud machine's own secrets: never, also not inside.
        if mapped.is_link_local or mapped.is_multicast or mapped.is_unspecified or not (inside or mapped.is_global):
            raise AddressRefused(f"{host} leads to {one}, which is not an address that partners have")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, in the name of its host."""

    def __init__(self, host: str, port: int, address: str, tls: bool):
        super().__init__(host, port, timeout=TIMEOUT_SECONDS)
        self.address, self.tls = address, tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
