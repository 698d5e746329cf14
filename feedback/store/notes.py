"""Notes about letters, and who was named in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from feedback.domain.errors import NotFound
from feedback.domain.letter import Letter
from feedback.domain.note import Mention, Note
from feedback.store.work import Work

MOST = 100  # notes of a letter that are shown


@dataclass(frozen=True)
class Named:
    """A note in which an editor is named, with the letter's reference."""

    note: Note
    ref: str
    is_new: bool


def of_letter(work: Work, letter_id: int) -> Sequence[Note]:
    """A letter's notes, oldest first."""
    query = select(Note).where(Note.letter_id == letter_id).order_by(Note.id).limit(MOST)
    return list(work.session.scalars(query))


def keep(work: Work, note: Note, named: Iterable[int]) -> None:
    """Keep a note with those who are named in it."""
    work.session.add(note)
    work.session.flush()
    rows = [{"note_id": note.id, "editor_id": number} for number in named]
    if rows:
        work.session.execute(insert(Mention), rows)


def by_id(work: Work, note_id: int) -> Note:
    """The note with that number; raises NotFound."""
    note = work.session.get(Note, note_id) if 0 < note_id < 2**63 else None
    if note is None:
        raise NotFound("There is no such note.")
    return note


def drop(work: Work, note: Note) -> None:
    """The note is gone, with its mentions."""
    work.session.delete(note)


def naming(work: Work, editor_id: int, limit: int = 50) -> list[Named]:
    """Notes about letters in which an editor is named, the newest first."""
    query = (
        select(Note, Letter.ref, Mention.seen_at)
        .join(Mention, Mention.note_id == Note.id)
        .join(Letter, Letter.id == Note.letter_id)
        .where(Mention.editor_id == editor_id)
        .order_by(Note.id.desc())
        .limit(limit)
    )
    return [Named(row[0], row[1], row[2] is None) for row in work.session.execute(query)]


def seen(work: Work, editor_id: int) -> None:
    """An editor has seen all of their mentions."""
    work.session.execute(
        update(Mention)
        .where(Mention.editor_id == editor_id, Mention.seen_at.is_(None))
        .values(seen_at=work.now),
        execution_options={"synchronize_session": False},
    )
