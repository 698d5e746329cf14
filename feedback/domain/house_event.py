"""What happened in the house, apart from letters: log-ins, people, programs, rules.

An append-only history in one chain, sealed as the letters' histories are. It holds names of
accounts and of programs, and nothing else about anybody.
"""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, UtcTime, words_of

THE_CHAIN = 1  # there is one


class HouseEventKind(StrEnum):
    """What sort of thing happened."""

    LOGGED_IN = "logged_in"  # somebody came in
    LOCKED = "locked"  # several wrong tries in a row closed an account, or one browser's way in
    ADDED = "added"  # somebody was taken on
    INVITED = "invited"  # an invitation was mailed
    JOINED = "joined"  # an invitation was taken up
    DISABLED = "disabled"  # somebody was let go
    ENABLED = "enabled"  # somebody was let in again
    ROLE_CHANGED = "role_changed"  # somebody has another role
    PASSWORD_SET = "password_set"  # a password was changed or reset
    SECOND_ON = "second_on"  # an authenticator app is asked for from now on
    SECOND_OFF = "second_off"  # it is asked for no more
    CODES_MADE = "codes_made"  # new recovery codes
    CODE_USED = "code_used"  # a recovery code stood in for the second step
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    TOKEN_MADE = "token_made"  # a program got access
    TOKEN_REVOKED = "token_revoked"  # a program has access no more
    POLICY_CHANGED = "policy_changed"  # who needs a second factor
    MAIL_SEEN = "mail_seen"  # somebody read a mail that is no letter, with its sender
    MAIL_ACCEPTED = "mail_accepted"  # and made a letter of it
    SENDER_BLOCKED = "sender_blocked"  # mails of somebody are refused
    SENDER_UNBLOCKED = "sender_unblocked"  # and taken again
    MAILBOX_LIVE = "mailbox_live"  # mails in a mailbox are moved, what waits for it leaves
    MAILBOX_LOOKS = "mailbox_looks"  # it is only looked into
    MAIL_WORDS_CHANGED = "mail_words_changed"  # the words of a column's mails; names the kind
    RULES_CHANGED = "rules_changed"  # a column's rules; the line names the change


class HouseChain(Entity):
    """Where the history ends: how many lines it has, the hash of the last one."""

    __tablename__ = "house_chain"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_count: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(String(64), default="")


class HouseEvent(Entity):
    """One line of the house's history; never changed."""

    __tablename__ = "house_event"
    __table_args__ = (UniqueConstraint("chain_id", "seq"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chain_id: Mapped[int] = mapped_column(Id, ForeignKey("house_chain.id", ondelete="CASCADE"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcTime)
    kind: Mapped[HouseEventKind] = mapped_column(words_of(HouseEventKind))
    by_id: Mapped[int | None] = mapped_column(Id)
    by_name: Mapped[str] = mapped_column(String(120))
    about_id: Mapped[int | None] = mapped_column(Id)  # the account, where it is about one
    about: Mapped[str] = mapped_column(String(120), default="")  # its name, or a program's
    says: Mapped[str] = mapped_column(String(200), default="")
    hash: Mapped[str] = mapped_column(String(64), default="")

    def chained(self, previous: str) -> str:
        """Hash (hex) of this line after the one with hash `previous` ("" for the first)."""
        parts = [
            previous,
            str(self.seq),
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            str(self.kind),
            str(self.by_id or ""),
            self.by_name,
            str(self.about_id or ""),
            self.about,
            self.says,
        ]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
