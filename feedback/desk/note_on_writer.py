"""Write down something about a writer, for the desk alone."""

from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.note import Note
from feedback.domain.writer import Writer
from feedback.reading.cleaning import clean_text
from feedback.store.work import Work

MOST_NOTE = 2000  # characters


def note_on_writer(work: Work, writer: Writer, text: str, by: Editor) -> Note:
    """Keep a note; it stands on the writer's page and on those of all their letters.

    Raises NotAllowed, Refused (kind `fields`) for an empty or a very long one.
    """
    by.require(Deed.DRAFT_EDIT)
    text = clean_text(text).strip()
    if not text:
        raise Refused("Write the note first.", "fields", {"field": "note"})
    if len(text) > MOST_NOTE:
        raise Refused("Shorten the note to 2,000 characters.", "fields", {"field": "note"})
    note = Note(writer_id=writer.id, text=text, by_id=by.id, by_name=by.name, at=work.now)
    work.session.add(note)
    return note
