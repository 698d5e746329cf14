"""What a mail server answered: its words for the desk; whether the address is one that is not."""

import re

from feedback.outbox.message import CONTROLS

MOST_SAID = 300  # characters that are kept
LOOKED_AT = 2000  # characters of an answer that are read
ENHANCED = re.compile(r"\s*([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")
# RFC 3463, 3.2: of the codes about addresses, these are about the one it goes to; 7 and 8 are
# about the sender's. RFC 7505: 10, its domain takes no mail at all.
NO_SUCH_ADDRESS = frozenset({0, 1, 2, 3, 4, 6, 10})
# Servers that give no such code say it in words (RFC 5321, 4.3.2: 550).
NO_SUCH_USER = re.compile(
    r"\b(?:user|recipient|mailbox|account|address)\b[^;\n]{0,80}"
    r"\b(?:unknown|not found|does not exist|doesn't exist)"
    r"|\b(?:unknown|no such|invalid) (?:user|recipient|mailbox|account|address)\b"
    r"|\bno mailbox here\b",
    re.IGNORECASE,
)
ABOUT_THE_SENDER = re.compile(r"\b(?:sender|from)\b", re.IGNORECASE)


def decoded(words: bytes | str) -> str:
    """An answer as text; what is no UTF-8 is replaced."""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def one_line(text: str) -> str:
    """For the desk: one line, no controls, not too long."""
    return " ".join(CONTROLS.sub(" ", text[:LOOKED_AT]).split())[:MOST_SAID]


def without_address(words: bytes | str, address: str) -> str:
    """An answer's words in which the address is not named."""
    text = decoded(words)[:LOOKED_AT]
    return re.sub(re.escape(address), "the address", text, flags=re.IGNORECASE)


def is_dead_address(code: int, words: bytes | str, *, to_recipient: bool) -> bool:
    """Whether a refusal for good says that the address does not exist.

    By the enhanced status code (RFC 3463) where there is one: 5.1.x about the recipient, nothing
    else; 5.7.x is a policy of that server, 5.2.x a mailbox that may be full. Without such a code
    a plain 550 in answer to RCPT (`to_recipient`) counts where its words say so.
    """
    if not 500 <= code < 600:
        return False
    text = decoded(words)[:LOOKED_AT]
    enhanced = ENHANCED.match(text)
    if enhanced is not None:
        kind, subject, detail = (int(part) for part in enhanced.groups())
        return (kind, subject) == (5, 1) and detail in NO_SUCH_ADDRESS
    if code != 550 or not to_recipient or ABOUT_THE_SENDER.search(text):
        return False
    return NO_SUCH_USER.search(text) is not None
