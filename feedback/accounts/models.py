"""Accounts as they are kept, with their own metadata beside the letters'."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from feedback.domain.editor import Editor, Role
from feedback.domain.mapped import NAMING, Id, Json, UtcTime, words_of

TRIES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(seconds=30)  # doubles with each further wrong try
LONGEST_LOCK = timedelta(hours=1)

IDLE_LIMIT = timedelta(hours=12)  # OWASP ASVS 5.0, 7.3.1
ABSOLUTE_LIMIT = timedelta(days=7)  # the same, 7.3.2


class Seat(DeclarativeBase):
    """Parent of what this room keeps; letters know an editor by number alone."""

    metadata = MetaData(naming_convention=NAMING)


metadata = Seat.metadata


class Tries:
    """Wrong passwords in a row, and the lock that follows."""

    failed_logins: Mapped[int] = mapped_column(default=0)  # in a row
    locked_until: Mapped[datetime | None] = mapped_column(UtcTime)

    def is_locked(self, now: datetime) -> bool:
        """Whether no password is taken at this moment."""
        return self.locked_until is not None and now < self.locked_until

    def note_failure(self, now: datetime) -> None:
        """Count a wrong password; the fifth in a row locks, each further one twice as long.

        Tries while it is locked do not count, or anybody could keep an editor out for good.
        """
        if self.is_locked(now):
            return
        self.failed_logins += 1
        beyond = self.failed_logins - TRIES_BEFORE_LOCK
        if beyond >= 0:
            self.locked_until = now + min(FIRST_LOCK * 2 ** min(beyond, 12), LONGEST_LOCK)

    def forget_failures(self) -> None:
        """Lift the lock: the right password was given, or a new one was set."""
        self.failed_logins = 0
        self.locked_until = None


class Account(Tries, Seat):
    """Somebody who can log in at the desk.

    `password` is an argon2id hash. `fs_uniquifier` stands for the account in reset links and
    cookies; a new one makes all of them void.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # in small letters
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(words_of(Role))
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcTime)
    totp_secret: Mapped[str | None] = mapped_column(Text)  # encrypted; of the authenticator app
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)  # of the last code that was taken
    recovery_codes: Mapped[list[str] | None] = mapped_column(Json)  # keyed digests
    passkey_handle: Mapped[str | None] = mapped_column(String(64))  # how passkeys name the account
    digest_hour: Mapped[int | None]  # from which the daily mail leaves; None: none is wanted
    digest_on: Mapped[date | None]  # the day it was last looked at

    @property
    def editor(self) -> Editor:
        """The account as the rules know it."""
        return Editor(self.id, self.name, self.role)


class DeskSession(Seat):
    """One log-in in one browser; without its row the cookie opens nothing."""

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_account_id", "account_id"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"))
    began_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    browser: Mapped[str] = mapped_column(String(80), default="", server_default="")  # in words

    def is_over(self, now: datetime) -> bool:
        """Whether it timed out: 12 hours unused, or 7 days old."""
        return now - self.seen_at >= IDLE_LIMIT or now - self.began_at >= ABSOLUTE_LIMIT


class Device(Tries, Seat):
    """A browser in which somebody has logged in before; counts its own wrong passwords.

    The lock of an account is for browsers that are not known: a stranger cannot close the
    owner's own way in.
    """

    __tablename__ = "account_device"
    __table_args__ = (Index("ix_account_device_account_id", "account_id"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    known_since: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime] = mapped_column(UtcTime)


class Passkey(Seat):
    """A key of WebAuthn; `usage` is "first" (instead of a password) or "secondary" (after it)."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_account_id", "account_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(24))
    transports: Mapped[list[str]] = mapped_column(Json)
    device_type: Mapped[str] = mapped_column(String(24))
    is_backed_up: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Invitation(Seat):
    """A link to set the first password: one an account, a new one voids the one before."""

    __tablename__ = "invitation"

    account_id: Mapped[int] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UtcTime)
    ends_at: Mapped[datetime] = mapped_column(UtcTime)


class SecondFactor(StrEnum):
    """Of whom the house asks a second factor."""

    OFF = "off"  # of nobody: it is offered
    CHIEFS = "chiefs"
    ALL = "all"


class Policy(Seat):
    """What the house asks of accounts; no row: the defaults."""

    __tablename__ = "account_policy"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    second_factor: Mapped[SecondFactor] = mapped_column(words_of(SecondFactor))


class ApiToken(Seat):
    """Access for a program, under a name and with a role; the token itself is not kept."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    role: Mapped[Role] = mapped_column(words_of(Role))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)

    @property
    def editor(self) -> Editor:
        """The program as the rules know it."""
        return Editor(None, self.name, self.role)
