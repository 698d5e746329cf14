"""Log-ins that are open: each is a row, so that ending one is real."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from feedback.accounts.models import (
    ABSOLUTE_LIMIT,
    IDLE_LIMIT,
    Account,
    DeskSession,
    Policy,
    SecondFactor,
)

# How exact the last sight of somebody is: a write for every page would cost more than it tells.
SEEN_EVERY = timedelta(minutes=5)
THE_POLICY = 1  # there is one


@dataclass(frozen=True)
class Holder:
    """Whose log-in a cookie is; `is_due` says that its last sight is worth writing."""

    account: Account
    is_due: bool
    asked: SecondFactor  # of whom the house asks a second factor


def begin(session: Session, account_id: int, now: datetime, browser: str = "") -> str:
    """Open a log-in; the token (256 bits) goes into the browser's cookie. Sweeps dead ones.

    `browser` says in words which it is.
    """
    session.execute(
        delete(DeskSession).where(
            DeskSession.account_id == account_id,
            or_(
                DeskSession.seen_at <= now - IDLE_LIMIT,
                DeskSession.began_at <= now - ABSOLUTE_LIMIT,
            ),
        )
    )
    token = secrets.token_urlsafe(32)
    session.add(
        DeskSession(
            token_digest=digest_of(token),
            account_id=account_id,
            began_at=now,
            seen_at=now,
            browser=browser[:80],
        )
    )
    return token


def holder(session: Session, token: str, now: datetime) -> Holder | None:
    """Who holds the log-in; None where it ended, timed out, or the account is disabled."""
    asked = select(Policy.second_factor).where(Policy.id == THE_POLICY).scalar_subquery()
    row = session.execute(
        select(Account, DeskSession, asked)
        .join(DeskSession, DeskSession.account_id == Account.id)
        .where(DeskSession.token_digest == digest_of(token))
    ).one_or_none()
    if row is None:
        return None
    account, desk_session, asks = row
    if desk_session.is_over(now) or not account.active:
        return None
    return Holder(account, now - desk_session.seen_at >= SEEN_EVERY, asks or SecondFactor.OFF)


def note_seen(session: Session, token: str, now: datetime) -> None:
    """Keep that the log-in was in use."""
    session.execute(
        update(DeskSession).where(DeskSession.token_digest == digest_of(token)).values(seen_at=now)
    )


def open_ones(session: Session, account_id: int, now: datetime) -> list[DeskSession]:
    """Somebody's open log-ins, the one used last first."""
    query = (
        select(DeskSession)
        .where(DeskSession.account_id == account_id)
        .order_by(DeskSession.seen_at.desc(), DeskSession.token_digest)
    )
    return [one for one in session.scalars(query) if not one.is_over(now)]


def end_one(session: Session, account_id: int, token_digest: str) -> None:
    """Close a log-in of somebody, named by its digest; one that is closed already stays so."""
    of_account = DeskSession.account_id == account_id
    session.execute(delete(DeskSession).where(of_account, DeskSession.token_digest == token_digest))


def end_others(session: Session, account_id: int, token: str) -> None:
    """Close all log-ins of somebody but the one with this token."""
    of_account = DeskSession.account_id == account_id
    session.execute(
        delete(DeskSession).where(of_account, DeskSession.token_digest != digest_of(token))
    )


def end(session: Session, token: str) -> None:
    """Close a log-in; its cookie opens nothing any more."""
    session.execute(delete(DeskSession).where(DeskSession.token_digest == digest_of(token)))


def digest_of(token: str) -> str:
    """How a token is kept: it names the log-in and opens nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
