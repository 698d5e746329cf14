"""Block a sender: mails from that address are refused from now on, until somebody unblocks it."""

from email_validator import EmailNotValidError, validate_email

from feedback.domain.blocked_sender import BlockedSender
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.house_event import HouseEventKind
from feedback.reading.cleaning import clean_line
from feedback.reading.mail_headers import ADDRESS
from feedback.store import blocked, columns, house_events
from feedback.store.work import Work

MOST_ADDRESS = 254


def block(work: Work, sender_key: str | None, about: str, by: Editor) -> bool:
    """Refuse mails of a sender; False where they are refused already.

    `about` (a letter's or mail's number) is what the list shows, since it has no address. Raises
    NotAllowed; Refused (kind `fields`) where no address is known, or it is the house's own.
    """
    by.require(Deed.DECIDE)
    if not sender_key:
        raise Refused("No address is known to block.", "fields", {"field": "address"})
    column = columns.first(work)
    own = ADDRESS.findall(f"{column.address} {column.sender}")
    if sender_key in {work.keys.person(address) for address in own}:
        raise Refused("This is the column’s own address.", "fields", {"field": "address"})
    if blocked.of_sender(work, sender_key) is not None:
        return False
    row = BlockedSender(
        sender_key=sender_key, about=about[:40], by_id=by.id, by_name=by.name[:120], at=work.now
    )
    work.session.add(row)
    house_events.note(work, HouseEventKind.SENDER_BLOCKED, by, about=about)
    return True


def block_address(work: Work, typed: str, by: Editor) -> bool:
    """The same for an address as an editor types it; it is kept as a digest alone."""
    by.require(Deed.DECIDE)
    try:
        address = validate_email(
            clean_line(typed)[: MOST_ADDRESS + 1],
            check_deliverability=False,
            globally_deliverable=False,
        ).normalized
    except EmailNotValidError as error:
        raise Refused(
            "Give an email address like name@example.com.", "fields", {"field": "address"}
        ) from error
    return block(work, work.keys.person(address), "", by)


def unblock(work: Work, row: BlockedSender | None, by: Editor) -> bool:
    """Take mails of a sender again; False where they are not blocked. Raises NotAllowed."""
    by.require(Deed.DECIDE)
    if row is None:
        return False
    house_events.note(work, HouseEventKind.SENDER_UNBLOCKED, by, about=row.about)
    work.session.delete(row)
    return True
