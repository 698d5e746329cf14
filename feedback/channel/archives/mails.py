"""Mails of an archive become letters, read by the same rules as mails that come in today."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from feedback.channel.archives.mail_files import Fault, Piece, mails_of
from feedback.channel.archives.outcome import Outcome
from feedback.channel.archives.shape import Shape
from feedback.channel.mail.understand import BY, NO_CONSENT, NO_MATCH, own_addresses, submission_of
from feedback.domain.actor import MACHINE
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.letter import Channel
from feedback.domain.raw_mail import Refusal
from feedback.intake.article_match import match_article
from feedback.intake.prefill import prefill
from feedback.intake.receive_many import Arrival, receive_many
from feedback.newsroom import Newsroom
from feedback.reading.mail_headers import Headers
from feedback.reading.mail_parts import split_head
from feedback.reading.pasted_mail import HEADERS
from feedback.reading.robots import robot_behind
from feedback.store import archives
from feedback.store.letterbox import Taken
from feedback.store.work import Work

log = logging.getLogger(__name__)

A_BATCH = 64  # mails that are read and stored together
MOST_MAILS = 200_000  # of one archive
FIRST_YEAR = 1990  # a mail that says it is older has a clock that is wrong
SAYS_MAIL = b"X-Archive: mail\n"  # put before headers by which alone nobody tells a mail
OTHER_FILES = "files of other kinds"


def import_mails(
    newsroom: Newsroom,
    path: Path,
    shape: Shape,
    outcome: Outcome,
    *,
    mails: bool = False,
    told: Callable[[int], object] = lambda _bytes: None,
) -> None:
    """Read the mails of an archive and store the letters among them; counts go into `outcome`.

    A mail that is here already, from an archive or as it came in, adds nothing. What robots
    wrote is left out by name. Nobody is mailed unless `mails`. Raises Refused for a zip archive
    that cannot be opened, Unreachable where the database does not answer.
    """
    pieces = mails_of(path, shape, told)
    within = islice(pieces, MOST_MAILS)
    own = own_addresses(newsroom.column())
    while batch := [_read(newsroom, one, own, outcome) for one in islice(within, A_BATCH)]:
        _store(newsroom, _once(batch), outcome, mails=mails)
    if next(pieces, None) is not None:
        outcome.break_off(f"There are more than {MOST_MAILS:,} mails: split the archive.")


@dataclass(frozen=True)
class _Found:
    """A letter with the keys under which it may be here already, its own first."""

    name: str
    keys: tuple[str, ...]
    arrival: Arrival


def _read(newsroom: Newsroom, piece: Piece, own: frozenset[str], outcome: Outcome) -> _Found | None:
    """A letter that is not here yet; None, counted, for all else."""
    if piece.fault is not None:
        _count_fault(piece, outcome)
        return None
    try:
        with newsroom.store.read() as work:
            found = _letter(work, newsroom.hosts, piece, own)
    except Unreachable:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a mail holds: the next one is read
        # Not the error's words: they may quote the mail.
        log.warning("a mail of an archive could not be read: %s", type(error).__name__)
        outcome.skip(piece.name, "this mail cannot be read")
        return None
    if isinstance(found, _Found):
        return found
    if found is None:
        outcome.known += 1
    else:
        outcome.refused[found.value] += 1
    return None


def _letter(
    work: Work, hosts: frozenset[str], piece: Piece, own: frozenset[str]
) -> _Found | Refusal | None:
    """The letter in a mail; why there is none; None for one that is here already."""
    keys = keys_of(piece.raw)
    if archives.is_known(work, keys):
        return None
    headers, _body = split_head(piece.mail)
    robot = robot_behind(headers, own)
    if robot is not None:
        return BY[robot]
    is_told = HEADERS.match(piece.mail.lstrip()[:400])
    found = prefill(work, piece.mail if is_told else SAYS_MAIL + piece.mail, hosts)
    if not found.remarks.strip():
        return Refusal.ONLY_ATTACHMENT if found.attachments else Refusal.EMPTY
    said = found.found.get("article")
    match = match_article(work, said.value, hosts) if said else NO_MATCH
    submission = replace(
        submission_of(found, keys[0]),
        channel=Channel.IMPORT,
        consent=NO_CONSENT,
        received_at=sent_at(headers, work.now),
    )
    return _Found(piece.name, keys, Arrival(submission, match))


def keys_of(raw: bytes) -> tuple[str, ...]:
    """Keys of a mail: its own, and those of the same mail with other line ends.

    A mail that came in by LMTP and lies in an mbox differs in nothing else.
    """
    plain = raw.replace(b"\r\n", b"\n")
    same = (raw, plain, plain.replace(b"\n", b"\r\n"))
    return tuple(dict.fromkeys(f"mail:{hashlib.sha256(one).hexdigest()}" for one in same))


def sent_at(headers: Headers, now: datetime) -> datetime:
    """The moment that its Date tells; now, where that cannot be."""
    try:
        told = parsedate_to_datetime(headers.raw("date"))
        at = (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return now
    return at if datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) <= at <= now else now


def _once(batch: Sequence[_Found | None]) -> list[_Found]:
    """Each letter once, though it stands twice in the archive; the second is known afterwards."""
    taken: dict[str, _Found] = {}
    twice: list[_Found] = []
    for one in batch:
        if one is None:
            continue
        first = next((taken[key] for key in one.keys if key in taken), None)
        if first is None:
            taken |= dict.fromkeys(one.keys, one)
        else:
            twice.append(replace(one, arrival=first.arrival))
    return [*{id(one): one for one in taken.values()}.values(), *twice]


def _store(newsroom: Newsroom, found: list[_Found], outcome: Outcome, *, mails: bool) -> None:
    results = receive_many(
        newsroom.letterbox,
        newsroom.store.keys,
        newsroom.house(),
        [one.arrival for one in found],
        newsroom.store.clock(),
        by=MACHINE,
        mails=mails,
    )
    for one, result in zip(found, results, strict=True):
        if isinstance(result, Taken):
            if result.was_known:
                outcome.known += 1
            else:
                outcome.added += 1
        elif isinstance(result, Refused):
            if result.kind == "key_reused":  # the same bytes, read otherwise by another version
                outcome.known += 1
            else:
                outcome.skip(one.name, "the database cannot hold this mail")
        else:
            raise result


def _count_fault(piece: Piece, outcome: Outcome) -> None:
    if piece.fault is Fault.TOO_LARGE:
        outcome.refused[Refusal.TOO_LARGE.value] += 1
    elif piece.fault is Fault.OTHER:
        outcome.others[OTHER_FILES] += 1
    elif piece.fault is Fault.ENDLESS:
        outcome.break_off(f"{piece.name}: the archive unpacks to more than mails do.")
    else:
        outcome.skip(piece.name, "this mail cannot be read")
