"""What an import did, counted by kinds, for the line that closes it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_TOLD = 20  # rows and files that are named with what is wrong


@dataclass
class Outcome:
    """Letters that were added and that were known; all else by what it is.

    `refused` counts mails that are no letters by the names of the desk, `skipped` what could not
    be read or taken, `others` what an archive holds beside letters. `problems` name the first that
    were skipped. `is_whole` is False where the archive was not read to its end.
    """

    added: int = 0
    known: int = 0
    skipped: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    is_whole: bool = True

    def skip(self, where: str, says: str) -> None:
        """Count what cannot be taken."""
        self.skipped += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(f"{where}: {says}")

    def break_off(self, says: str) -> None:
        """The rest of the archive is not read."""
        self.is_whole = False
        self.problems.append(says)

    def lines(self) -> Iterator[str]:
        """What is told at the end; the first line is always there."""
        yield f"{self.added:,} letters added, {self.known:,} known already."
        if self.refused:
            yield f"No letters: {_listed(self.refused)}."
        if self.others:
            yield f"Left aside: {_listed(self.others)}."


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counted.most_common())
