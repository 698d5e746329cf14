"""How long an edition is, against the words that the column has for one."""

from dataclasses import dataclass

from feedback.domain.edition import Edition


@dataclass(frozen=True)
class Length:
    """Words of the letters' texts as they print; `sections` has one figure a section."""

    words: int
    budget: int
    letters: int
    sections: tuple[int, ...]

    @property
    def left(self) -> int:
        """Words that there is still room for; below zero where it is over."""
        return self.budget - self.words


def length_of(edition: Edition) -> Length:
    """The edition's length; signatures, salutations and the note do not count."""
    sections = tuple(sum(x.word_count for x in section.letters) for section in edition.sections)
    return Length(sum(sections), edition.column.words_budget, len(edition.letters()), sections)
