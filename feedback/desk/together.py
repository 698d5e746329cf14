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


def give(work: Work, letter: Letter, to: Editor | None, by: Editor, seen: int | None) -> None:
    """The letter is `to`'s from now on; None lets go of it.

    `seen` is the number of whose it was when `by` looked (None: nobody's): of two who take a
    letter at once one is first, and the other is told. From whom it is taken reads so in a note.
    Whose it is changes nothing of what others may do, and no decision: it is in no history.
    Raises NotAllowed, Refused.
    """
    by.require(Deed.SHORTLIST)
    number, name = (to.id, to.name) if to else (None, None)
    before, before_name = letter.assigned_id, letter.assigned_name
    if before != seen or not assignments.give(work, letter.id, number, name, seen):
        work.session.refresh(letter, ["assigned_id", "assigned_name"])
        who = letter.assigned_name
        says = f"{who} was faster: it is {who}’s now." if who else "It is nobody’s any more."
        raise Refused(says, "move", {"allowed": []})
    if before is not None and before not in (by.id, number):
        text = f"Taken over from {before_name}." if number == by.id else (
            f"Given from {before_name} to {name}." if name else f"Let go for {before_name}."
        )  # fmt: skip
        note = Note(letter_id=letter.id, text=text, by_id=by.id, by_name=by.name, at=work.now)
        notes.keep(work, note, [before])


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
