"""People at the desk."""

import itertools
import secrets

from argon2 import PasswordHasher

from feedback.accounts.models import Account
from feedback.domain.editor import Editor, Role
from tests.factories.within import Place, work_in

PASSWORD = "quiet river under maples"  # of every account made here
# A real hash of the real kind that costs nothing, so that tests do not wait for it.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

_numbers = itertools.count(1)


def an_editor(role: Role | str = Role.EDITOR, name: str = "Ann Editor", number: int = 7) -> Editor:
    """Somebody who acts at the desk, without an account behind."""
    return Editor(number, name, Role(role))


def an_account(
    place: Place,
    role: Role | str = Role.EDITOR,
    *,
    email: str | None = None,
    name: str | None = None,
    active: bool = True,
) -> Account:
    """An account that can log in with PASSWORD; its `.editor` is who the rules know."""
    number = next(_numbers)
    account = Account(
        email=email or f"{Role(role).value}{number}@example.com",
        name=name or f"Ann Editor {number}",
        role=Role(role),
        password=HASH,
        active=active,
        fs_uniquifier=secrets.token_hex(16),
        failed_logins=0,
    )
    with work_in(place) as work:
        account.added_at = work.now
        work.session.add(account)
        work.session.flush()
    return account
