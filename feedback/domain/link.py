"""Secret links that are mailed to a writer: each opens one letter for one purpose."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime, words_of

TOKEN_BYTES = 24  # 192 bits; the contract asks for 128
REPLY_BYTES = 16  # 128 bits: an address has 64 bytes before its @


class Purpose(StrEnum):
    """What a link opens."""

    STATUS = "status"  # the reader's own page
    VERIFY = "verify"  # "did you write this?"
    REPLY = "reply"  # the address that answers to our mails go to


class Link(Entity):
    """A link's nonce with a digest of its token; the token itself is never stored."""

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_letter_id_purpose", "letter_id", "purpose"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(words_of(Purpose))
    nonce: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)  # what is asked for once was answered


def new_nonce() -> str:
    """A fresh nonce of 96 bits."""
    return secrets.token_urlsafe(12)


def token_for(key: bytes, purpose: Purpose, letter_id: int, nonce: str) -> str:
    """The token, made again from its parts: HMAC-SHA256(key, purpose, letter, nonce).

    What stands in an address is in small letters and digits: mail servers may change the case.
    """
    message = f"{purpose}\x1f{letter_id}\x1f{nonce}".encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    if purpose is Purpose.REPLY:
        return base64.b32encode(digest[:REPLY_BYTES]).decode().rstrip("=").lower()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()


def digest_of(key: bytes, token: str) -> str:
    """Keyed digest (hex) under which a token is looked up; any text is taken."""
    return hmac.new(key, token.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
