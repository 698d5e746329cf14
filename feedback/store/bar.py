"""What the desk's bar tells on every page, asked for in one question."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from feedback.domain.campaign import Campaign
from feedback.domain.draft import Proposal
from feedback.domain.letter import Letter
from feedback.domain.note import Mention
from feedback.domain.raw_mail import RawMail
from feedback.domain.state import State
from feedback.store.paging import CAP, Count
from feedback.store.raw_mails import NO_LETTERS
from feedback.store.work import Work


@dataclass(frozen=True)
class Bar:
    """What waits, and which rooms have something in them."""

    waiting: Count  # letters nobody has decided about
    named: Count  # notes that name the editor, not seen yet
    proposed: Count  # edits that wait for an editor
    has_campaigns: bool
    has_refused: bool


def bar(work: Work, editor_id: int) -> Bar:
    """The bar of one editor's pages."""
    waiting = select(Letter.id).where(Letter.state == State.RECEIVED).limit(CAP + 1).subquery()
    named = (
        select(Mention.note_id)
        .where(Mention.editor_id == editor_id, Mention.seen_at.is_(None))
        .limit(CAP + 1)
        .subquery()
    )
    proposed = select(Proposal.id).where(Proposal.verdict.is_(None)).limit(CAP + 1).subquery()
    row = work.session.execute(
        select(
            select(func.count()).select_from(waiting).scalar_subquery(),
            select(func.count()).select_from(named).scalar_subquery(),
            select(func.count()).select_from(proposed).scalar_subquery(),
            exists(select(Campaign.id)),
            exists(select(RawMail.id).where(RawMail.fate.in_(NO_LETTERS))),
        )
    ).one()
    waits, names, proposes = (Count(number) for number in row[:3])
    return Bar(waits, names, proposes, bool(row[3]), bool(row[4]))
