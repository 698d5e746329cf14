"""The outbox as the desk looks at it: pages of mails with the references of their letters."""

from dataclasses import dataclass

from sqlalchemy import or_, select, tuple_

from feedback.domain.edition import Section
from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.store.paging import Page, cursor_after, read_cursor
from feedback.store.work import Work


@dataclass(frozen=True)
class Listed:
    """A mail with the reference of the letter that it is about (None: about an account)."""

    mail: OwedMail
    ref: str | None


@dataclass(frozen=True)
class Which:
    """Which mails: of a state, of a kind, about the letter of that reference; None: any."""

    state: MailState | None = None
    kind: MailKind | None = None
    ref: str | None = None


def page(work: Work, which: Which, after: str | None = None, limit: int = 50) -> Page[Listed]:
    """One page of the mails, newest first. Raises Refused for a cursor that is not ours."""
    query = select(OwedMail, Letter.ref).outerjoin(Letter, Letter.id == OwedMail.letter_id)
    if which.ref is not None:
        query = query.where(Letter.ref == which.ref)
    if which.kind is not None:
        query = query.where(OwedMail.kind == which.kind)
    last = read_cursor(after) if after else None
    if which.state is None:
        query = query.order_by(OwedMail.id.desc())
        if last is not None:
            query = query.where(OwedMail.id < last[1])
    else:
        query = query.where(OwedMail.state == which.state)
        query = query.order_by(OwedMail.due_at.desc(), OwedMail.id.desc())
        if last is not None:
            query = query.where(tuple_(OwedMail.due_at, OwedMail.id) < tuple_(*last))
    found = [Listed(mail, ref) for mail, ref in work.session.execute(query.limit(limit + 1))]
    if len(found) <= limit:
        return Page(found, None)
    end = found[limit - 1].mail
    return Page(found[:limit], cursor_after(end.due_at, end.id))


def by_id(work: Work, mail_id: int, *, to_change: bool = False) -> OwedMail:
    """The mail with that number; raises NotFound. `to_change` locks it (PostgreSQL)."""
    mail = None
    if 0 < mail_id < 2**63:
        mail = work.session.get(OwedMail, mail_id, with_for_update=to_change or None)
    if mail is None:
        raise NotFound("There is no such mail.")
    return mail


def print_was_told(work: Work, edition_id: int) -> bool:
    """Whether a writer of a letter in the edition was told that it is printed, or is just now."""
    has_left = or_(OwedMail.state == MailState.SENT, OwedMail.lease_until.is_not(None))
    query = (
        select(OwedMail.id)
        .join(Letter, Letter.id == OwedMail.letter_id)
        .join(Section, Section.id == Letter.section_id)
        .where(Section.edition_id == edition_id, OwedMail.kind == MailKind.PRINTED, has_left)
        .limit(1)
    )
    return work.session.scalar(query) is not None
