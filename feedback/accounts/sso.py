"""Single sign-on: somebody else (OpenID Connect) vouches for who is there.

The authorization code flow with PKCE (S256), state and nonce. An identity counts by its email
address, which the provider must call verified. Authlib and joserfc are the extra `[sso]`.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from feedback.domain.editor import Role
from feedback.domain.errors import Refused, Unreachable

TIMEOUT = 10.0  # seconds
LEEWAY = 60  # seconds that the provider's clock may differ
# By key pairs only: with a shared secret whoever knows it could vouch for anybody.
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]
NOT_SURE = "The sign-on did not say for sure who you are. Try again, or log in with your password."
SILENT = "The sign-on does not answer just now. Log in with your password, or try again later."


@dataclass(frozen=True)
class Begun:
    """A sign-on that was begun: where to send the browser, what to keep until it is back."""

    address: str
    kept: dict[str, str]


@dataclass(frozen=True)
class Vouched:
    """Whom the provider vouches for."""

    email: str
    name: str


@dataclass(frozen=True)
class SignOn:
    """The provider, and what it lets in: known accounts, and those of `domains` as `role`."""

    issuer: str
    client_id: str
    client_secret: str
    back: str  # the address that the provider sends people back to
    domains: tuple[str, ...] = ()
    role: Role | None = None

    def begin(self) -> Begun:
        """Draw state, nonce and code verifier. Raises Unreachable."""
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        with self._client() as client:
            address, _state = client.create_authorization_url(
                self._described("authorization_endpoint")["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
            )
        return Begun(address, {"state": state, "nonce": nonce, "verifier": verifier})

    def finish(self, sent: Mapping[str, str], kept: Mapping[str, str], now: datetime) -> Vouched:
        """Whom the provider vouches for; `sent` is what the browser brought back.

        Raises Refused where anything does not fit; Unreachable.
        """
        state, code = sent.get("state", ""), sent.get("code", "")
        if not kept or not hmac.compare_digest(state.encode(), kept["state"].encode()) or not code:
            raise Refused(NOT_SURE, "sso")
        described = self._described("token_endpoint", "jwks_uri")
        token = self._fetched_token(described["token_endpoint"], code, kept["verifier"])
        keys = _json(described["jwks_uri"])
        return self._read(str(token.get("id_token", "")), keys, kept["nonce"], now)

    def may_take_on(self, email: str) -> bool:
        """Whether somebody unknown with this address gets an account."""
        return self.role is not None and email.rpartition("@")[2] in self.domains

    def _client(self) -> Any:
        try:
            from authlib.integrations.requests_client import OAuth2Session
        except ImportError as error:
            raise Unreachable(
                "Single sign-on is not installed: it needs the extra [sso]."
            ) from error
        return OAuth2Session(
            self.client_id,
            self.client_secret,
            scope="openid email profile",
            redirect_uri=self.back,
            code_challenge_method="S256",
        )

    def _described(self, *needed: str) -> dict[str, str]:
        """What the provider says about itself; asked each time, a sign-on is rare."""
        said = _json(f"{self.issuer}/.well-known/openid-configuration")
        if str(said.get("issuer", "")).rstrip("/") != self.issuer:
            raise Unreachable(SILENT)
        if not all(isinstance(said.get(name), str) for name in needed):
            raise Unreachable(SILENT)
        return {name: said[name] for name in (*needed, "issuer")}

    def _fetched_token(self, endpoint: str, code: str, verifier: str) -> Mapping[str, Any]:
        from authlib.common.errors import AuthlibBaseError
        from requests import RequestException

        try:
            with self._client() as client:
                token: Mapping[str, Any] = client.fetch_token(
                    endpoint,
                    code=code,
                    code_verifier=verifier,
                    grant_type="authorization_code",
                    timeout=TIMEOUT,
                )
                return token
        except RequestException as error:
            raise Unreachable(SILENT) from error
        except (AuthlibBaseError, ValueError) as error:
            raise Refused(NOT_SURE, "sso") from error

    def _read(self, id_token: str, keys: Any, nonce: str, now: datetime) -> Vouched:
        """Try the seal and every claim of an identity token. Raises Refused."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "values": [self.issuer, f"{self.issuer}/"]},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
            email={"essential": True},
        )
        try:
            claims = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Refused(NOT_SURE, "sso") from error
        if isinstance(claims["aud"], list) and claims.get("azp", self.client_id) != self.client_id:
            raise Refused(NOT_SURE, "sso")
        if claims.get("email_verified") is not True:
            raise Refused("The sign-on has not verified your email address.", "sso")
        return Vouched(str(claims["email"]), str(claims.get("name") or ""))


def _json(address: str) -> Any:
    try:
        answer = httpx.get(address, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Unreachable(SILENT) from error
