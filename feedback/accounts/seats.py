"""Accounts the way Flask-Security wants to see them.

It reads and writes users through a datastore. This one works in short transactions of the
store, so that nothing of a request stays open on the database, and hands out copies: whatever
is to be kept goes through a method of `Seats` that keeps it.
"""

import hashlib
import hmac
import logging
from dataclasses import dataclass, field
from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from feedback.accounts import devices, passkeys, passwords, people
from feedback.accounts.models import Account, Passkey
from feedback.accounts.passkeys import Key
from feedback.accounts.second_step import plain_code
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import Refused
from feedback.domain.house_event import HouseEventKind
from feedback.store import house_events
from feedback.store.work import Store

log = logging.getLogger(__name__)

APP = "authenticator"  # Flask-Security's word for a second step by an authenticator app


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
    tf_totp_secret: str | None = None
    tf_primary_method: str | None = None
    tf_phone_number: str | None = None
    totp_counter: int | None = None
    mf_recovery_codes: list[str] = field(default_factory=list)
    fs_webauthn_user_handle: str | None = None
    fs_uniquifier: str = ""  # Flask-Security asks the class for it
    must_add_second: bool = False  # the house asks for a second factor, and there is none

    @property
    def editor(self) -> Editor:
        """The sitter as the rules know them."""
        return Editor(self.id, self.name, self.role)

    @property
    def is_locked_out(self) -> bool:
        """Whether no password and no code is taken from the browser that asks."""
        return self.seats.is_locked(self.id)

    @property
    def webauthn(self) -> list[Key]:
        """The sitter's passkeys."""
        with self.seats.store.read() as work:
            return [Key.of(one) for one in passkeys.of_account(work.session, self.id)]

    def verify_and_update_password(self, password: str) -> bool:
        """Whether the password is right; a locked account takes none, in the same time."""
        if self.is_locked_out:
            passwords.hash_password(password)
            return False
        return bool(super().verify_and_update_password(password))

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        """Count a wrong password or code; passkeys cannot be guessed."""
        if auth_type != "passkey":
            self.seats.note_failure(self)
        super().track_failed_authn(auth_type, tfa)


class Seats(UserDatastore):
    """Finds and saves sitters."""

    def __init__(self, store: Store) -> None:
        super().__init__(Sitter, RoleMixin, Key)
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

    def put(self, model: Sitter | Key) -> None:
        """Save a sitter's password, or that a passkey was used.

        With a new uniquifier all open log-ins end as well.
        """
        with self.store.work() as work:
            if isinstance(model, Key):
                _note_use(work.session, model)
                return
            account = self._claim(work.session, model.id)
            if account.fs_uniquifier != model.fs_uniquifier:
                account.forget_failures()
                people.end_everything(work.session, account)
            account.fs_uniquifier = model.fs_uniquifier
            account.password = model.password or account.password

    def delete(self, model: Key) -> None:
        """Take a passkey away."""
        with self.store.work() as work:
            work.session.execute(delete(Passkey).where(Passkey.id == model.id))

    def commit(self) -> None:
        """Nothing waits: `put` commits."""

    # --- guessing

    def is_locked(self, account_id: int) -> bool:
        """Whether nothing is taken from the browser that asks: known ones have their own count."""
        with self.store.read() as work:
            device = devices.known(work.session, account_id)
            tries = device or work.session.get_one(Account, account_id)
            return tries.is_locked(work.now)

    def note_failure(self, sitter: Sitter) -> None:
        """Count a wrong password or code against the account, or against a known browser alone."""
        with self.store.work() as work:
            account = self._claim(work.session, sitter.id)
            device = devices.known(work.session, sitter.id, to_change=True)
            tries = device or account
            was_locked = tries.is_locked(work.now)
            tries.note_failure(work.now)
            is_locked = tries.is_locked(work.now)
            if is_locked and not was_locked:
                says = f"{tries.failed_logins} wrong tries"
                if device is not None:
                    says += ", in a browser that is known"
                house_events.note(
                    work,
                    HouseEventKind.LOCKED,
                    NOBODY,
                    about=account.name,
                    about_id=account.id,
                    says=says,
                )
        log.warning("log-in refused: account %s%s", sitter.id, ", locked" if is_locked else "")

    # --- second steps

    def tf_set(
        self,
        user: Sitter,
        primary_method: str,
        totp_secret: str | None = None,
        phone: str | None = None,
    ) -> None:
        """Keep the (encrypted) secret of an authenticator app that has shown a right code."""
        if totp_secret is None or totp_secret == user.tf_totp_secret:
            return
        with self.store.work() as work:
            self._claim(work.session, user.id).totp_secret = totp_secret
            house_events.note(work, HouseEventKind.SECOND_ON, user.editor)
        user.tf_totp_secret, user.tf_primary_method = totp_secret, APP

    def tf_reset(self, user: Sitter) -> None:
        """Ask for no authenticator app any more."""
        with self.store.work() as work:
            self._claim(work.session, user.id).totp_secret = None
            house_events.note(work, HouseEventKind.SECOND_OFF, user.editor)
        user.tf_totp_secret = user.tf_primary_method = None

    def take_code(self, user: Sitter, counter: int) -> bool:
        """Use up the code of that number; False where it, or a later one, was taken before."""
        with self.store.work() as work:
            fresh = or_(Account.totp_counter.is_(None), Account.totp_counter < counter)
            taken = work.session.execute(
                update(Account)
                .where(Account.id == user.id, fresh)
                .values(totp_counter=counter)
                .returning(Account.id)
            ).first()
        return taken is not None

    def code_digest(self, user: Sitter, code: str) -> str:
        """How a recovery code is kept."""
        text = f"recovery\x1f{user.id}\x1f{plain_code(code)}"
        return hmac.new(self.store.keys.digests, text.encode(), hashlib.sha256).hexdigest()

    def mf_set_recovery_codes(self, user: Sitter, rcs: list[str] | None) -> None:
        """Keep the digests of new recovery codes, instead of those before."""
        with self.store.work() as work:
            self._claim(work.session, user.id).recovery_codes = rcs or None
            house_events.note(work, HouseEventKind.CODES_MADE, user.editor)
        user.mf_recovery_codes = rcs or []

    def take_recovery_code(self, user: Sitter, code: str) -> bool:
        """Use a recovery code up; False where it is none of the account's."""
        digest = self.code_digest(user, code)
        with self.store.work() as work:
            account = self._claim(work.session, user.id)
            left = [one for one in account.recovery_codes or () if one != digest]
            if len(left) == len(account.recovery_codes or ()):
                return False
            account.recovery_codes = left
            says = f"{len(left)} left"
            house_events.note(work, HouseEventKind.CODE_USED, user.editor, says=says)
        return True

    # --- passkeys

    def set_webauthn_user_handle(self, user: Sitter, user_handle: str | None = None) -> None:
        """Draw the name under which passkeys know the account; it says nothing about it."""
        with self.store.work() as work:
            account = self._claim(work.session, user.id)
            account.passkey_handle = account.passkey_handle or people.random_name()
            user.fs_webauthn_user_handle = account.passkey_handle

    def create_webauthn(self, user: Sitter, **given: Any) -> None:
        """Keep a new passkey. Raises Refused where there are too many."""
        with self.store.work() as work:
            account = self._claim(work.session, user.id)
            if len(passkeys.of_account(work.session, account.id)) >= passkeys.MOST:
                raise Refused("Remove a passkey first: there are 20.", kind="fields")
            work.session.add(passkeys.row_of(account.id, work.now, given))

    def find_webauthn(self, credential_id: bytes) -> Key | None:
        """The passkey with this id, unless its account is disabled."""
        with self.store.read() as work:
            kept = passkeys.by_credential(work.session, credential_id)
            return Key.of(kept) if kept else None

    def find_user_from_webauthn(self, webauthn: Key) -> Sitter | None:
        """Whose passkey it is; None for somebody who was let go."""
        with self.store.read() as work:
            account = work.session.get(Account, webauthn.account_id)
            return self.sitter(account) if account and account.active else None

    def sitter(self, account: Account, *, must_add_second: bool = False) -> Sitter:
        """A copy of the account for the length of a request."""
        return Sitter(
            seats=self,
            id=account.id,
            email=account.email,
            name=account.name,
            role=account.role,
            password=account.password,
            active=account.active,
            tf_totp_secret=account.totp_secret,
            tf_primary_method=APP if account.totp_secret else None,
            totp_counter=account.totp_counter,
            mf_recovery_codes=account.recovery_codes or [],
            fs_webauthn_user_handle=account.passkey_handle,
            fs_uniquifier=account.fs_uniquifier,
            must_add_second=must_add_second,
        )

    @staticmethod
    def _claim(session: Session, account_id: int) -> Account:
        """The account, kept from others until the transaction ends."""
        return session.get_one(Account, account_id, with_for_update=True, populate_existing=True)


NOBODY = Editor(None, "Somebody", Role.READER_EDITOR)  # who has not logged in


def _note_use(session: Session, key: Key) -> None:
    """Keep that a passkey was used; its count only ever rises."""
    session.execute(
        update(Passkey)
        .where(Passkey.id == key.id)
        .values(
            sign_count=key.sign_count,
            used_at=key.lastuse_datetime,
            is_backed_up=key.backup_state,
            device_type=str(getattr(key.device_type, "value", key.device_type))[:24],
        )
    )
