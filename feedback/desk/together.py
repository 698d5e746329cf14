"""Working on letters together: whose they are, what editors tell each other about them."""

from collections.abc import Mapping
from datetime import timedelta

from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotAllowed, Refused
from feedback.domain.letter import Letter
from feedback.domain.note import Note
from feedback.reading.cleaning import clean_text
from feedback.reading.mentions import mentioned
from feedback.store import assignments, notes
from feedback.store.work import Work

MOST_NOTE = 2000
TAKEN_BACK_WITHIN = timedelta(minutes=10)


def give(work: Work, letter: Letter, to: Editor | None, by: Editor) -> None:
    """The letter is `to`'s from now on; None lets go of it. Raises NotAllowed.

    Whose it is changes nothing of what others may do, and no decision: it is in no history.
    """
    by.require(Deed.SHORTLIST)
    number = to.id if to else None
    assignments.give(work, letter.id, number, to.name if to else None)


def annotate(
    work: Work, letter: Letter, typed: str, by: Editor, people: Mapping[int, tuple[str, str]]
) -> Note:
    """Write a note about a letter; those who are named in it (“@ana”) are told.

    `people` are name and address of the desk's accounts, by number. Raises NotAllowed, Refused
    (kind `fields`) for one that is empty or too long.
    """
    by.require(Deed.DRAFT_EDIT)
    text = clean_text(typed)
    if not text:
        raise Refused("Write something first.", "fields", {"field": "note"})
    if len(text) > MOST_NOTE:
        raise Refused("Shorten the note to 2,000 characters.", "fields", {"field": "note"})
    note = Note(letter_id=letter.id, text=text, by_id=by.id, by_name=by.name, at=work.now)
    others = [number for number in mentioned(text, people) if number != by.id]
    notes.keep(work, note, others)
    return note


def take_back(work: Work, note: Note, by: Editor) -> None:
    """Drop one's own note, within ten minutes. Raises NotAllowed, Refused."""
    if note.by_id is None or note.by_id != by.id:
        raise NotAllowed("Only who wrote a note takes it back.")
    if work.now - note.at > TAKEN_BACK_WITHIN:
        raise Refused("It has stood too long to be taken back.", "move", {"allowed": []})
    notes.drop(work, note)
