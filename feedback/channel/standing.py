"""Where a letter stands, as its writer is told: honestly, and no sooner than it is settled.

A letter that was declined or spiked reads the same, and only once the grace delay is over:
until then an editor may undo it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from feedback.domain.actor import ActorKind
from feedback.domain.column import VerificationPolicy
from feedback.domain.edition import Edition
from feedback.domain.event import Event
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import State
from feedback.domain.verification import Outcome, Verification

QUESTIONS = frozenset({MailKind.RECEIPT, MailKind.ASK})  # the mails with the confirm link


class Told(StrEnum):
    """What the headline of the writer's page says."""

    UNCONFIRMED = "unconfirmed"  # arrived; the writer has not said yet that it is theirs
    WITH_EDITORS = "with_editors"  # nobody has decided
    DENIED = "denied"  # somebody answered the mail with no
    SET_ASIDE = "set_aside"  # held
    ASKED = "asked"  # an editor wants it, the writer's answer is awaited
    CHOSEN = "chosen"  # approved
    IN_EDITION = "in_edition"  # placed
    PRINTED = "printed"  # published
    TAKEN_DOWN = "taken_down"  # killed
    NOT_PRINTED = "not_printed"  # declined or spiked, after the grace delay
    WITHDRAWN = "withdrawn"  # by the writer, or for them


class Asked(StrEnum):
    """What became of the mail with the confirm link."""

    NONE = "none"  # there is no address to write to
    COMING = "coming"  # it is about to leave
    SENT = "sent"  # it left
    FAILED = "failed"  # the address does not take it
    NOT_SENT = "not_sent"  # it was not owed, or a rule kept it back


@dataclass(frozen=True)
class Standing:
    """The facts that the writer's page puts into words."""

    told: Told
    arrived_at: datetime
    asked: Asked
    asks_for_yes: bool  # the writer's yes by link is still wanted
    confirmed_at: datetime | None
    confirmed_by_writer: bool
    decided_at: datetime | None
    until: date | None
    ended_at: datetime | None  # withdrawn, or taken down
    by_editor: bool  # the withdrawal
    edition: Edition | None
    may_withdraw: bool


def standing_of(
    letter: Letter, history: Sequence[Event], mails: Sequence[OwedMail], now: datetime
) -> Standing:
    """What the writer is told now. `history` is oldest first, `mails` newest first."""
    state = shown_state(letter, history, now)
    confirmed = _confirmed(letter.verifications)
    is_denied = _is_denied(letter.verifications)
    asks = _asks_for_yes(letter.column.verification_policy, confirmed, letter.verifications)
    last = _last_move_to(history, letter.state)
    edition = letter.section.edition if letter.section else None
    return Standing(
        told=_told(letter, state, asks_for_yes=asks, is_denied=is_denied),
        arrived_at=letter.received_at,
        asked=_asked(letter, mails),
        asks_for_yes=asks,
        confirmed_at=confirmed.at if confirmed else None,
        confirmed_by_writer=confirmed is not None and confirmed.is_writers_own,
        decided_at=_decided_at(history, state),
        until=letter.hold_until if state is State.HELD else None,
        ended_at=last.at if last and state in (State.WITHDRAWN, State.KILLED) else None,
        by_editor=bool(last and last.by_kind is ActorKind.EDITOR),
        edition=edition if state in (State.PUBLISHED, State.KILLED) else None,
        may_withdraw=letter.state not in (State.PUBLISHED, State.KILLED, State.WITHDRAWN),
    )


def shown_state(letter: Letter, history: Sequence[Event], now: datetime) -> State:
    """The state that the writer is told of: a refusal shows when its grace delay is over."""
    if letter.state not in (State.DECLINED, State.SPIKED):
        return letter.state
    move = _last_move_to(history, letter.state)
    grace = timedelta(minutes=letter.column.grace_minutes)
    if move is not None and move.from_state is not None and now < move.at + grace:
        return move.from_state
    return State.DECLINED


def _told(letter: Letter, state: State, *, asks_for_yes: bool, is_denied: bool) -> Told:
    settled = {
        State.APPROVED: Told.CHOSEN,
        State.PLACED: Told.IN_EDITION,
        State.PUBLISHED: Told.PRINTED,
        State.KILLED: Told.TAKEN_DOWN,
        State.DECLINED: Told.NOT_PRINTED,
        State.SPIKED: Told.NOT_PRINTED,
        State.WITHDRAWN: Told.WITHDRAWN,
    }
    if state in settled:
        return settled[state]
    if is_denied:
        return Told.DENIED
    if letter.wanted is State.APPROVED:
        return Told.ASKED
    if asks_for_yes:
        return Told.UNCONFIRMED
    return Told.SET_ASIDE if state is State.HELD else Told.WITH_EDITORS


def _learned(verifications: Sequence[Verification]) -> Verification | None:
    """The latest attempt that learned something."""
    return next((v for v in reversed(verifications) if v.outcome is not Outcome.NO_ANSWER), None)


def _confirmed(verifications: Sequence[Verification]) -> Verification | None:
    last = _learned(verifications)
    return last if last and last.outcome is Outcome.CONFIRMED else None


def _is_denied(verifications: Sequence[Verification]) -> bool:
    last = _learned(verifications)
    return last is not None and last.outcome is Outcome.DENIED


def _asks_for_yes(
    policy: VerificationPolicy,
    confirmed: Verification | None,
    verifications: Sequence[Verification],
) -> bool:
    if policy is VerificationPolicy.LINK:
        return confirmed is None
    if policy is VerificationPolicy.LINK_AND_CALL:
        by_link = (v for v in reversed(verifications) if v.is_writers_own)
        last = next(by_link, None)
        return confirmed is None or last is None or last.outcome is not Outcome.CONFIRMED
    return False


def _asked(letter: Letter, mails: Sequence[OwedMail]) -> Asked:
    if letter.contact is None or not letter.contact.email:
        return Asked.NONE
    last = next((mail for mail in mails if mail.kind in QUESTIONS), None)
    if last is None:
        return Asked.NOT_SENT
    became = {
        MailState.SENT: Asked.SENT,
        MailState.WAITING: Asked.COMING,
        MailState.FAILED: Asked.FAILED,
    }
    return became.get(last.state, Asked.NOT_SENT)


def _last_move_to(history: Sequence[Event], state: State) -> Event | None:
    return next((e for e in reversed(history) if e.to_state is state), None)


def _decided_at(history: Sequence[Event], state: State) -> datetime | None:
    """When it was chosen, or not; None while that is open or was taken back."""
    if state in (State.APPROVED, State.PLACED, State.PUBLISHED, State.KILLED):
        moves = (e for e in reversed(history) if e.to_state is State.APPROVED)
    elif state in (State.DECLINED, State.SPIKED):
        moves = (e for e in reversed(history) if e.to_state in (State.DECLINED, State.SPIKED))
    else:
        return None
    found = next(moves, None)
    return found.at if found else None
