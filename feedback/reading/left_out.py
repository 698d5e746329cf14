"""What a mail held besides the letter: quoted, signed, disclaimed, said beside an attached one."""

from dataclasses import dataclass

from feedback.reading.cleaning import clean_text
from feedback.reading.contact_words import masked
from feedback.reading.pasted_mail import PastedMail

MOST = 20_000  # characters of it


@dataclass(frozen=True)
class LeftOut:
    """`above` is a cover note to a letter in a file; `below` all the rest, in the mail's order."""

    above: str
    below: str

    def __bool__(self) -> bool:
        return bool(self.above or self.below)

    @property
    def whole(self) -> str:
        """All of it."""
        return f"{self.above}\n\n{self.below}".strip()

    def without_contacts(self) -> "LeftOut":
        """The same without email addresses, telephone numbers and streets."""
        return LeftOut(masked(self.above), masked(self.below))

    def put_back(self, text: str, most: int) -> str:
        """The text with what was left out around it, `most` characters; what is in it, once."""
        above = "" if not self.above or self.above in text else f"{self.above}\n\n"
        below = "" if not self.below or self.below in text else f"\n\n{self.below}"
        room = max(0, most - len(text))
        return clean_text(f"{above[:room]}{text}{below[: max(0, room - len(above))]}")


def left_out(mail: PastedMail, read_from: int | None = None) -> LeftOut:
    """What of a mail is not in the letter that was made of it.

    `read_from` where the letter stood in a file with that number: then the mail's own words are
    no part of it.
    """
    above = mail.note or (mail.text if read_from is not None else "")
    return LeftOut(clean_text(above)[:MOST], clean_text(mail.removed)[:MOST])
