"""What the spam filter has learned: in how many letters a word stands, spiked as spam and kept.

No word of it tells of a person: names, addresses and figures are left out, and so are words that
only one or two letters have.
"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity

ALL = ""  # the row that counts letters instead of a word


class SpamWord(Entity):
    """A word with the letters that have it; the row of `ALL` has how many letters there are."""

    __tablename__ = "spam_word"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    in_spam: Mapped[int]
    in_kept: Mapped[int]
