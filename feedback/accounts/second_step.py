"""The second step of a log-in: codes of an authenticator app, recovery codes.

Flask-Security asks for them; here is how they are kept and that each works once.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_babel import gettext
from flask_security import MfRecoveryCodesUtil, MfRecoveryForm, TwoFactorVerifyCodeForm
from flask_security.proxies import _datastore, _security
from flask_security.totp import Totp
from passlib.exc import UsedTokenError
from wtforms import StringField
from wtforms.validators import Length

from feedback.accounts.log_in_settings import MESSAGES

if TYPE_CHECKING:
    from feedback.accounts.seats import Sitter

SECRETS = "SECURITY_TOTP_SECRETS"  # key of app.config
CODES = 10  # recovery codes at a time
LONGEST_CODE = 12  # six digits, and the blanks that apps show between them
WRONG_CODE = MESSAGES["TWO_FACTOR_INVALID_TOKEN"]
WRONG_RECOVERY_CODE = MESSAGES["INVALID_RECOVERY_CODE"]


def encryption_key(secret_key: str) -> str:
    """What secrets of authenticator apps are encrypted with, derived from the secret key."""
    return hmac.new(secret_key.encode(), b"authenticator apps", hashlib.sha256).hexdigest()


class DeskTotp(Totp):
    """Codes of authenticator apps; each is taken once, by the newsroom's clock."""

    _totp: Any  # passlib's, made by the library

    def go_by(self, clock: Callable[[], datetime]) -> None:
        """Take codes by this clock."""
        self._totp = self._totp.using(now=lambda: clock().timestamp())

    def verify_totp(self, token: str, totp_secret: str, user: "Sitter", window: int = 0) -> bool:
        """Whether a code is right and was not taken before.

        Two requests with one code: the database says which of them was first.
        """
        if len(token) > LONGEST_CODE or not token.isascii():
            return False
        return bool(super().verify_totp(token, totp_secret, user, window))

    def get_last_counter(self, user: "Sitter") -> int | None:
        """The number of the last code that was taken."""
        return user.totp_counter

    def set_last_counter(self, user: "Sitter", tmatch: Any) -> None:
        """Keep which code was taken. Raises passlib's UsedTokenError where another was faster."""
        if not _datastore.take_code(user, tmatch.counter):
            raise UsedTokenError


class DeskRecoveryCodes(MfRecoveryCodesUtil):
    """Recovery codes, kept as keyed digests: seen when they are made and never again."""

    def __init__(self, app: Flask) -> None:
        self.cryptor = None

    def create_recovery_codes(self, user: "Sitter") -> list[str]:
        """Make new ones, which void those before; the codes are given back, this once."""
        codes: list[str] = _security.totp_factory.generate_recovery_codes(CODES)
        _datastore.mf_set_recovery_codes(user, [_datastore.code_digest(user, c) for c in codes])
        return codes

    def get_recovery_codes(self, user: "Sitter") -> list[str]:
        """None: they cannot be read again."""
        return []

    def check_recovery_code(self, user: "Sitter", code: str) -> bool:
        """Whether a code is right. It is used up by that: two requests with one get in once."""
        taken: bool = _datastore.take_recovery_code(user, code)
        return taken

    def delete_recovery_code(self, user: "Sitter", code: str) -> bool:
        """It was used up when it was checked."""
        return True


def plain_code(code: str) -> str:
    """A recovery code without what people type around it."""
    return "".join(c for c in code[:64].lower() if c.isalnum())


class DeskCodeForm(TwoFactorVerifyCodeForm):
    """A code of an authenticator app; while the way in is locked none is right."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether the code is right; a wrong one counts as a wrong password does."""
        if self.user is not None and not self.is_setup and self.user.is_locked_out:
            self.code.errors = [gettext(WRONG_CODE)]
            return False
        return bool(super().validate(**kwargs))


class DeskRecoveryForm(MfRecoveryForm):
    """A recovery code, under the same lock."""

    code = StringField(validators=[Length(max=64)])

    def validate(self, **kwargs: Any) -> bool:
        """Whether the code is right; a wrong one counts as a wrong password does."""
        if self.user is None or self.user.is_locked_out or not (self.code.data or "").strip():
            self.code.errors = [gettext(WRONG_RECOVERY_CODE)]
            return False
        if super().validate(**kwargs):
            return True
        self.user.track_failed_authn("code", True)
        return False
