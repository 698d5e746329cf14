"""The letter of a mail that says only “see attached”: it stands in a file on the mail."""

import re
from collections.abc import Callable
from dataclasses import replace

from feedback.reading.attached_text import NoTextError, TextKind, text_kind
from feedback.reading.attachments import Attached, attachments
from feedback.reading.pasted_mail import PastedMail
from feedback.reading.quoting import LEAST_LETTER, MOST_NOTE
from feedback.reading.signoff import find_signoff

MOST_TRIED = 3  # files: each may cost some seconds
FEW = 12  # words that are no letter, whatever they say
# What a cover note speaks of, in the languages in which letters come.
SPEAKS_OF_IT = re.compile(
    r"\b(?:attach\w*|enclosed?|letters?|submi\w+|submission|publish\w*|publication|consider\w*|"
    r"op-?ed|pdf|document|anhang|anbei|angehängt\w*|leserbrief|brief|adjunt\w+|carta|anex\w+|"
    r"ci-joint\w*|pièce jointe|lettre|allegat\w+|lettera|bijlage|bilag\w*|bifog\w+|brev)\b",
    re.IGNORECASE,
)
# Gives a file's text; raises NoTextError.
TextOf = Callable[[Attached, TextKind], str]


def with_attached(mail: PastedMail, raw: bytes, text_of: TextOf) -> PastedMail:
    """The mail with its letter read from an attached file, where its own words are none.

    `raw` are the mail's bytes. The first file whose text is longer than the mail's own words is
    the letter; of files that could be letters three are tried.
    """
    if not _may_be_note(mail.text):
        return mail
    unread: list[str] = []
    readable = [(one, text_kind(one.name, one.kind)) for one in attachments(raw)]
    for one, kind in [pair for pair in readable if pair[1]][:MOST_TRIED]:
        assert kind is not None
        try:
            text = text_of(one, kind)
        except NoTextError as error:
            unread.append(f"{kind}: {error.trouble}")  # its name is a stranger's words
            continue
        if is_cover_note(mail.text, text):
            tried = tuple(unread)
            return replace(mail, text=text, note=mail.text, read_from=one.number, unread=tried)
    return replace(mail, unread=tuple(unread))


def is_cover_note(note: str, letter: str) -> bool:
    """Whether a mail's own words are a cover note to the letter that hangs on it.

    Twice as many words, so that a short letter with an article attached stays the letter.
    """
    return _may_be_note(note) and len(letter.split()) >= max(LEAST_LETTER, 2 * _words(note))


def _words(note: str) -> int:
    """How many words it has above its signature."""
    return len(find_signoff(note).rest.split())


def _may_be_note(note: str) -> bool:
    few = _words(note)
    return few <= FEW or (few <= MOST_NOTE and bool(SPEAKS_OF_IT.search(note)))
