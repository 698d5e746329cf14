"""What a chief does about people and programs; each deed is a line of the house's history.

Every function takes the work of its caller, who commits, and the editor who acts.
"""

from sqlalchemy import delete

from feedback.accounts import invitations, people, policy, tokens
from feedback.accounts.models import Account, ApiToken, Passkey, SecondFactor
from feedback.domain.editor import Deed, Editor, Role
from feedback.domain.errors import Refused
from feedback.domain.house_event import HouseEventKind as Kind
from feedback.outbox import messages
from feedback.store import house_events
from feedback.store.work import Work


def add(
    work: Work, by: Editor, email: str, name: str, role: Role, password: str | None = None
) -> tuple[Account, str | None]:
    """Take somebody on with a password; see `people.add`. Raises NotAllowed, Refused."""
    by.require(Deed.USERS)
    account, fresh = people.add(work.session, email, name, role, work.now, password)
    _note(work, Kind.ADDED, by, account, _role_word(role))
    return account, fresh


def invite(work: Work, by: Editor, email: str, name: str, role: Role, base_url: str) -> Account:
    """Take somebody on, whom a mail asks to set a password. Raises NotAllowed, Refused."""
    by.require(Deed.USERS)
    # The password that is drawn here is seen by nobody: the link alone lets in.
    account, _fresh = people.add(work.session, email, name, role, work.now)
    _note(work, Kind.ADDED, by, account, _role_word(role))
    _mail_invitation(work, by, account, base_url)
    return account


def invite_again(work: Work, by: Editor, account: Account, base_url: str) -> None:
    """Mail a new invitation; the one before is void.

    Raises NotAllowed; Refused for somebody who is in already or was let go.
    """
    by.require(Deed.USERS)
    if account.id not in invitations.of_all(work.session):
        raise Refused(f"{account.name} has a password already; it can be reset by mail.")
    if not account.active:
        raise Refused(f"Enable {account.name} first.")
    _mail_invitation(work, by, account, base_url)


def join(work: Work, token: str, password: str) -> Account:
    """Set the first password by an invitation. Raises as `invitations.take_up` does."""
    account = invitations.take_up(work.session, token, password, work.now)
    _note(work, Kind.JOINED, account.editor, account)
    return account


def disable(work: Work, by: Editor, email: str) -> Account:
    """Let somebody go; see `people.disable`. Raises NotAllowed, NotFound, Refused."""
    by.require(Deed.USERS)
    was_active = people.get(work.session, email).active
    account = people.disable(work.session, email)
    if was_active:
        _note(work, Kind.DISABLED, by, account)
    return account


def enable(work: Work, by: Editor, email: str) -> Account:
    """Let somebody in again; see `people.enable`. Raises NotAllowed, NotFound."""
    by.require(Deed.USERS)
    was_active = people.get(work.session, email).active
    account = people.enable(work.session, email)
    if not was_active:
        _note(work, Kind.ENABLED, by, account)
    return account


def change_role(work: Work, by: Editor, email: str, role: Role) -> Account:
    """Give somebody another role; see `people.change_role`. Raises as it does."""
    by.require(Deed.USERS)
    before = people.get(work.session, email).role
    account = people.change_role(work.session, email, role)
    if before is not role:
        _note(work, Kind.ROLE_CHANGED, by, account, f"{_role_word(before)} → {_role_word(role)}")
    return account


def reset(
    work: Work, by: Editor, email: str, password: str | None = None
) -> tuple[Account, str | None]:
    """Set a new password; see `people.reset`. Raises NotAllowed, NotFound, Refused."""
    by.require(Deed.USERS)
    account, fresh = people.reset(work.session, email, password)
    _note(work, Kind.PASSWORD_SET, by, account)
    return account, fresh


def forget_second(work: Work, by: Editor, email: str) -> Account:
    """Take app, recovery codes and passkeys off an account whose owner has lost them.

    Open log-ins end. Raises NotAllowed, NotFound.
    """
    by.require(Deed.USERS)
    account = people.get(work.session, email)
    account.totp_secret = None
    account.recovery_codes = None
    work.session.execute(delete(Passkey).where(Passkey.account_id == account.id))
    people.end_everything(work.session, account)
    _note(work, Kind.SECOND_OFF, by, account, "app, codes and passkeys taken off")
    return account


def ask_second(work: Work, by: Editor, of: SecondFactor) -> None:
    """Ask a second factor of these people. Raises NotAllowed."""
    by.require(Deed.USERS)
    before = policy.asked(work.session)
    if before is not of:
        policy.ask(work.session, of)
        house_events.note(work, Kind.POLICY_CHANGED, by, says=f"{before} → {of}")


def make_token(work: Work, by: Editor, name: str, role: Role) -> str:
    """Give a program access; see `tokens.add`. Raises NotAllowed, Refused."""
    by.require(Deed.TOKENS)
    token = tokens.add(work.session, name, role, work.now)
    house_events.note(work, Kind.TOKEN_MADE, by, about=name, says=_role_word(role))
    return token


def revoke_token(work: Work, by: Editor, name: str) -> ApiToken:
    """Make a program's token void; see `tokens.revoke`. Raises NotAllowed, NotFound."""
    by.require(Deed.TOKENS)
    open_ones = {one.name for one in tokens.list_tokens(work.session) if one.revoked_at is None}
    token = tokens.revoke(work.session, name, work.now)
    if token.name in open_ones:
        house_events.note(work, Kind.TOKEN_REVOKED, by, about=token.name)
    return token


def _mail_invitation(work: Work, by: Editor, account: Account, base_url: str) -> None:
    from flask_babel import gettext as _  # most commands do without the web

    token = invitations.make(work.session, account, work.now)
    text = "\n\n".join(
        (
            _("Hello %(name)s,", name=account.name),
            _(
                "there is an account for you at the letters desk. Choose a password within "
                "three days:"
            ),
            f"{base_url}/desk/invited/{token}",
            _("The link works once. If you expected no invitation, do nothing."),
        )
    )
    subject = _("Your account at the letters desk")
    messages.owe_editor(work, account.email, subject, text + "\n", None)
    _note(work, Kind.INVITED, by, account)


def _note(work: Work, kind: Kind, by: Editor, account: Account, says: str = "") -> None:
    house_events.note(work, kind, by, about=account.name, about_id=account.id, says=says)


def _role_word(role: Role) -> str:
    return role.value.replace("_", " ")
