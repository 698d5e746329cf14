"""Accounts the way Flask-Security wants to see them.

It reads and writes users through a datastore. This one works in short transactions of the
store, so that nothing of a request stays open on the database, and hands out copies: whatever
is to be kept goes through `Seats.put`.
"""

import logging
from dataclasses import dataclass
from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.accounts import passwords
from feedback.accounts.models import Account, DeskSession
from feedback.domain.editor import Editor, Role
from feedback.store.work import Store

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Sitter(UserMixin):
    """Somebody at the desk, for the length of a request."""

    seats: "Seats"
    id: int
    email: str
    name: str
    role: Role
    password: str | None
    active: bool
    is_locked_out: bool
    fs_uniquifier: str = ""  # Flask-Security asks the class for it

    @property
    def editor(self) -> Editor:
        """The sitter as the rules know them."""
        return Editor(self.id, self.name, self.role)

    def verify_and_update_password(self, password: str) -> bool:
        """Whether the password is right; a locked account takes none, in the same time."""
        if self.is_locked_out:
            passwords.hash_password(password)
            return False
        return super().verify_and_update_password(password)

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        """Count a wrong password against the account."""
        self.seats.note_failure(self)
        super().track_failed_authn(auth_type, tfa)


class Seats(UserDatastore):
    """Finds and saves sitters."""

    def __init__(self, store: Store) -> None:
        super().__init__(Sitter, RoleMixin)
        self.store = store

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Sitter | None:
        """The sitter whose attribute (`email`, `fs_uniquifier`) has this value."""
        ((attribute, value),) = kwargs.items()
        column = {"email": Account.email, "fs_uniquifier": Account.fs_uniquifier}[attribute]
        value = value.lower() if case_insensitive else value
        with self.store.read() as work:
            account = work.session.scalar(select(Account).where(column == value))
            return self.sitter(account) if account else None

    def find_role(self, role: str) -> None:
        """None: roles are values of an account, not rows."""
        return

    def put(self, model: Sitter) -> None:
        """Save a sitter's password; with a new uniquifier all open log-ins end as well."""
        with self.store.work() as work:
            account = self._claim(work.session, model.id)
            if account.fs_uniquifier != model.fs_uniquifier:
                account.forget_failures()
                work.session.execute(
                    delete(DeskSession).where(DeskSession.account_id == account.id)
                )
            account.fs_uniquifier = model.fs_uniquifier
            account.password = model.password or account.password

    def commit(self) -> None:
        """Nothing waits: `put` commits."""

    def note_failure(self, sitter: Sitter) -> None:
        """Count a wrong password."""
        with self.store.work() as work:
            account = self._claim(work.session, sitter.id)
            account.note_failure(work.now)
            is_locked = account.is_locked(work.now)
        log.warning("log-in refused: account %s%s", sitter.id, ", locked" if is_locked else "")

    def sitter(self, account: Account) -> Sitter:
        """A copy of the account for the length of a request."""
        return Sitter(
            seats=self,
            id=account.id,
            email=account.email,
            name=account.name,
            role=account.role,
            password=account.password,
            active=account.active,
            is_locked_out=account.is_locked(self.store.clock()),
            fs_uniquifier=account.fs_uniquifier,
        )

    @staticmethod
    def _claim(session: Session, account_id: int) -> Account:
        """The account, kept from others until the transaction ends."""
        return session.get_one(Account, account_id, with_for_update=True)
