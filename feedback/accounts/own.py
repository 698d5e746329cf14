"""What somebody sees of their own account, and may end there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import session
from flask_login import current_user

from feedback.accounts import passkeys, policy, sessions
from feedback.accounts.log_ins import TOKEN
from feedback.accounts.models import Account, DeskSession, Passkey, SecondFactor
from feedback.accounts.sessions import digest_of
from feedback.store.work import Work


@dataclass(frozen=True)
class OpenLogIn:
    """A log-in that is open; `is_here` marks the one that asks."""

    digest: str
    browser: str
    began_at: datetime
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True)
class OwnAccount:
    """An account as its owner sees it."""

    account: Account
    has_app: bool
    codes_left: int
    passkeys: Sequence[Passkey]
    log_ins: Sequence[OpenLogIn]
    is_asked: bool  # the house asks a second factor of somebody in this role
    has_second: bool


def of_current(work: Work) -> OwnAccount:
    """The account of whoever asks."""
    account = work.session.get_one(Account, current_user.id)
    here = _here()
    asked: SecondFactor = policy.asked(work.session)
    return OwnAccount(
        account=account,
        has_app=account.totp_secret is not None,
        codes_left=len(account.recovery_codes or ()),
        passkeys=passkeys.of_account(work.session, account.id),
        log_ins=[
            _shown(one, here) for one in sessions.open_ones(work.session, account.id, work.now)
        ],
        is_asked=policy.applies(asked, account.role),
        has_second=policy.has_second(work.session, account),
    )


def end_log_in(work: Work, digest: str) -> bool:
    """Close one of the asker's log-ins; gives whether it was the one that asks."""
    sessions.end_one(work.session, current_user.id, digest)
    return digest == _here()


def end_other_log_ins(work: Work) -> None:
    """Close all log-ins of the asker but the one that asks."""
    sessions.end_others(work.session, current_user.id, session.get(TOKEN, ""))


def _here() -> str:
    return digest_of(session.get(TOKEN, ""))


def _shown(one: DeskSession, here: str) -> OpenLogIn:
    return OpenLogIn(
        digest=one.token_digest,
        browser=one.browser,
        began_at=one.began_at,
        seen_at=one.seen_at,
        is_here=one.token_digest == here,
    )
