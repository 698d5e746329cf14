"""Many letters at once, as an archive hands them in: the same rows, a commit a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.domain.actor import Actor
from feedback.domain.reference import LENGTH, new_reference
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch
from feedback.intake.receive import House, Printed, receive, rows_of
from feedback.store.letterbox import Letterbox, ReferenceTaken, Taken
from feedback.store.work import Keys


@dataclass(frozen=True)
class Arrival:
    """A letter of an archive with the article that it answers, and where it was printed before."""

    submission: Submission
    match: ArticleMatch
    printed: Printed | None = None


def receive_many(
    letterbox: Letterbox,
    keys: Keys,
    house: House,
    arrivals: Sequence[Arrival],
    now: datetime,
    *,
    by: Actor,
    mails: bool = False,
) -> list[Taken | Exception]:
    """Store the letters for good; what became of each, in order (see `receive` for both).

    Nobody is mailed unless `mails`. A letter whose key is known is not stored again.
    """
    rows = [
        rows_of(
            keys,
            house,
            arrival.submission,
            arrival.match,
            now,
            new_reference(house.prefix, LENGTH),
            by=by,
            mails=mails,
            printed=arrival.printed,
        )
        for arrival in arrivals
    ]
    outcomes = letterbox.post_all(rows)
    for place, (arrival, outcome) in enumerate(zip(arrivals, outcomes, strict=True)):
        if isinstance(outcome, ReferenceTaken):
            outcomes[place] = receive(
                letterbox,
                keys,
                house,
                arrival.submission,
                arrival.match,
                now,
                by=by,
                mails=mails,
                printed=arrival.printed,
            )
    return outcomes
