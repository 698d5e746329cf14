"""Log-in without a password (XOAUTH2): Exchange Online and Gmail take no other from programs."""

import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import httpx

MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
GOOGLE = "https://oauth2.googleapis.com/token"
GOOGLES = ("gmail.com", "googlemail.com", "google.com")  # its mail servers lie in these domains
SCOPE = "https://outlook.office365.com/.default"  # what an app may do with mail, as granted
TIMEOUT = 20.0  # seconds
EARLY = 60.0  # seconds before its end at which a token is not used any more
LIVES = 300.0  # seconds, where the answer does not say


class NoToken(Exception):
    """No token was given; its text is one line for the administrator, without any secret."""


@dataclass
class AccessTokens:
    """Tokens of one account, asked for when needed and kept until they end.

    `tenant` is a tenant of Microsoft's (its name or number), `google`, or the address of another
    token endpoint. With a `refresh_token` (Google's way) that is traded in; without one the
    application asks in its own name (client credentials, RFC 6749, 4.4).
    """

    tenant: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    _kept: tuple[str, float] | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls, url: str, tenant: str | None, client_id: str | None, client_secret: str | None
    ) -> "AccessTokens | None":
        """How one logs in at a server's address (`imaps://…`, `smtp://…`); None: with a password.

        With Google the address has the refresh token in the place of the password; else an address
        with a password is logged in to with that.
        """
        if not (tenant and client_id and client_secret):
            return None
        parts = urlsplit(url)
        password = unquote(parts.password or "")
        if tenant != "google":
            return None if password else cls(tenant, client_id, client_secret)
        if not (parts.hostname or "").endswith(GOOGLES):
            return None
        return cls(tenant, client_id, client_secret, password)

    def token(self) -> str:
        """A token that is good now; raises NoToken."""
        if self._kept is not None and time.monotonic() < self._kept[1]:
            return self._kept[0]
        given = {"client_id": self.client_id, "client_secret": self.client_secret}
        if self.refresh_token:
            given |= {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        else:
            given |= {"grant_type": "client_credentials", "scope": SCOPE}
        try:
            answer = httpx.post(self._endpoint(), data=given, timeout=TIMEOUT)
            told = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NoToken(f"No token was given: {type(error).__name__}.") from error
        if not isinstance(told, dict) or not isinstance(told.get("access_token"), str):
            says = told.get("error") if isinstance(told, dict) else None
            raise NoToken(f"No token was given: {str(says or answer.status_code)[:100]}.")
        lives = told.get("expires_in")
        lives = float(lives) if isinstance(lives, int | float) else LIVES
        self._kept = (told["access_token"], time.monotonic() + max(0.0, lives - EARLY))
        return str(told["access_token"])

    def forget(self) -> None:
        """The token was refused: the next one is asked for anew."""
        self._kept = None

    def _endpoint(self) -> str:
        if self.tenant == "google":
            return GOOGLE
        parts = urlsplit(self.tenant)
        is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme == "https" or (parts.scheme == "http" and is_here):
            return self.tenant
        return MICROSOFT.format(tenant=self.tenant.replace("/", ""))


def sasl(user: str, token: str) -> str:
    """What XOAUTH2 says, before base64."""
    return f"user={user}\1auth=Bearer {token}\1\1"
