"""Access for programs: named tokens, kept as digests.

Every function takes the SQLAlchemy session of its caller, who commits.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback.accounts.models import ApiToken
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import NotFound, Refused

PREFIX = "why_"  # lets secret scanners and people tell what it is


def add(session: Session, name: str, role: Role, now: datetime) -> str:
    """Make a token (256 bits, URL-safe) and give it back, the only time that it can be seen.

    `name` (1 to 120 characters) says which program holds it. A revoked token's name may be
    used again. Raises Refused.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Refused("A token needs a name of at most 120 characters.", kind="fields")
    token = PREFIX + secrets.token_urlsafe(32)
    known = session.scalar(select(ApiToken).where(ApiToken.name == name))
    if known is None:
        known = ApiToken(name=name)
        session.add(known)
    elif known.revoked_at is None:
        raise Refused(f"There is a token named “{name}” already.", kind="fields")
    known.role = role
    known.token_digest = _digest(token)
    known.created_at = now
    known.last_used_on = None
    known.revoked_at = None
    session.flush()
    return token


def list_tokens(session: Session) -> Sequence[ApiToken]:
    """All tokens, revoked ones as well, by name."""
    return session.scalars(select(ApiToken).order_by(ApiToken.name)).all()


def revoke(session: Session, name: str, now: datetime) -> ApiToken:
    """Make a token void; doing it twice changes nothing. Raises NotFound."""
    token = session.scalar(select(ApiToken).where(ApiToken.name == name))
    if token is None:
        raise NotFound(f"There is no token named “{name}”.")
    token.revoked_at = token.revoked_at or now
    return token


def authenticate(session: Session, presented: str) -> Editor | None:
    """Whose token it is; None for an unknown or revoked one."""
    token = find(session, presented)
    return token.editor if token else None


def find(session: Session, presented: str) -> ApiToken | None:
    """The valid token that was presented; None for an unknown or revoked one."""
    # 256 random bits need no slow hash, and looking up a digest leaks nothing by its time.
    if not presented.startswith(PREFIX):
        return None
    query = select(ApiToken).where(ApiToken.token_digest == _digest(presented))
    token = session.scalar(query)
    return token if token and token.revoked_at is None else None


def note_use(session: Session, token_id: int, now: datetime) -> None:
    """Keep on which day a token was last used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_on=now.date()))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
