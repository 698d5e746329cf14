"""The people of the desk: taking on, letting go, new passwords.

Every function takes the SQLAlchemy session of its caller, who commits.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback.accounts import passwords
from feedback.accounts.models import Account, DeskSession, Device, Invitation
from feedback.domain.editor import Role
from feedback.domain.errors import NotFound, Refused

MOST_LOCAL = 64  # bytes before the @ (RFC 5321); the library lets more pass


def normal_email(email: str) -> str:
    """An email address as it is stored, in small letters.

    Hosts without a dot are taken: newsrooms have mail servers of their own. Raises Refused.
    """
    try:
        valid = validate_email(
            email.strip(), check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError as error:
        raise Refused(f"“{email}” is not an email address.", kind="fields") from error
    if len(valid.local_part.encode()) > MOST_LOCAL:
        raise Refused(f"“{email}” is not an email address.", kind="fields")
    return valid.normalized.lower()


def add(
    session: Session,
    email: str,
    name: str,
    role: Role,
    now: datetime,
    password: str | None = None,
) -> tuple[Account, str | None]:
    """Take somebody on.

    Without a `password` a random one is made and given back as the second value, the only time
    that it can be seen; with one the second value is None. An empty `name` becomes the part of
    the address before the @. Raises Refused where the address is bad or known, or the password
    is weak.
    """
    email = normal_email(email)
    name = " ".join(name.split()) or email.partition("@")[0]
    if len(name) > 120:
        raise Refused("A name has at most 120 characters.", kind="fields")
    if _find(session, email) is not None:
        raise Refused(f"There is an account for {email} already.", kind="fields")
    fresh = passwords.random_password() if password is None else None
    account = Account(
        email=email,
        name=name,
        role=role,
        password=_hash_of(fresh or password or "", email, name),
        active=True,
        fs_uniquifier=random_name(),
        added_at=now,
        failed_logins=0,
    )
    session.add(account)
    session.flush()
    return account, fresh


def list_accounts(session: Session) -> Sequence[Account]:
    """Everybody, by email address."""
    return session.scalars(select(Account).order_by(Account.email)).all()


def count_active(session: Session) -> int:
    """How many people can log in; with one alone a second person's step needs a reason."""
    return session.scalar(select(func.count()).where(Account.active)) or 0


def disable(session: Session, email: str) -> Account:
    """Let somebody go: open sessions and reset links are dead at once.

    Raises NotFound; Refused for the last chief.
    """
    account = get(session, email)
    if account.active:
        _keep_a_chief(session, account)
    account.active = False
    end_everything(session, account)
    return account


def enable(session: Session, email: str) -> Account:
    """Let somebody in again who was let go, with the password of then. Raises NotFound."""
    account = get(session, email)
    account.active = True
    return account


def change_role(session: Session, email: str, role: Role) -> Account:
    """Give somebody another role; it counts from the next request on.

    Raises NotFound; Refused for the last chief.
    """
    account = get(session, email)
    if account.active and account.role is Role.CHIEF and role is not Role.CHIEF:
        _keep_a_chief(session, account)
    account.role = role
    return account


def reset(session: Session, email: str, password: str | None = None) -> tuple[Account, str | None]:
    """Set a new password, a random one unless told; open sessions end, the lock is lifted.

    The values are those of `add`. Raises NotFound; Refused for a weak password.
    """
    account = get(session, email)
    fresh = passwords.random_password() if password is None else None
    account.password = _hash_of(fresh or password or "", account.email, account.name)
    account.forget_failures()
    end_everything(session, account)
    return account, fresh


def get(session: Session, email: str) -> Account:
    """The account with this address. Raises NotFound."""
    account = _find(session, email.strip().lower())
    if account is None:
        raise NotFound(f"There is no account for {email}.")
    return account


def by_id(session: Session, account_id: int) -> Account:
    """The account with this number. Raises NotFound."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    return account


def end_everything(session: Session, account: Account) -> None:
    """Void all cookies, reset links and invitations of an account; forget its browsers."""
    account.fs_uniquifier = random_name()
    for kind in (DeskSession, Device, Invitation):
        session.execute(delete(kind).where(kind.account_id == account.id))


def random_name() -> str:
    """A name that says nothing and that nobody guesses (128 bits)."""
    return secrets.token_hex(16)


def _find(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == email))


def _hash_of(password: str, email: str, name: str) -> str:
    password = passwords.normalize(password)
    wrong = passwords.problem(password, email, name)
    if wrong:
        raise Refused(wrong, kind="fields")
    return passwords.hash_password(password)


def _keep_a_chief(session: Session, leaving: Account) -> None:
    if leaving.role is not Role.CHIEF:
        return
    # Claimed, so that two chiefs cannot let each other go at once.
    chiefs = select(Account.id).where(Account.role == Role.CHIEF, Account.active)
    if set(session.scalars(chiefs.order_by(Account.id).with_for_update())) <= {leaving.id}:
        raise Refused("This is the last chief; make somebody else a chief first.")
