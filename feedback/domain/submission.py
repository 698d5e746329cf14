"""What a channel hands in, read but not yet a letter."""

import hashlib
from dataclasses import dataclass, field, fields
from datetime import datetime

from feedback.domain.letter import Channel
from feedback.domain.sender_auth import SenderAuth

# The words by the consent box; a new wording is a new version, kept with each letter.
CONSENT_VERSION = "form-2026-11"
CONSENT_GIVEN_OTHERWISE = "by-other-means"  # typed in from paper or telephone


@dataclass(frozen=True)
class Submission:
    """Checked fields of the contract, section 3, as the writer gave them (cleaned, not judged).

    Lengths are those of the contract; `state` is a USPS code in the United States, else as
    written; `country` is "US" or an English short name. `key` makes a repeat harmless.
    """

    channel: Channel
    remarks: str
    article: str = ""
    article_id: int | None = None  # the candidate that the reader chose
    name: str | None = None
    standing: str | None = None
    town: str | None = None
    state: str | None = None
    country: str | None = "US"
    email: str | None = None
    phone: str | None = None
    affiliation: str | None = None
    is_withheld: bool = False
    withhold_reason: str | None = None
    consent: str = CONSENT_VERSION
    is_general: bool = False
    key: str | None = None
    is_trapped: bool = False  # the field that only robots fill was filled
    received_at: datetime | None = None  # of an import; else now
    mailbox_id: int | None = None  # the watched mailbox that it lay in
    auth: SenderAuth | None = None  # of a mail
    message_id: str | None = None  # of the writer's own mail: ours answer it
    mentions: str | None = None  # reference of somebody else's letter that the mail speaks of
    as_typed: dict[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """Tells whether two submissions under one key are the same (hex SHA-256)."""
        left_out = {"key", "is_trapped", "received_at", "as_typed", "channel", "consent"}
        left_out |= {"mailbox_id", "auth", "message_id", "mentions"}
        parts = [
            f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name not in left_out
        ]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
