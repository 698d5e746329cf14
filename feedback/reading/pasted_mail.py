"""A mail that an editor pastes or drops: who wrote, about what, the letter in it.

Any bytes give an answer, in time that grows with their length; nothing is fetched or unpacked.
"""

import re
from dataclasses import dataclass, replace

from feedback.reading.cleaning import clean_line, clean_text
from feedback.reading.mail_headers import ADDRESS, Headers, Sender, words_of
from feedback.reading.mail_html import text_of
from feedback.reading.mail_parts import MBOX_LINE, Part, leaves, split_head
from feedback.reading.quoting import MOST_NOTE, own_words
from feedback.reading.quoting_words import FORWARDS
from feedback.reading.wrapping import rejoined

MOST_BYTES = 16 * 1024 * 1024  # of a mail with what hangs on it; more is not looked at
MOST_TEXT = 200_000  # characters of a letter's text
MOST_ATTACHMENTS = 50
MOST_INSIDE = 3  # mails inside of mails
HEADERS = re.compile(
    rb"(?:>?From [^\r\n]{3,200}\r?\n)?"
    rb"(?:received|return-path|from|to|subject|date|sent|message-id|mime-version|delivered-to|"
    rb"dkim-signature|x-[\w-]{1,60}|content-type|reply-to|arc-[\w-]{1,60}|sender|cc|"
    rb"authentication-results|received-spf|auto-submitted|precedence|list-[\w-]{1,60})[ \t]*:",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PastedMail:
    """What a mail says; what it does not say is None.

    `text` is the writer's own words; `removed` what was quoted, signed and disclaimed.
    `is_handed_on` where somebody else sent it: the rest is about the mail inside. `sent_at` is the
    date as the mail has it. `attachments` are names alone. Where the letter was read from one of
    them, `read_from` is its number and `note` what the mail said beside it; `unread` says of
    what kind those were that could not be read, and why. `is_mail` is False for plain text
    without headers. `is_sender_clear` is False where From names nobody or several.
    """

    from_name: str | None
    from_address: str | None
    subject: str | None
    message_id: str | None
    sent_at: str | None
    text: str
    removed: str
    attachments: tuple[str, ...]
    is_mail: bool
    is_sender_clear: bool
    is_handed_on: bool = False
    note: str = ""
    read_from: int | None = None
    unread: tuple[str, ...] = ()
    reply_to: str | None = None


def read_mail(raw: bytes | str, depth: int = 0) -> PastedMail:
    """Read a mail (an .eml file's bytes, its source as text, or plain text); never raises."""
    if isinstance(raw, str):
        raw = raw[:MOST_BYTES].encode("utf-8", "replace")
    raw = raw[:MOST_BYTES].removeprefix(b"\xef\xbb\xbf")
    if not HEADERS.match(raw.lstrip()[:400]):
        part = Part(Headers(b""), raw)
        return _answer(part.text(), (), Headers(b""), is_mail=False)
    headers, body = split_head(MBOX_LINE.sub(b"", raw.lstrip(), count=1))
    if not any(name in headers for name in ("from", "subject", "message-id")):
        return _answer(Part(Headers(b""), raw).text(), (), Headers(b""), is_mail=False)
    parts = list(leaves(headers, body))
    names = tuple(part.file_name for part in parts if part.file_name)[:MOST_ATTACHMENTS]
    inside = next((part for part in parts if part.kind == "message/rfc822"), None)
    text = _letter(parts)
    if inside is not None and depth < MOST_INSIDE:
        found = read_mail(inside.decoded(), depth + 1)
        if found.is_mail and len(text.split()) <= min(MOST_NOTE, len(found.text.split())):
            removed = f"{clean_text(text)}\n\n{found.removed}".strip()
            return replace(found, removed=removed, is_handed_on=True)
    return _answer(text, names, headers, is_mail=True)


def _letter(parts: list[Part]) -> str:
    """The plain part, else the HTML in words; a part that hangs on the mail is none."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.kind == kind and not part.is_attachment:
                text = part.text()
                if kind == "text/html":
                    text = text_of(text)
                if text.strip():
                    return text
    return ""


def _answer(text: str, names: tuple[str, ...], headers: Headers, *, is_mail: bool) -> PastedMail:
    subject = headers.text("subject")
    to = frozenset(one.lower() for one in ADDRESS.findall(headers.raw("to") + headers.raw("cc")))
    found = own_words(text[:MOST_TEXT], is_handed_on=bool(FORWARDS.match(subject)), to=to)
    sender = _sender(headers, found.forwarded)
    subject = subject or words_of(found.forwarded.get("subject", ""))
    sent_at = headers.text("date") or headers.text("sent")
    return PastedMail(
        from_name=sender.name,
        from_address=sender.address,
        subject=subject or None,
        message_id=headers.message_id(),
        sent_at=clean_line(sent_at or found.forwarded.get("date", "")) or None,
        text=clean_text(rejoined(clean_text(found.text))),
        removed=clean_text(found.removed),
        attachments=names,
        is_mail=is_mail,
        is_sender_clear=sender.address is not None,
        is_handed_on=bool(found.forwarded.get("from")),
        reply_to=headers.sender("reply-to").address,
    )


def _sender(headers: Headers, forwarded: dict[str, str]) -> Sender:
    """Who wrote: of a mail that was handed on, the one that it was handed on from."""
    if forwarded.get("from"):
        line = f"From: {forwarded['from']}".encode("utf-8", "replace")
        return Headers(line).sender()
    return headers.sender()
