"""What a site asks for beside a column's text: an excerpt, tags."""

from feedback.domain.proofsheet import Proofsheet
from feedback.reading.editors_note import bare_note
from feedback.reading.sentences import ends

MOST_WORDS = 55  # what WordPress cuts an excerpt to


def excerpt(sheet: Proofsheet) -> str:
    """The first sentences, at most 55 words: of the editor's note, else of the first letter.

    A first sentence that is longer is cut at a word.
    """
    words = _opening(sheet)
    short = [end for end in ends(words) if len(words[:end].split()) <= MOST_WORDS]
    if short or not words:
        return words[: max(short, default=0)]
    return " ".join(words.split()[:MOST_WORDS]) + "…"


def tags(sheet: Proofsheet) -> tuple[str, ...]:
    """The subheads, printed or not, each once."""
    subheads = [s.subhead for s in sheet.sections if s.subhead and s.letters]
    return tuple(dict.fromkeys(subheads))


def _opening(sheet: Proofsheet) -> str:
    if sheet.editors_note:
        return " ".join(bare_note(sheet.editors_note).split())
    standing = [letter for letter in sheet.letters() if letter.paragraphs]
    return " ".join(" ".join(standing[0].paragraphs).split()) if standing else ""
