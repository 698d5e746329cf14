"""Is the writer who they say: each attempt to find out."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.actor import ActorKind
from feedback.domain.mapped import Entity, Id, UtcTime, words_of


class Method(StrEnum):
    """How it was checked."""

    LINK = "link"  # the writer's own answer by the confirm link
    EMAIL = "email"  # by mail: an editor wrote and got an answer, or the writer's own plain yes
    PHONE = "phone"  # an editor rang the writer
    POST = "post"  # a letter to the address given
    IN_PERSON = "in_person"  # the writer came by


# What an editor may record; the link is the writer's own.
EDITORS_METHODS = (Method.EMAIL, Method.PHONE, Method.POST, Method.IN_PERSON)


class Outcome(StrEnum):
    """What came of it."""

    CONFIRMED = "confirmed"  # the writer said yes
    DENIED = "denied"  # the person did not write it
    NO_ANSWER = "no_answer"  # nothing learned


class Verification(Entity):
    """One attempt; the latest that learned something counts."""

    __tablename__ = "verification"
    __table_args__ = (Index("ix_verification_letter_id", "letter_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    letter_id: Mapped[int] = mapped_column(Id, ForeignKey("letter.id", ondelete="CASCADE"))
    method: Mapped[Method] = mapped_column(words_of(Method))
    outcome: Mapped[Outcome] = mapped_column(words_of(Outcome))
    note: Mapped[str] = mapped_column(String(1000), default="")
    by_kind: Mapped[ActorKind] = mapped_column(words_of(ActorKind))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcTime)

    @property
    def is_writers_own(self) -> bool:
        """Whether the writer said it to the desk's mail, by its link or in reply."""
        return self.method is Method.LINK or self.by_kind is ActorKind.WRITER
