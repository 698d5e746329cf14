"""Passkeys: keys that a browser, a telephone or a stick holds for somebody (WebAuthn)."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_security import WebAuthnMixin, WebauthnUtil
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from feedback.accounts.models import Account, Passkey

if TYPE_CHECKING:
    from feedback.accounts.seats import Sitter

BASE_URL = "FEEDBACK_BASE_URL"  # key of app.config
MOST = 20  # of one account


@dataclass
class Key(WebAuthnMixin):
    """A passkey as Flask-Security wants to see it: a copy for the length of a request."""

    id: int
    account_id: int
    name: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: list[str]
    backup_state: bool
    device_type: str
    usage: str
    lastuse_datetime: datetime
    extensions: str | None = None

    @classmethod
    def of(cls, kept: Passkey) -> "Key":
        """The copy of a row."""
        return cls(
            id=kept.id,
            account_id=kept.account_id,
            name=kept.name,
            credential_id=kept.credential_id,
            public_key=kept.public_key,
            sign_count=kept.sign_count,
            transports=kept.transports,
            backup_state=kept.is_backed_up,
            device_type=kept.device_type,
            usage=kept.usage,
            lastuse_datetime=kept.used_at or kept.added_at,
        )


class DeskPasskeys(WebauthnUtil):
    """What is asked of passkeys.

    One that stands for the password says who it is for and that its owner unlocked it; one that
    follows the password need not. Any kind of authenticator will do, a fingerprint reader too.
    """

    def __init__(self, app: Flask) -> None:
        self.base_url: str = app.config[BASE_URL]

    def origin(self) -> str:
        """Where passkeys are for: the configured site, whatever a request says."""
        return self.base_url

    def authenticator_selection(self, user: "Sitter", usage: str) -> AuthenticatorSelectionCriteria:
        """What a new passkey must be able to do."""
        if usage == "first":
            return AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            )
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.DISCOURAGED,
        )

    def user_verification(
        self, user: "Sitter | None", usage: list[str]
    ) -> UserVerificationRequirement:
        """Whether its owner must unlock it: where it stands for the password."""
        if usage == ["first"]:
            return UserVerificationRequirement.REQUIRED
        return UserVerificationRequirement.PREFERRED


def are_possible(base_url: str) -> bool:
    """Whether browsers do passkeys for this address: by https or on localhost, and by a name."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost"
    return False


def are_possible_here() -> bool:
    """The same for the app that answers this request."""
    return are_possible(current_app.config[BASE_URL])


def of_account(session: Session, account_id: int) -> Sequence[Passkey]:
    """Somebody's passkeys, in the order they were added."""
    query = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)
    return session.scalars(query).all()


def by_credential(session: Session, credential_id: bytes) -> Passkey | None:
    """The passkey with this id, of an account that is not disabled."""
    return session.scalar(
        select(Passkey)
        .join(Account, Account.id == Passkey.account_id)
        .where(Passkey.credential_id == credential_id, Account.active)
    )


def row_of(account_id: int, now: datetime, given: dict[str, Any]) -> Passkey:
    """A new row from what Flask-Security found out."""
    return Passkey(
        account_id=account_id,
        credential_id=given["credential_id"],
        public_key=given["public_key"],
        sign_count=given["sign_count"],
        name=given["name"][:64],
        usage=given["usage"],
        transports=[str(getattr(one, "value", one)) for one in given["transports"] or ()],
        device_type=str(getattr(given["device_type"], "value", given["device_type"]))[:24],
        is_backed_up=bool(given["backup_state"]),
        added_at=now,
        used_at=None,
    )
