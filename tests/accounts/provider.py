"""A tiny OpenID Connect provider on loopback, which says what a test tells it to."""

import hashlib
import json
import threading
from base64 import b64decode, urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "letters-desk", "a secret of the client"


class Provider:
    """Signs whatever `claims` says; `key` is what it signs by, `shown` what it shows."""

    def __init__(self, clock) -> None:
        self.clock = clock
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.shown = self.key
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}  # by the last browser that was sent here
        self.wrong: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def meets(self, address: str) -> dict[str, str]:
        """A browser comes here; what it brings back."""
        assert address.startswith(f"{self.issuer}/authorize?")
        self.asked = dict(parse_qsl(urlsplit(address).query))
        return {"state": self.asked["state"], "code": "the code"}

    def token(self) -> str:
        now = int(self.clock.now.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"],
            "email": "ann@example.com",
            "email_verified": True,
            "name": "Ann Editor",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    def _answers(self, path: str, sent: dict[str, str], authorization: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            return {"keys": [self.shown.as_dict(private=False)]}
        who = b64decode(authorization.removeprefix("Basic ")).decode()
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != self.asked["code_challenge"] or not who.startswith(f"{CLIENT}:"):
            self.wrong.append("PKCE or client")
            return {"error": "invalid_grant"}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token()}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer({k: v[0] for k, v in parse_qs(body).items()})

            def answer(self, sent: dict[str, str]) -> None:
                said = provider._answers(self.path, sent, self.headers.get("Authorization", ""))
                self.send_response(400 if "error" in said else 200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *_what: object) -> None:
                pass

        return Handler
