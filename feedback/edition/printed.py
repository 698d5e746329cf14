"""What readers see of an edition: as it was frozen, without letters that were taken down since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.domain.edition import Edition
from feedback.domain.proofsheet import Proofsheet
from feedback.domain.state import State
from feedback.edition.proofs import proofsheet_of
from feedback.store import editions, taken_down
from feedback.store.work import Work


@dataclass(frozen=True)
class PrintedEdition:
    """A published edition as it reads today; `changed_at` where a letter was taken down."""

    edition: Edition
    sheet: Proofsheet
    published_at: datetime
    changed_at: datetime | None


def printed_sheet(edition: Edition) -> Proofsheet:
    """The proofsheet that page, feed and exports show.

    A draft's is made anew and marked as provisional. A published edition keeps its own; where a
    letter was killed since, a line says so and nothing of the letter is left.
    """
    if edition.proofsheet is None:
        return proofsheet_of(edition, provisional=True)
    killed = {letter.ref for letter in edition.letters() if letter.state is State.KILLED}
    return Proofsheet.from_json(edition.proofsheet).without(killed)


def printed_edition(work: Work, slug: str) -> PrintedEdition:
    """The published edition with that slug, read without its letters; raises NotFound."""
    return _as_printed(work, [editions.published_by_slug(work, slug)])[0]


def printed_editions(work: Work, limit: int = 20) -> list[PrintedEdition]:
    """The newest published editions, newest first, read without their letters."""
    return _as_printed(work, editions.published(work, limit))


def _as_printed(work: Work, found: Sequence[Edition]) -> list[PrintedEdition]:
    killed = taken_down.killed_in(work, [edition.id for edition in found])
    return [
        PrintedEdition(
            edition,
            Proofsheet.from_json(edition.proofsheet).without(killed.get(edition.id, {})),
            edition.published_at,
            max(killed.get(edition.id, {}).values(), default=None),
        )
        for edition in found
        if edition.proofsheet and edition.published_at
    ]
