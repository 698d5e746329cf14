"""What the spam filter learns from, and keeps."""

from sqlalchemy import delete, insert, select

from feedback.domain.letter import Letter
from feedback.domain.original import Original
from feedback.domain.spam_word import ALL, SpamWord
from feedback.domain.state import SPAM, State
from feedback.reading.spam_sense import Learned
from feedback.store.work import Work

KEPT = (State.SHORTLISTED, State.APPROVED, State.PLACED, State.PUBLISHED)
MOST_LEARNED = 2000  # letters of each kind, the newest

# The text as it was sent, name and office.
Text = tuple[str, str | None, str | None]


def spiked(work: Work) -> list[Text]:
    """The newest letters that were spiked as spam: none that are abuse, or without a reason."""
    return _newest(work, (State.SPIKED,), SPAM)


def kept(work: Work) -> list[Text]:
    """The newest letters that an editor kept; a decline says nothing of spam, so it is left out."""
    return _newest(work, KEPT, None)


def _newest(work: Work, states: tuple[State, ...], reason: str | None) -> list[Text]:
    found: list[Text] = []
    for state in states:
        query = (
            select(Original.remarks, Letter.name, Letter.standing)
            .join(Letter, Letter.id == Original.letter_id)
            .where(Letter.state == state)
            .order_by(Letter.received_at.desc())
            .limit(MOST_LEARNED)
        )
        if reason is not None:
            query = query.where(Letter.state_reason == reason)
        found += [(row[0], row[1], row[2]) for row in work.session.execute(query)]
    return found[:MOST_LEARNED]


def put(work: Work, learned: Learned | None) -> None:
    """Keep what was learned, in place of what was known before; None: nothing is known."""
    work.session.execute(delete(SpamWord), execution_options={"synchronize_session": False})
    if learned is None:
        return
    rows = [{"word": ALL, "in_spam": learned.spam, "in_kept": learned.kept}]
    rows += [
        {"word": word, "in_spam": in_spam, "in_kept": in_kept}
        for word, (in_spam, in_kept) in learned.words.items()
    ]
    work.session.execute(insert(SpamWord), rows)
