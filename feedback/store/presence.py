"""Who is on a letter, and the worker's signs of life."""

from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True)
class OnLetter:
    """Who has a letter open: other editors' names, the latest first; whether one's own is fresh."""

    others: list[str]
    is_noted: bool


def on_letter(work: Work, letter_id: int, editor_id: int | None) -> OnLetter:
    """Who has opened a letter lately, as one editor sees it."""
    query = (
        select(Presence.editor_id, Presence.editor_name, Presence.at)
        .where(Presence.letter_id == letter_id, Presence.at > work.now - STILL_READING)
        .order_by(Presence.at.desc())
    )
    found = list(work.session.execute(query))
    fresh = work.now - STILL_READING / 2
    return OnLetter(
        [name for number, name, _at in found if number != editor_id],
        any(number == editor_id and at > fresh for number, _name, at in found),
    )


def on_letters(
    work: Work, letter_ids: Collection[int], editor_id: int | None
) -> dict[int, list[str]]:
    """Names of other editors who have opened these letters lately, by the letter's number."""
    found: dict[int, list[str]] = {}
    if letter_ids:
        query = select(Presence.letter_id, Presence.editor_id, Presence.editor_name).where(
            Presence.letter_id.in_(letter_ids), Presence.at > work.now - STILL_READING
        )
        for letter_id, number, name in work.session.execute(query):
            if number != editor_id:
                found.setdefault(letter_id, []).append(name)
    return found


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
