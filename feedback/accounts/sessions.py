"""Log-ins that are open: each is a row, so that ending one is real."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from feedback.accounts.models import ABSOLUTE_LIMIT, IDLE_LIMIT, Account, DeskSession

# How exact the last sight of somebody is: a write for every page would cost more than it tells.
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Holder:
    """Whose log-in a cookie is; `is_due` says that its last sight is worth writing."""

    account: Account
    is_due: bool


def begin(session: Session, account_id: int, now: datetime) -> str:
    """Open a log-in; the token (256 bits) goes into the browser's cookie. Sweeps dead ones."""
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
        DeskSession(token_digest=_digest(token), account_id=account_id, began_at=now, seen_at=now)
    )
    return token


def holder(session: Session, token: str, now: datetime) -> Holder | None:
    """Who holds the log-in; None where it ended, timed out, or the account is disabled."""
    row = session.execute(
        select(Account, DeskSession)
        .join(DeskSession, DeskSession.account_id == Account.id)
        .where(DeskSession.token_digest == _digest(token))
    ).one_or_none()
    if row is None:
        return None
    account, desk_session = row
    if desk_session.is_over(now) or not account.active:
        return None
    return Holder(account, now - desk_session.seen_at >= SEEN_EVERY)


def note_seen(session: Session, token: str, now: datetime) -> None:
    """Keep that the log-in was in use."""
    session.execute(
        update(DeskSession).where(DeskSession.token_digest == _digest(token)).values(seen_at=now)
    )


def end(session: Session, token: str) -> None:
    """Close a log-in; its cookie opens nothing any more."""
    session.execute(delete(DeskSession).where(DeskSession.token_digest == _digest(token)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
