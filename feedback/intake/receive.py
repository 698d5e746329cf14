"""The one door: every channel hands its submissions in here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from feedback.domain.actor import MACHINE, WRITER, Actor
from feedback.domain.article import Article
from feedback.domain.column import Column
from feedback.domain.event import EventKind, chain, words_digest
from feedback.domain.finding import Result
from feedback.domain.letter import Channel
from feedback.domain.letter_number import new_number
from feedback.domain.link import Purpose
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.reading_order import reading_key_of_row
from feedback.domain.reference import LENGTH, new_reference
from feedback.domain.signature import Signature
from feedback.domain.state import State
from feedback.domain.submission import Submission
from feedback.intake.article_match import ArticleMatch
from feedback.reading.words import word_count
from feedback.store.letterbox import MISSING, Letterbox, ReferenceTaken, Rows, Taken
from feedback.store.links import new_row
from feedback.store.work import Keys

OPENING = 160  # characters of a letter that lists show
TRAPPED, HELD_FOR = "The field that only robots see was filled.", timedelta(days=14)
UNCLEAR = "The sender is unclear: the mail names nobody as its writer, or several."
REFERENCE_TRIES = 20
FROM_WRITERS = frozenset({Channel.WEB, Channel.API})


@dataclass(frozen=True)
class House:
    """What receiving needs to know of the column, read once for many letters."""

    column_id: int
    prefix: str
    place_rule: str

    @classmethod
    def of(cls, column: Column) -> "House":
        """The column's part in it."""
        return cls(column.id, column.prefix, column.place_rule.value)


@dataclass(frozen=True)
class Printed:
    """Of a letter that was printed before it came to this desk: the day, and where it stood."""

    on: date
    where: str


def receive(
    letterbox: Letterbox,
    keys: Keys,
    house: House,
    submission: Submission,
    match: ArticleMatch,
    now: datetime,
    *,
    by: Actor = WRITER,
    mails: bool = True,
    printed: Printed | None = None,
) -> Taken:
    """Store a letter for good; returns when it is on disk.

    `match` says which article it answers; `by` is an editor where one typed it in. With
    `mails=False` (imports) nobody is written to. One that was `printed` before is published. The
    same `submission.key` again gives the same letter, told of as the first time
    (`links.status_token(keys, taken)` is the token of the reader's own page). Raises Refused (kind
    `key_reused`) for another letter under a used key.
    """
    for tries in range(REFERENCE_TRIES):
        ref = new_reference(house.prefix, LENGTH + tries // 4)
        try:
            return letterbox.post(
                rows_of(
                    keys,
                    house,
                    submission,
                    match,
                    now,
                    ref,
                    by=by,
                    mails=mails,
                    printed=printed,
                )
            )
        except ReferenceTaken:
            continue
    raise RuntimeError("no free reference was found")


def rows_of(
    keys: Keys,
    house: House,
    submission: Submission,
    match: ArticleMatch,
    now: datetime,
    ref: str,
    *,
    by: Actor,
    mails: bool,
    printed: Printed | None = None,
) -> Rows:
    """All rows of one new letter, by table."""
    received_at = submission.received_at or now
    letter_id = new_number(received_at)
    held_why = _why_held(submission) if printed is None else None
    if printed is not None:
        event = _first_event(keys, letter_id, now, by, State.PUBLISHED, [], printed.where)
    else:
        missing = missing_of(submission, match, house)
        actor, state = (MACHINE, State.HELD) if held_why else (by, State.RECEIVED)
        event = _first_event(keys, letter_id, now, actor, state, missing, held_why)
    article: Article | None = match.article
    letter = {
        "id": letter_id,
        "column_id": house.column_id,
        "ref": ref,
        "channel": submission.channel,
        "state": event["to_state"],
        "version": 1,
        "received_at": received_at,
        "word_count": word_count(submission.remarks),
        "opening": opening_of(submission.remarks),
        "article_id": article.id if article else None,
        "article_given": submission.article,
        "matched_by": match.by,
        "match_score": match.score,
        "is_general": submission.is_general,
        "name": submission.name,
        "standing": submission.standing,
        "town": submission.town,
        "place_state": submission.state,
        "country": submission.country,
        "is_withheld": submission.is_withheld,
        "withhold_reason": submission.withhold_reason,
        "affiliation": submission.affiliation,
        "is_name_changed": False,
        "has_bracket": False,
        "is_abridged": False,
        "state_reason": event["why"],
        "hold_until": (now + HELD_FOR).date() if held_why else None,
        "published_on": printed.on if printed else None,
        "submission_key": submission.key,
        "submission_digest": submission.digest() if submission.key else None,
        "event_count": 1,
        "chain_head": event["hash"],
        "mailbox_id": submission.mailbox_id,
        "auth": submission.auth.kept_with_letter() if submission.auth else None,
        "message_id": submission.message_id,
    }
    letter["reading_key"] = reading_key_of_row(letter, article.published_on if article else None)
    original = {
        "letter_id": letter_id,
        "remarks": submission.remarks,
        "given": submission.as_typed,
        "consent": submission.consent,
        "received_at": received_at,
    }
    contact = {
        "letter_id": letter_id,
        "email": submission.email,
        "phone": submission.phone,
        "email_key": keys.person(submission.email) if submission.email else None,
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "letter": [letter],
        "original": [original],
        "contact": [contact],
        "event": [event],
    }
    if submission.channel in FROM_WRITERS:
        rows["link"] = [new_row(keys, letter_id, Purpose.STATUS, now)]
    if mails and submission.email and not submission.is_trapped:
        rows["mail"] = [_receipt(letter_id, now)]
    if submission.is_trapped:
        rows["finding"] = [_trap_finding(letter_id, now)]
    elif submission.mentions:
        rows["finding"] = [_mention_finding(letter_id, submission.mentions, now)]
    return rows


def opening_of(remarks: str) -> str:
    """The first words, on one line, for lists."""
    line = " ".join(remarks[: OPENING * 2].split())
    return line if len(line) <= OPENING else line[:OPENING].rsplit(" ", 1)[0] + "…"


def missing_of(submission: Submission, match: ArticleMatch, house: House) -> list[str]:
    """What the writer is still to be asked for, before the letter is read back."""
    gaps = [] if match.article or submission.is_general else ["article"]
    if not submission.name:
        gaps.append("name")
    signature = Signature(
        submission.name, None, submission.town, submission.state, submission.country
    )
    has_place = signature.town or signature.state or signature.country not in (None, "US")
    if not has_place and house.place_rule != "optional":
        gaps.append("town")
    return gaps


def _why_held(submission: Submission) -> str | None:
    """Why a letter waits for an editor from the first moment; None for nearly all."""
    if submission.is_trapped:
        return TRAPPED
    is_unclear = submission.auth is not None and submission.auth.is_unclear
    return UNCLEAR if is_unclear else None


def _first_event(
    keys: Keys,
    letter_id: int,
    now: datetime,
    actor: Actor,
    state: State,
    missing: list[str],
    why: str | None = None,
) -> dict[str, Any]:
    facts = {MISSING: missing} if missing else None
    row: dict[str, Any] = {
        "letter_id": letter_id,
        "seq": 1,
        "at": now,
        "kind": EventKind.RECEIVED,
        "by_kind": actor.kind,
        "by_id": actor.id,
        "by_name": actor.name,
        "from_state": None,
        "to_state": state,
        "why": why,
        "facts": facts,
        "words_digest": words_digest(keys.digests, why, facts),
    }
    row["hash"] = chain("", row)
    return row


def _receipt(letter_id: int, now: datetime) -> dict[str, Any]:
    return {
        "kind": MailKind.RECEIPT,
        "state": MailState.WAITING,
        "letter_id": letter_id,
        "due_at": now,
        "made_at": now,
        "attempts": 0,
        "problem": "",
        "is_stopped": False,
    }


def _trap_finding(letter_id: int, now: datetime) -> dict[str, Any]:
    says = "A field that no person sees was filled in: most likely a robot."
    return _finding(letter_id, "honeypot", Result.HOLD, says, now)


def _mention_finding(letter_id: int, ref: str, now: datetime) -> dict[str, Any]:
    says = f"This mail mentions another letter, {ref}, and comes from another address than that."
    return _finding(letter_id, "mentions", Result.NOTE, says, now)


def _finding(
    letter_id: int, check: str, outcome: Result, says: str, now: datetime
) -> dict[str, Any]:
    return {
        "letter_id": letter_id,
        "check": check,
        "version": 1,
        "outcome": outcome,
        "says": says,
        "evidence": [],
        "revision": 0,
        "at": now,
    }
