"""Mails as they came: kept exactly once, found by what became of them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from feedback.domain.errors import NotFound
from feedback.domain.raw_mail import Door, Fate, RawMail, Refusal
from feedback.store.paging import CAP, Count, Page, cursor_after, read_cursor
from feedback.store.trouble import is_clash
from feedback.store.work import Work

NO_LETTERS = (Fate.REFUSED, Fate.UNREAD)
KINDS = (*(one.value for one in Refusal), Fate.UNREAD.value)  # of mails that are no letters
CAN_BE_LETTERS = (*NO_LETTERS, Fate.REPLY)


def keep(
    work: Work,
    raw: bytes,
    door: Door,
    *,
    whole_size: int | None = None,
    refusal: Refusal | None = None,
    mailbox_id: int | None = None,
) -> int:
    """Keep a mail; returns its number. The same bytes again give the same number.

    `whole_size` and `refusal` are of one that was too large to be kept whole.
    """
    digest = hashlib.sha256(raw).hexdigest()
    known = _by_digest(work, digest)
    if known is not None:
        return known
    row = {
        "digest": digest,
        "door": door,
        "received_at": work.now,
        "size": whole_size or len(raw),
        "raw": raw,
        "fate": Fate.REFUSED if refusal else Fate.WAITING,
        "refusal": refusal,
        "problem": "",
        "is_accepted": False,
        "attempts": 0,
        "subject": "",
        "decided_at": work.now if refusal else None,
        "mailbox_id": mailbox_id,
    }
    try:
        with work.session.begin_nested():
            made = work.session.execute(insert(RawMail).values(**row).returning(RawMail.id))
            return int(made.scalar_one())
    except IntegrityError as error:
        if not is_clash(error, "raw_mail", "digest"):
            raise
    known = _by_digest(work, digest)  # another process kept it meanwhile
    if known is None:
        raise NotFound("The mail was not kept.")
    return known


def _by_digest(work: Work, digest: str) -> int | None:
    return work.session.scalar(select(RawMail.id).where(RawMail.digest == digest))


def by_id(work: Work, mail_id: int, *, to_change: bool = False) -> RawMail:
    """The mail with that number; raises NotFound. `to_change` locks it (PostgreSQL)."""
    mail = None
    if 0 < mail_id < 2**63:
        mail = work.session.get(RawMail, mail_id, with_for_update=to_change or None)
    if mail is None:
        raise NotFound("There is no such mail.")
    return mail


def some(work: Work, numbers: Sequence[int]) -> list[RawMail]:
    """The mails of these numbers, locked (PostgreSQL), without their bytes."""
    query = select(RawMail).where(RawMail.id.in_(numbers)).order_by(RawMail.id)
    return list(work.session.scalars(query.with_for_update()))


def of_letter(work: Work, letter_id: int) -> RawMail | None:
    """The mail that a letter came by; None where it came another way, or the mail was purged."""
    query = select(RawMail).where(RawMail.letter_id == letter_id).order_by(RawMail.id).limit(1)
    return work.session.scalar(query)


def waiting(work: Work, most: int) -> list[int]:
    """Numbers of mails that wait to be read, the oldest first."""
    query = select(RawMail.id).where(RawMail.fate == Fate.WAITING).order_by(RawMail.id)
    return list(work.session.scalars(query.limit(most)))


def sent_since(work: Work, sender_key: str, since: datetime) -> int:
    """How many mails of a sender came since a moment."""
    query = select(func.count()).where(
        RawMail.sender_key == sender_key, RawMail.received_at >= since
    )
    return work.session.scalar(query) or 0


def no_letters(
    work: Work, kind: str | None = None, after: str | None = None, limit: int = 50
) -> Page[RawMail]:
    """One page of the mails that are no letters, newest first; of one kind, or of all.

    `kind` is a refusal's name or `unread`. Raises Refused for a cursor that is not ours.
    """
    query = select(RawMail)
    if kind in KINDS and kind != Fate.UNREAD:
        here = (RawMail.received_at, RawMail.id)
        query = query.where(RawMail.refusal == Refusal(kind))
        query = query.order_by(RawMail.received_at.desc(), RawMail.id.desc())
        if after:
            query = query.where(tuple_(*here) < tuple_(*read_cursor(after)))
    else:
        fates = (Fate.UNREAD,) if kind == Fate.UNREAD else NO_LETTERS
        query = query.where(RawMail.fate.in_(fates)).order_by(RawMail.id.desc())
        if after:
            query = query.where(RawMail.id < read_cursor(after)[1])
    found = list(work.session.scalars(query.limit(limit + 1)))
    more = len(found) > limit
    rows = found[:limit]
    return Page(rows, cursor_after(rows[-1].received_at, rows[-1].id) if more else None)


def counts_since(work: Work, since: datetime) -> dict[str, Count]:
    """How many of each kind came since a moment, each counted no further than the cap."""
    found = {}
    for kind in KINDS:
        is_it = (
            RawMail.fate == Fate.UNREAD if kind == Fate.UNREAD else RawMail.refusal == Refusal(kind)
        )
        few = select(RawMail.id).where(is_it, RawMail.received_at >= since).limit(CAP + 1)
        found[kind] = Count(
            work.session.scalar(select(func.count()).select_from(few.subquery())) or 0
        )
    return found


def count(work: Work, fate: Fate) -> Count:
    """How many, counted no further than the cap."""
    few = select(RawMail.id).where(RawMail.fate == fate).limit(CAP + 1).subquery()
    return Count(work.session.scalar(select(func.count()).select_from(few)) or 0)


def accept(mail: RawMail) -> bool:
    """An editor says that it is a letter: it is read again as one. False where it is one already.

    The worker reads it; one of which only the beginning was kept stays refused. An answer that
    becomes a letter stays an answer, too.
    """
    if mail.fate not in CAN_BE_LETTERS or mail.refusal is Refusal.TOO_LARGE:
        return False
    mail.fate, mail.refusal, mail.is_accepted = Fate.WAITING, None, True
    mail.problem, mail.decided_at = "", None
    return True


def typed_in(work: Work, mail: RawMail, letter_id: int) -> bool:
    """An editor typed its letter in, from a picture for instance. False where it is one already."""
    if mail.fate not in NO_LETTERS:
        return False
    mail.fate, mail.refusal, mail.letter_id = Fate.LETTER, None, letter_id
    mail.problem, mail.decided_at = "", work.now
    return True
