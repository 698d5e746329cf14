"""Does a mail come from the address that it names? What our own mail server found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

PASS, FAIL, NONE = "pass", "fail", "none"


@dataclass(frozen=True)
class SenderAuth:
    """SPF, DKIM and DMARC in one word each (`pass`, `fail`, `none`), and whom the headers name.

    `none` is also what stands there where nobody looked. `domain` is that of From; `reply_to` and
    `sender` are those of the headers of that name where they are others. The domains are kept with
    the mail alone: a letter goes further than its writer's address may.
    """

    dmarc: str = NONE
    spf: str = NONE
    dkim: str = NONE
    domain: str | None = None
    reply_to: str | None = None
    sender: str | None = None
    reply_to_differs: bool = False
    sender_differs: bool = False
    is_unclear: bool = False  # From names nobody, or several

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self | None:
        """From its JSON form; None where none was kept."""
        if not kept:
            return None
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**{**known, "domain": kept.get("from")})

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it with the mail."""
        domains = {"from": self.domain, "reply_to": self.reply_to, "sender": self.sender}
        return {
            **self.kept_with_letter(),
            **{key: value for key, value in domains.items() if value},
        }

    def kept_with_letter(self) -> dict[str, Any]:
        """As JSON keeps it with the letter: no domain is in it."""
        return {
            "dmarc": self.dmarc,
            "spf": self.spf,
            "dkim": self.dkim,
            "reply_to_differs": self.reply_to_differs,
            "sender_differs": self.sender_differs,
            "is_unclear": self.is_unclear,
        }


def may_verify_by_mail(auth: SenderAuth | None) -> bool:
    """Whether a mail from the address says anything about who wrote.

    Not where DMARC failed: then anybody may have sent it, and may answer in the same way. The
    confirm link is another matter: it went to the mailbox itself.
    """
    return auth is None or auth.dmarc != FAIL


def may_be_answered(auth: SenderAuth | None) -> bool:
    """Whether a mail may go there that nobody at the desk asked for (a receipt)."""
    return auth is None or (may_verify_by_mail(auth) and not auth.is_unclear)
