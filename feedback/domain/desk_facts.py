"""What the desk knows of a letter beside its text: whose it is, where it stands in line."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.actor import Actor, ActorKind
from feedback.domain.campaign import Membership
from feedback.domain.event import EventKind
from feedback.domain.mapped import Id, Json, UtcTime, words_of
from feedback.domain.reading_order import KEY_LENGTH, reading_key
from feedback.domain.sender_auth import SenderAuth
from feedback.domain.state import State

if TYPE_CHECKING:
    from feedback.domain.article import Article

ANSWERS = frozenset({EventKind.COMPLETED, EventKind.VERIFIED, EventKind.REPLIED})


class DeskFacts:
    """Columns of a letter that checks and editors fill in; a part of `Letter`."""

    if TYPE_CHECKING:  # of the letter itself
        id: Mapped[int]
        article: Mapped[Article | None]
        state: Mapped[State]
        is_general: Mapped[bool]

    wanted: Mapped[State | None] = mapped_column(words_of(State))
    wanted_by_id: Mapped[int | None] = mapped_column(Id)
    wanted_by_name: Mapped[str | None] = mapped_column(String(120))
    # Made anew whenever the letter is stored; see `domain/reading_order`.
    reading_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)  # no editor has looked since
    writer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("writer.id"))
    is_first: Mapped[bool] = mapped_column(default=False)  # nothing came from this writer before
    published_on: Mapped[date | None]  # day of the edition that printed it
    campaign_id: Mapped[int | None] = mapped_column(Id, ForeignKey("campaign.id"))
    compared_at: Mapped[datetime | None] = mapped_column(UtcTime)  # with all that came before
    membership: Mapped[Membership | None] = mapped_column(words_of(Membership))
    assigned_id: Mapped[int | None] = mapped_column(Id)  # the editor whose letter it is
    assigned_name: Mapped[str | None] = mapped_column(String(120))
    assigned_at: Mapped[datetime | None] = mapped_column(UtcTime)
    open_claims: Mapped[int] = mapped_column(default=0)  # questions (cq) that are not settled
    is_answer: Mapped[bool] = mapped_column(default=False)  # to criticism of its writer
    auth: Mapped[dict[str, Any] | None] = mapped_column(Json)  # of a mail: see `came_from`
    message_id: Mapped[str | None] = mapped_column(String(250))  # of the writer's own mail

    @property
    def came_from(self) -> SenderAuth | None:
        """What our mail server found of the sender; None for what did not come as a mail."""
        return SenderAuth.of(self.auth)

    def hear(self, kind: EventKind, by: Actor, at: datetime) -> None:
        """Note that the writer has answered the desk; whoever works on the letter has heard it.

        What a writer says before an editor has looked is no answer to anybody.
        """
        if by.kind is ActorKind.EDITOR and kind is not EventKind.CONTACT_SEEN:
            self.answered_at = None
        was_looked_at = self.state is not State.RECEIVED or self.wanted is not None
        if by.kind is ActorKind.WRITER and kind in ANSWERS and was_looked_at:
            self.answered_at = at

    def await_editor(self, at: datetime) -> None:
        """The writer has said something that only a person can answer, looked at or not."""
        self.answered_at = at

    def stand_in_line(self) -> None:
        """Find its place in the order in which editors read; the store calls it as it writes."""
        self.reading_key = reading_key(
            self.id,
            self.article.id if self.article else None,
            self.article.published_on if self.article else None,
            has_answered=self.answered_at is not None,
            is_first=self.is_first,
            is_general=self.is_general,
        )

    @property
    def wanted_actor(self) -> Actor:
        """The editor who wants it approved once the writer has answered."""
        return Actor(ActorKind.EDITOR, self.wanted_by_name or "", self.wanted_by_id)

    def forget_wish(self) -> None:
        """Nobody wants it approved by the writer's answer any more."""
        self.wanted = self.wanted_by_id = self.wanted_by_name = None
