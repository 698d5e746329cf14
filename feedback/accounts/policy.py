"""Of whom the house asks a second factor, and who has one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.accounts.models import Account, Passkey, Policy, SecondFactor
from feedback.accounts.sessions import THE_POLICY
from feedback.domain.editor import Role

AFTER_PASSWORD = "secondary"  # the use of a passkey that follows the password


def asked(session: Session) -> SecondFactor:
    """Of whom a second factor is asked; of nobody where nothing was set."""
    kept = session.get(Policy, THE_POLICY)
    return kept.second_factor if kept else SecondFactor.OFF


def ask(session: Session, of: SecondFactor) -> None:
    """Ask it of these people from now on."""
    kept = session.get(Policy, THE_POLICY)
    if kept is None:
        session.add(Policy(id=THE_POLICY, second_factor=of))
    else:
        kept.second_factor = of


def applies(of: SecondFactor, role: Role) -> bool:
    """Whether it is asked of somebody with this role."""
    return of is SecondFactor.ALL or (of is SecondFactor.CHIEFS and role is Role.CHIEF)


def has_second(session: Session, account: Account) -> bool:
    """Whether the password alone lets nobody in.

    A passkey that stands for the password does not count: the password goes on working.
    """
    if account.totp_secret:
        return True
    kept = select(func.count()).where(
        Passkey.account_id == account.id, Passkey.usage == AFTER_PASSWORD
    )
    return bool(session.scalar(kept))


def with_second(session: Session) -> set[int]:
    """The numbers of all accounts with a second factor."""
    by_app = session.scalars(select(Account.id).where(Account.totp_secret.is_not(None)))
    by_key = session.scalars(select(Passkey.account_id).where(Passkey.usage == AFTER_PASSWORD))
    return set(by_app) | set(by_key)
