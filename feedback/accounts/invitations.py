"""Links that let somebody new set their first password: for 72 hours, once, kept as digests."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.accounts import passwords, people
from feedback.accounts.models import Account, Invitation
from feedback.domain.errors import NotFound, Refused

ENDS_AFTER = timedelta(hours=72)


def make(session: Session, account: Account, now: datetime) -> str:
    """Draw the token of a link (256 bits), given back this once; the one before is void."""
    token = secrets.token_urlsafe(32)
    kept = session.get(Invitation, account.id)
    if kept is None:
        kept = Invitation(account_id=account.id)
        session.add(kept)
    kept.token_digest = _digest(token)
    kept.sent_at = now
    kept.ends_at = now + ENDS_AFTER
    session.flush()
    return token


def of_all(session: Session) -> dict[int, Invitation]:
    """The invitations that nobody took up yet, by the account's number."""
    return {one.account_id: one for one in session.scalars(select(Invitation))}


def invited(session: Session, token: str, now: datetime, *, to_take: bool = False) -> Account:
    """Who is invited by the link. Raises NotFound for one that is unknown, used or too old."""
    query = (
        select(Account, Invitation)
        .join(Invitation, Invitation.account_id == Account.id)
        .where(Invitation.token_digest == _digest(token), Account.active)
    )
    row = session.execute(query.with_for_update() if to_take else query).one_or_none()
    if row is None or now >= row[1].ends_at:
        raise NotFound("This invitation was used already, or has ended. Ask for a new one.")
    account: Account = row[0]
    return account


def take_up(session: Session, token: str, password: str, now: datetime) -> Account:
    """Set the first password by the link, which is void then.

    Raises NotFound as `invited` does; Refused for a password that will not do.
    """
    account = invited(session, token, now, to_take=True)
    password = passwords.normalize(password)
    wrong = passwords.problem(password, account.email, account.name)
    if wrong:
        raise Refused(wrong, kind="fields")
    account.password = passwords.hash_password(password)
    account.forget_failures()
    people.end_everything(session, account)
    session.execute(delete(Invitation).where(Invitation.account_id == account.id))
    return account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
