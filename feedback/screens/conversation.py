"""What went back and forth with a letter's writer, in order: mails of ours, answers by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _

from feedback.domain.owed_mail import OwedMail
from feedback.domain.reply import Did, FoundBy, Reply

DID_WORDS: dict[str, str] = {
    Did.COMPLETED: _("Gave what was missing"),
    Did.CONFIRMED: _("Confirmed it"),
    Did.DENIED: _("Says: not mine"),
    Did.WITHDREW: _("Took it back"),
}


@dataclass(frozen=True)
class Post:
    """One mail of ours, or one answer; `did` says in words what the answer did by itself."""

    at: datetime
    mail: OwedMail | None = None
    reply: Reply | None = None

    @property
    def did(self) -> list[str]:
        """Empty where an editor is to read it."""
        return [str(DID_WORDS[word]) for word in self.reply.did] if self.reply else []

    @property
    def is_by_number(self) -> bool:
        """Whether only the reference in the subject tells that it belongs here."""
        return self.reply is not None and self.reply.found_by is FoundBy.NUMBER


def conversation(owed: Sequence[OwedMail], said: Sequence[Reply]) -> list[Post]:
    """Both, the oldest first; a mail stands where it left, or is to leave."""
    posts = [Post(mail.sent_at or mail.due_at, mail=mail) for mail in owed]
    posts += [Post(reply.at, reply=reply) for reply in said]
    return sorted(posts, key=lambda post: post.at)
