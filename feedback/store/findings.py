"""Findings of a letter: the newest run of each check."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from feedback.domain.finding import Finding, StoredFinding
from feedback.store.work import Work

MOST_SAID = 400  # characters of a finding's sentence that are kept


def replace(work: Work, letter_id: int, found: Sequence[Finding], revision: int) -> None:
    """Put these findings in the place of earlier ones of the same checks."""
    if not found:
        return
    names = [f.check for f in found]
    work.session.execute(
        delete(StoredFinding).where(
            StoredFinding.letter_id == letter_id, StoredFinding.check.in_(names)
        ),
        execution_options={"synchronize_session": False},
    )
    work.session.execute(
        insert(StoredFinding),
        [
            {
                "letter_id": letter_id,
                "check": f.check,
                "version": f.version,
                "outcome": f.outcome,
                "says": f.says[:MOST_SAID],
                "evidence": list(f.evidence),
                "revision": revision,
                "at": work.now,
                "until": f.until,
            }
            for f in found
        ],
    )
