"""Browsers in which somebody has logged in before.

Each keeps a random token in a cookie for a year. What it is good for: the lock that wrong
passwords bring is for browsers that are not known, so that strangers who guess cannot keep the
owner out (OWASP, "device cookies"); and a log-in in a browser that is not known is told by mail.
It opens nothing by itself.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import Response, after_this_request, current_app, has_request_context, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.accounts.models import Device

KNOWN_FOR = timedelta(days=365)
MOST_KNOWN = 20  # browsers of one account; those unused for longest are forgotten


def known(session: Session, account_id: int, *, to_change: bool = False) -> Device | None:
    """The browser that asks, if this account was logged in there before."""
    token = _token()
    if token is None:
        return None
    key = (_digest(token), account_id)
    return session.get(Device, key, with_for_update=True if to_change else None)


def remember(session: Session, account_id: int, now: datetime) -> bool:
    """Know the browser that asks from now on; gives whether it was known before.

    Its count of wrong passwords begins anew. Its cookie goes out with this request's answer.
    """
    token = _token()
    device = known(session, account_id, to_change=True)
    was_known = device is not None
    if device is None:
        token = token or secrets.token_urlsafe(32)
        device = Device(
            token_digest=_digest(token), account_id=account_id, known_since=now, used_at=now
        )
        session.add(device)
    device.used_at = now
    device.forget_failures()
    session.flush()
    _sweep(session, account_id, now)
    _keep(token)
    return was_known


def forget_all(session: Session, account_id: int) -> None:
    """Know no browser of the account any more."""
    session.execute(delete(Device).where(Device.account_id == account_id))


def _sweep(session: Session, account_id: int, now: datetime) -> None:
    of_account = Device.account_id == account_id
    session.execute(delete(Device).where(of_account, Device.used_at <= now - KNOWN_FOR))
    newest = select(Device.token_digest).where(of_account).order_by(Device.used_at.desc())
    rest = session.scalars(newest.offset(MOST_KNOWN)).all()
    if rest:
        session.execute(delete(Device).where(of_account, Device.token_digest.in_(rest)))


def cookie_name(*, is_https: bool) -> str:
    """Name of the cookie; the prefix makes browsers take it by https alone."""
    return "__Secure-desk_device" if is_https else "desk_device"


def _token() -> str | None:
    if not has_request_context():
        return None
    value = request.cookies.get(cookie_name(is_https=_is_https()))
    return value if value and len(value) <= 64 else None


def _keep(token: str | None) -> None:
    if token is None:
        return

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            cookie_name(is_https=_is_https()),
            token,
            max_age=KNOWN_FOR,
            path="/desk",
            secure=_is_https(),
            httponly=True,
            samesite="Lax",
        )
        return response


def _is_https() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
