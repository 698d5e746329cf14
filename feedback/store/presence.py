"""Who is on a letter, and the worker's signs of life."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from feedback.domain.presence import STILL_READING, Presence, Pulse
from feedback.store.work import Work


def opened(work: Work, letter_id: int, editor_id: int, editor_name: str) -> None:
    """Note that an editor has the letter open now."""
    who = {"letter_id": letter_id, "editor_id": editor_id}
    what = {"editor_name": editor_name, "at": work.now}
    mine = update(Presence).filter_by(**who).values(**what)
    if work.session.execute(mine.returning(Presence.letter_id)).first() is None:
        try:
            with work.session.begin_nested():
                work.session.execute(insert(Presence).values(**who, **what))
        except IntegrityError:
            return  # the same editor's other window was faster


def is_on(work: Work, letter_id: int, editor_id: int) -> bool:
    """Whether it is noted already, freshly enough, that an editor has the letter open."""
    mine = work.session.get(Presence, (letter_id, editor_id))
    return mine is not None and mine.at > work.now - STILL_READING / 2


def others_on(work: Work, letter_id: int, editor_id: int) -> list[str]:
    """Names of other editors who opened it lately."""
    query = (
        select(Presence.editor_name)
        .where(
            Presence.letter_id == letter_id,
            Presence.editor_id != editor_id,
            Presence.at > work.now - STILL_READING,
        )
        .order_by(Presence.at.desc())
    )
    return list(work.session.scalars(query))


def forget_old(work: Work) -> None:
    """Drop what nobody asks for any more."""
    work.session.execute(delete(Presence).where(Presence.at < work.now - STILL_READING * 12))


def beat(work: Work, name: str) -> None:
    """The worker lives."""
    pulse = work.session.get(Pulse, name)
    if pulse is None:
        pulse = Pulse(name=name)
        work.session.add(pulse)
    pulse.at = work.now


def last_beat(work: Work) -> datetime | None:
    """When a worker last gave a sign of life."""
    return work.session.scalar(select(Pulse.at).order_by(Pulse.at.desc()).limit(1))
