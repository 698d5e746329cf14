"""What an archive asks before its letters come in: which are here already."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from feedback.domain.letter import Channel, Letter
from feedback.domain.original import Original
from feedback.store.work import Work

MOST_PRINTED = 500  # letters of some days that are looked at


class InPrint(NamedTuple):
    """A letter that this desk printed."""

    name: str | None
    remarks: str


def is_known(work: Work, keys: Collection[str]) -> bool:
    """Whether a letter came in under one of these submission keys."""
    query = select(Letter.id).where(Letter.submission_key.in_(keys)).limit(1)
    return work.session.scalar(query) is not None


def printed_between(work: Work, first: date, last: date) -> list[InPrint]:
    """What this desk printed in these days; what archives told of it does not count."""
    query = (
        select(Letter.name, Original.remarks)
        .join(Original, Original.letter_id == Letter.id)
        .where(
            Letter.published_on >= first,
            Letter.published_on <= last,
            Letter.channel != Channel.IMPORT,
        )
        .order_by(Letter.published_on.desc(), Letter.id)
        .limit(MOST_PRINTED)
    )
    return [InPrint(name, remarks) for name, remarks in work.session.execute(query)]
