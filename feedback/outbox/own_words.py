"""A column's own words for its mails: what may stand in braces, and what becomes of it.

A fixed set of placeholders is replaced, once, by the desk's own values: there is no language in
these words that could do anything else, and nothing that a reader typed is among the values.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.domain.errors import WrongField
from feedback.domain.owed_mail import MailKind

MOST_SUBJECT, MOST_TEXT = 150, 5000  # characters
PLACEHOLDER = re.compile(r"\{([a-z_]{1,20})\}")
LINKS = frozenset({"confirm_link", "page_link", "edition_link"})
EVERYWHERE = ("ref", "column", "publication")  # the subject has these alone


@dataclass(frozen=True)
class Piece:
    """Some words on a line; `is_link` where they are an address to go to."""

    text: str
    is_link: bool = False


Paragraph = list[list[Piece]]  # lines of pieces


@dataclass(frozen=True)
class Slots:
    """What may stand in braces in one kind of mail, and what must."""

    more: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that may."""
        return (*EVERYWHERE, *self.more)


# The mails to writers; those to reporters and about accounts have the house's words.
SLOTS: dict[MailKind, Slots] = {
    MailKind.RECEIPT: Slots(
        ("confirm_link", "missing", "page_link"), ("confirm_link", "page_link")
    ),
    MailKind.ASK: Slots(
        ("confirm_link", "missing", "page_link"), ("confirm_link", "missing", "page_link")
    ),
    MailKind.SOURCE: Slots(("page_link",), ("page_link",)),
    MailKind.DECLINED: Slots(("why",)),
    MailKind.PRINTED: Slots(("edition_link",), ("edition_link",)),
}


def wrong_words(kind: MailKind, subject: str, text: str) -> list[WrongField]:
    """What is wrong with the words of a mail of that kind; empty where they can be sent."""
    slots = SLOTS[kind]
    found = (
        ("subject", _wrong(subject, EVERYWHERE, ("ref",), MOST_SUBJECT)),
        ("text", _wrong(text, slots.names, slots.required, MOST_TEXT)),
    )
    return [WrongField(field, says) for field, says in found if says]


def _wrong(words: str, may: Sequence[str], must: Sequence[str], most: int) -> str:
    if not words.strip():
        return "Write something."
    if len(words) > most:
        return f"Shorten this to {most:,} characters."
    named = PLACEHOLDER.findall(words)
    unknown = [name for name in named if name not in may]
    if unknown or re.search(r"[{}]", PLACEHOLDER.sub("", words)):
        what = f"{{{unknown[0]}}} is not known here." if unknown else "A brace stands alone."
        return f"{what} In braces may stand: {_listed(may)}."
    lacks = [name for name in must if name not in named]
    return f"This must stand in it: {_listed(lacks)}." if lacks else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def filled(words: str, values: Mapping[str, str]) -> str:
    """One line with its placeholders replaced; one that is not known stays as it is."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), words)


def paragraphs(text: str, values: Mapping[str, str]) -> list[Paragraph]:
    """The paragraphs with their lines in pieces.

    A paragraph (between empty lines) whose placeholder has nothing to say is left out whole.
    """
    found = []
    for block in re.split(r"\n[ \t]*\n\s*", text.strip()):
        named = [name for name in PLACEHOLDER.findall(block) if name in values]
        if block.strip() and all(values[name] for name in named):
            found.append(_lines(block, values))
    return found


def _lines(block: str, values: Mapping[str, str]) -> Paragraph:
    lines: Paragraph = [[]]
    for place, part in enumerate(PLACEHOLDER.split(block)):
        is_name = place % 2 == 1
        words = values.get(part, f"{{{part}}}") if is_name else part
        for number, line in enumerate(words.split("\n")):
            if number:
                lines.append([])
            if line:
                lines[-1].append(Piece(line, is_link=is_name and part in LINKS))
    return lines


def as_text(found: Sequence[Paragraph]) -> str:
    """The paragraphs as plain text, an empty line between them."""
    return "\n\n".join(
        "\n".join("".join(piece.text for piece in line) for line in block) for block in found
    )
