"""A mail that we owe somebody: written with the decision, sent by the worker."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.mapped import Entity, Id, Json, UtcTime, index_where, words_of


class MailKind(StrEnum):
    """Which message."""

    RECEIPT = "receipt"  # we have your letter; is it yours?
    REMINDER = "reminder"  # something is still missing in it
    ASK = "ask"  # we would like to print it; is it yours?
    SOURCE = "source"  # where does this come from?
    DECLINED = "declined"  # we will not print it
    PRINTED = "printed"  # it is in the paper
    REPORTER = "reporter"  # to the author of the article: a reader answers it
    COLLEAGUE = "colleague"  # to another desk of the house: this is yours
    ROUTED_ON = "routed_on"  # to the writer: which desk has it
    ACCOUNT = "account"  # to an editor: reset of a password


# Within the house, about a letter; the others about one go to its writer.
TO_THE_HOUSE = frozenset({MailKind.REPORTER, MailKind.COLLEAGUE})


class MailState(StrEnum):
    """How far it got."""

    WAITING = "waiting"  # due now or after the grace delay
    SENT = "sent"  # the mail server took it, or it was kept in the built-in outbox
    FAILED = "failed"  # the mail server refused it for good
    CANCELLED = "cancelled"  # the decision behind it was undone
    SKIPPED = "skipped"  # a rule forbids it: no address, or too many to the same address


class OwedMail(Entity):
    """One mail; to a writer the address is looked up when it leaves, so that erasure holds."""

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_state_due_at", "state", "due_at"),
        Index("ix_mail_letter_id", "letter_id"),
        Index("ix_mail_email_key", "email_key"),
        index_where("mail", "sent_at IS NOT NULL", "sent_at"),
        index_where("mail", "lease_until IS NOT NULL", "lease_until"),
        index_where("mail", "repeats_id IS NOT NULL", "email_key"),
        index_where("mail", "kind = 'account'", "state", "due_at"),
        index_where("mail", "message_id IS NOT NULL", "message_id"),
        index_where("mail", "bounced_at IS NOT NULL", "bounced_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[MailKind] = mapped_column(words_of(MailKind))
    state: Mapped[MailState] = mapped_column(words_of(MailState), default=MailState.WAITING)
    letter_id: Mapped[int | None] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    for_event: Mapped[int | None]  # seq of the decision behind it: undone together
    to_address: Mapped[str | None] = mapped_column(
        String(254)
    )  # mails within the house: editors, reporters
    email_key: Mapped[str | None] = mapped_column(String(64))  # whom it went to, for limits
    subject: Mapped[str | None] = mapped_column(String(300))  # once composed
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(String(200))  # fixed before the first try
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")
    # Waits for the mailbox that its letter came by to go live.
    is_stopped: Mapped[bool] = mapped_column(default=False)
    repeats_id: Mapped[int | None] = mapped_column(Id)  # the mail that an editor sent again
    words_id: Mapped[int | None] = mapped_column(Id)  # the column's own words that it was made of
    headers: Mapped[dict[str, Any] | None] = mapped_column(Json)  # as sent, without the address
    said: Mapped[str] = mapped_column(String(300), default="")  # the mail server, as it took it
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcTime)  # it came back, for good
    made_at: Mapped[datetime] = mapped_column(UtcTime)

    @property
    def is_for_writer(self) -> bool:
        """Whether it goes to the writer of the letter, not to somebody in the house."""
        return self.kind not in TO_THE_HOUSE
