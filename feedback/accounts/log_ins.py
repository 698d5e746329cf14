"""A log-in begins, is used, ends: what is kept of it, what its owner is told."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask, abort, flash, render_template, request, session
from flask_babel import gettext as _
from flask_login import user_logged_out
from flask_security import (
    password_changed,
    password_reset,
    tf_disabled,
    user_authenticated,
    wan_deleted,
    wan_registered,
)
from flask_security.utils import set_request_attr

from feedback.accounts import browsers, devices, policy, sessions
from feedback.accounts.guard import STORE
from feedback.accounts.mail import OUTLET, AccountMail
from feedback.accounts.models import Account
from feedback.accounts.passkeys import BASE_URL
from feedback.accounts.seats import Seats, Sitter
from feedback.domain.house_event import HouseEventKind
from feedback.store import house_events
from feedback.store.work import Store

log = logging.getLogger(__name__)

TOKEN = "desk_session"  # key of the browser's session cookie
MOMENTS = "feedback_moments"  # key of app.extensions: how a moment is written


def connect(app: Flask, moment: Callable[[datetime], str]) -> None:
    """Listen to what Flask-Security tells."""
    app.extensions[MOMENTS] = moment
    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    password_changed.connect(_password_set, app)
    password_reset.connect(_password_set, app)
    tf_disabled.connect(_second_off, app)
    wan_registered.connect(_passkey_added, app)
    wan_deleted.connect(_passkey_removed, app)


def holder(seats: Seats, uniquifier: str) -> Sitter | None:
    """Whose the request's cookie is, if that log-in is still open."""
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    with seats.store.read() as work:
        found = sessions.holder(work.session, token, work.now)
        if found is None or found.account.fs_uniquifier != uniquifier:
            return None
        must_add = policy.applies(found.asked, found.account.role) and not policy.has_second(
            work.session, found.account
        )
        sitter = seats.sitter(found.account, must_add_second=must_add)
    if found.is_due:
        with seats.store.work() as work:
            sessions.note_seen(work.session, token, work.now)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa"))  # when a password or passkey was given last
    return sitter


def tell(app: Flask, user: Sitter, subject: str, says: str) -> None:
    """Mail somebody what was done with their account."""
    text = render_template(
        "security/email/told.txt", user=user, says=says, base_url=app.config[BASE_URL]
    )
    app.extensions[OUTLET](AccountMail(user.email, subject, text.strip() + "\n"))


def _begin(app: Flask, user: Sitter, **_rest: Any) -> None:
    """Open a log-in under a new token, with a new CSRF token."""
    store: Store = app.extensions[STORE]
    old = session.pop(TOKEN, None)
    field = app.config["WTF_CSRF_FIELD_NAME"]
    session.pop(field, None)
    browser = browsers.in_words(request.headers.get("User-Agent", ""))
    with store.work() as work:
        account = work.session.get_one(
            Account, user.id, with_for_update=True, populate_existing=True
        )
        if not account.active:
            abort(403)  # whatever let them pass: nobody who was let go comes in
        if isinstance(old, str):
            sessions.end(work.session, old)
        wrong, last = account.failed_logins, account.last_login_at
        account.forget_failures()
        account.last_login_at = work.now
        was_known = devices.remember(work.session, account.id, work.now)
        session[TOKEN] = sessions.begin(work.session, account.id, work.now, browser)
        says = f"after {wrong} wrong tries" if wrong else ""
        house_events.note(work, HouseEventKind.LOGGED_IN, account.editor, says=says)
    log.info("log-in: account %s", user.id)
    if last is None:
        return
    flash(_("Last log-in: %(when)s", when=app.extensions[MOMENTS](last)), "info")
    if not was_known:
        tell(
            app,
            user,
            _("A log-in at the letters desk from a new browser"),
            _(
                "somebody, most likely you, has just logged in to your account from a browser "
                "that was not used before (%(browser)s).",
                browser=browser,
            ),
        )


def _end(app: Flask, **_rest: Any) -> None:
    """Close the log-in for good: a copy of its cookie is worth nothing."""
    store: Store = app.extensions[STORE]
    token = session.pop(TOKEN, None)
    if isinstance(token, str):
        with store.work() as work:
            sessions.end(work.session, token)


def _password_set(app: Flask, user: Sitter, **_rest: Any) -> None:
    """Whoever set it has shown who they are: their browser stays, or becomes, a known one."""
    store: Store = app.extensions[STORE]
    with store.work() as work:
        devices.remember(work.session, user.id, work.now)
        house_events.note(work, HouseEventKind.PASSWORD_SET, user.editor)


def _second_off(app: Flask, user: Sitter, **_rest: Any) -> None:
    subject = _("Your second step at the letters desk was turned off")
    tell(app, user, subject, _("the log-in to your account asks for no code of an app any more."))


def _passkey_added(app: Flask, user: Sitter, name: str, **_rest: Any) -> None:
    _note(app, HouseEventKind.PASSKEY_ADDED, user, name)
    subject = _("A passkey was added to your account at the letters desk")
    tell(app, user, subject, _("a passkey was added to your account: “%(name)s”.", name=name))


def _passkey_removed(app: Flask, user: Sitter, name: str, **_rest: Any) -> None:
    _note(app, HouseEventKind.PASSKEY_REMOVED, user, name)
    subject = _("A passkey was removed from your account at the letters desk")
    tell(app, user, subject, _("a passkey of your account was removed: “%(name)s”.", name=name))


def _note(app: Flask, kind: HouseEventKind, user: Sitter, says: str) -> None:
    store: Store = app.extensions[STORE]
    with store.work() as work:
        house_events.note(work, kind, user.editor, says=says)
