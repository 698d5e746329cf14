"""A mail as bytes: composed words with their headers, checked before they leave.

Python's own writer of mails lets a line break in a header through in some versions
(CVE-2024-6923, CVE-2026-1299), and folding a long address can change whom it names; so the
bytes that were built are read once more, and a mail that is not what it should be never leaves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr

from email_validator import EmailNotValidError, validate_email

from feedback.outbox.compose import Composed

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
MOST_SUBJECT = 200  # characters
MOST_LOCAL = 64  # bytes before the @, RFC 5321, 4.5.3.1.1
MOST_ADDRESS = 254  # bytes, the same, less the brackets
MOST_LINE = 998  # bytes, RFC 5322, 2.1.1
MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,248}>")


class Unsafe(Exception):
    """The mail cannot be written so that it says, to whom it says it, what it should."""


@dataclass(frozen=True)
class Mailbox:
    """A name, which may be empty, with its address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def mailbox(text: str) -> Mailbox | None:
    """`Name <name@example.com>` or the address alone; None for anything else."""
    name, address = parseaddr(CONTROLS.sub(" ", text))
    try:
        return Mailbox(" ".join(name.split()), ascii_address(address))
    except Unsafe:
        return None


def ascii_address(address: str) -> str:
    """The address as the envelope writes it, its domain in ASCII; raises Unsafe."""
    if CONTROLS.search(address) or address.startswith("-"):
        raise Unsafe("This is not an email address.")
    try:
        # Hosts without a dot are taken: newsrooms have mail servers of their own.
        valid = validate_email(address, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise Unsafe("This is not an email address.") from error
    if valid.ascii_email is None:
        raise Unsafe("The mail server cannot write to an address with such letters.")
    if len(valid.ascii_local_part or "") > MOST_LOCAL or len(valid.ascii_email) > MOST_ADDRESS:
        raise Unsafe("This address is too long.")  # the library lets a long one pass
    return valid.ascii_email


def build(
    composed: Composed,
    *,
    sender: Mailbox,
    reply_to: Mailbox,
    to: str,
    message_id: str,
    at: datetime,
    thread: Sequence[str] = (),
) -> bytes:
    """The whole mail, lines ended by CRLF; `to` is an address alone. Raises Unsafe.

    `thread` are Message-IDs of what this one answers and follows, the mail before it last; what is
    no Message-ID is passed over.
    """
    headers = {
        "From": _shown(sender),
        "To": to,
        "Reply-To": _shown(reply_to),
        "Subject": CONTROLS.sub(" ", composed.subject)[:MOST_SUBJECT],
        "Date": format_datetime(at),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no robot answers it
        "X-Auto-Response-Suppress": "All",  # the same for Exchange
    }
    message = EmailMessage(policy=policy.SMTP)
    try:
        for name, value in headers.items():
            message[name] = value
        message.set_content(composed.text, cte="quoted-printable")
        if composed.html is not None:
            message.add_alternative(composed.html, subtype="html", cte="quoted-printable")
        raw = message.as_bytes()
        before = [one for one in thread if MESSAGE_ID.fullmatch(one)]
        if before:  # RFC 5322, 3.6.4: mail programs show them together
            # Not by the library: it writes a long one as encoded words, which no program reads.
            named = {"In-Reply-To": before[-1], "References": " ".join(before)}
            headers |= named
            raw = "".join(f"{n}: {v}\r\n" for n, v in named.items()).encode("ascii") + raw
    except (MessageError, ValueError, IndexError, LookupError) as error:
        raise Unsafe("The mail could not be written.") from error
    check_headers(raw, headers)
    return raw


def kept_headers(raw: bytes) -> dict[str, str]:
    """The headers of a mail as written, for the desk; without the address that it goes to.

    Empty where Python cannot read what it wrote: no mail stays behind for that.
    """
    own = ("mime-version", "content-", "to")
    try:
        found = BytesHeaderParser(policy=policy.default).parsebytes(raw).items()
        return {name: str(value) for name, value in found if not name.lower().startswith(own)}
    except (MessageError, ValueError, IndexError, LookupError, AttributeError, TypeError):
        return {}


def check_headers(raw: bytes, given: dict[str, str]) -> None:
    """Raise Unsafe unless the head of the mail has these headers, once each, and the body's own.

    `To` must hold the very address, nothing beside it.
    """
    head, end, _body = raw.partition(b"\r\n\r\n")
    lines = re.sub(rb"\r\n[ \t]+", b" ", head).split(b"\r\n")
    found = [line.partition(b":")[0].decode("ascii", "replace") for line in lines]
    own = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    if not end or sorted(found) != sorted([*given, *(name for name in found if name in own)]):
        raise Unsafe("The mail's headers are not those that were written.")
    if b"\r" in head.replace(b"\r\n", b"") or b"\n" in head.replace(b"\r\n", b""):
        raise Unsafe("The mail's headers hold a stray line break.")
    if any(len(line) > MOST_LINE for line in head.split(b"\r\n")) or len(set(found)) < len(found):
        raise Unsafe("The mail's headers are too long, or there are too many.")
    if lines[found.index("To")].partition(b":")[2].strip() != given["To"].encode("ascii"):
        raise Unsafe("The mail would go to somebody else.")


def _shown(box: Mailbox) -> str:
    return str(Address(display_name=CONTROLS.sub(" ", box.name), addr_spec=box.address))


def header_writer_is_sound() -> bool:
    """Whether this Python's writer of mails refuses a line break in a header (CVE-2024-6923).

    Tried, not read off a version: distributions mend old ones. Ours are checked all the same.
    """
    probe = EmailMessage(policy=policy.SMTP)
    probe["Subject"] = "=?utf-8?q?probe=0ABcc=3A_somebody=40example.org?="
    try:
        head = probe.as_bytes().partition(b"\r\n\r\n")[0]
    except (MessageError, ValueError):  # newer ones refuse by an error of either kind
        return True
    return not re.search(rb"(?mi)^bcc:", head)
