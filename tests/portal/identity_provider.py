"""An OpenID Connect provider on this machine: discovery, keys, token (with PKCE), userinfo plain or signed. The person's press on "continue" is `login`."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from oppidum.core import clock

CLIENT, SECRET = "oppidum", "a-secret-of-the-tests"


class IdentityProvider:
    """`person` is who sits at the keyboard; `bends` alters the next ID token's claims; `signs_with` its key; `signed` the userinfo."""

    def __init__(self, issuer: str):
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.signs_with, self.bends, self.signed = self.key, {}, False
        self.person = {"sub": "person-1", "email": "zoe@example.org", "email_verified": True}
        self.codes: dict[str, dict] = {}

    def login(self, address: str) -> dict[str, str]:
        """The person agrees at that address; the parameters with which the browser is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def discovery(self) -> dict:
        names = {"authorization_endpoint": "auth", "token_endpoint": "token", "userinfo_endpoint": "userinfo", "jwks_uri": "keys"}
        return {"issuer": self.issuer, "end_session_endpoint": f"{self.issuer}/end"} | {
            name: f"{self.issuer}/{path}" for name, path in names.items()
        }

    def token(self, sent: dict[str, str]) -> dict | None:
        """The tokens for a code, once, for who proves to be its asker."""
        asked = self.codes.pop(sent.get("code", ""), None)
        digest = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or digest != asked["code_challenge"] or sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.person["sub"],
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 60,
        }
        claims |= {"acr": "eidas1"} | self.bends
        return {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": self.sign(claims)}

    def sign(self, claims: dict) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)

    def userinfo(self) -> tuple[str, bytes]:
        if self.signed:
            return "application/jwt", self.sign({"iss": self.issuer, "aud": CLIENT, **self.person}).encode()
        return "application/json", json.dumps(self.person).encode()


class _Handler(BaseHTTPRequestHandler):
    provider: IdentityProvider

    def do_GET(self):
        match urlsplit(self.path).path:
            case "/.well-known/openid-configuration":
                self._say("application/json", json.dumps(self.provider.discovery()).encode())
            case "/keys":
                self._say("application/json", json.dumps(KeySet([self.provider.key]).as_dict(private=False)).encode())
            case "/userinfo" if self.headers["Authorization"] == "Bearer access":
                self._say(*self.provider.userinfo())
            case _:
                self._say("text/plain", b"", 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        found = self.provider.token(sent) if self.headers["Authorization"] == f"Basic {known}" else None
        if found is None:
            self._say("application/json", b'{"error": "invalid_grant"}', 400)
        else:
            self._say("application/json", json.dumps(found).encode())

    def _say(self, kind: str, content: bytes, status: int = 200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """Tests are silent."""


@contextmanager
def run_provider() -> Iterator[IdentityProvider]:
    """The provider, answering until the block ends."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield handler.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
