"""The letter on the desk: who wrote, what it answers, where it stands."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from feedback.domain import taken_away
from feedback.domain.actor import Actor
from feedback.domain.article import Article
from feedback.domain.campaign import Campaign
from feedback.domain.column import Column
from feedback.domain.desk_facts import DeskFacts
from feedback.domain.errors import Refused, Stale
from feedback.domain.event import UNDOES, Event, EventKind
from feedback.domain.finding import StoredFinding
from feedback.domain.mapped import Entity, Id, Json, UtcTime, index_where, words_of
from feedback.domain.original import Contact, Original
from feedback.domain.revision import Revision
from feedback.domain.signature import Signature
from feedback.domain.state import MOVES, State, may_move
from feedback.domain.verification import Verification
from feedback.domain.writer import Writer

if TYPE_CHECKING:
    from feedback.domain.edition import Section

PRINTED_ABOUT_ARTICLES = "article_id IS NOT NULL AND published_on IS NOT NULL"
PRINTED_OF_WRITERS = "writer_id IS NOT NULL AND published_on IS NOT NULL"


class Channel(StrEnum):
    """How the letter reached us."""

    WEB = "web"  # the form
    API = "api"  # a program
    MAIL = "mail"  # a mail, pasted or dropped
    PAPER = "paper"  # a letter on paper, typed in
    TELEPHONE = "telephone"  # taken down on the telephone
    IMPORT = "import"  # an archive


class Letter(DeskFacts, Entity):
    """One letter; `move` alone changes its state."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_received_at_id", "received_at", "id"),
        Index("ix_letter_state_received_at_id", "state", "received_at", "id"),
        Index("ix_letter_article_id_received_at_id", "article_id", "received_at", "id"),
        Index("ix_letter_channel_received_at_id", "channel", "received_at", "id"),
        Index("ix_letter_state_reading_key", "state", "reading_key"),
        Index("ix_letter_writer_id_received_at_id", "writer_id", "received_at", "id"),
        # Of few letters at a time: those in editions, those whose checks are owed, those held.
        index_where("letter", "section_id IS NOT NULL", "section_id", "place_order"),
        index_where("letter", "checked_at IS NULL", "id"),
        index_where("letter", "compared_at IS NULL", "id"),
        *(index_where("letter", f"{n} IS NOT NULL", n) for n in ("hold_until", "answered_at")),
        index_where("letter", "campaign_id IS NOT NULL", "campaign_id", "id"),
        index_where("letter", "assigned_id IS NOT NULL", "assigned_id", "state"),
        index_where("letter", "published_on IS NOT NULL", "published_on", "writer_id"),
        index_where("letter", PRINTED_ABOUT_ARTICLES, "article_id", "published_on"),
        index_where("letter", PRINTED_OF_WRITERS, "writer_id", "published_on"),
    )

    # Made in the code (time and chance), so that a batch needs no round trip for numbers.
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    column_id: Mapped[int] = mapped_column(Id, ForeignKey("column.id"))
    ref: Mapped[str] = mapped_column(String(20), unique=True)
    channel: Mapped[Channel] = mapped_column(words_of(Channel))
    state: Mapped[State] = mapped_column(words_of(State))
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    word_count: Mapped[int]  # of the text that would print
    opening: Mapped[str] = mapped_column(String(200))  # its first words, for lists
    language: Mapped[str | None] = mapped_column(String(8))

    article_id: Mapped[int | None] = mapped_column(Id, ForeignKey("article.id"))
    article_given: Mapped[str] = mapped_column(String(2000), default="")
    matched_by: Mapped[str | None] = mapped_column(String(20))  # url, headline, reader, editor
    match_score: Mapped[float | None] = mapped_column(Float)
    is_general: Mapped[bool] = mapped_column(default=False)

    name: Mapped[str | None] = mapped_column(String(120))
    standing: Mapped[str | None] = mapped_column(String(200))
    town: Mapped[str | None] = mapped_column(String(100))
    place_state: Mapped[str | None] = mapped_column(String(100))
    country: Mapped[str | None] = mapped_column(String(100))
    is_withheld: Mapped[bool] = mapped_column(default=False)
    withhold_reason: Mapped[str | None] = mapped_column(String(500))
    affiliation: Mapped[str | None] = mapped_column(String(200))
    is_name_changed: Mapped[bool] = mapped_column(default=False)  # in more than case or spacing

    headline: Mapped[str | None] = mapped_column(String(300))
    has_bracket: Mapped[bool] = mapped_column(default=False)  # names its article in a bracket
    is_abridged: Mapped[bool] = mapped_column(default=False)

    state_reason: Mapped[str | None] = mapped_column(String(2000))
    hold_until: Mapped[date | None]
    overrides: Mapped[dict[str, str] | None] = mapped_column(Json)  # gate -> a chief's reason

    section_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("section.id", ondelete="SET NULL")
    )
    place_order: Mapped[int | None]
    mailbox_id: Mapped[int | None] = mapped_column(Id)  # the watched mailbox it came by
    submission_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    submission_digest: Mapped[str | None] = mapped_column(String(64))
    checked_at: Mapped[datetime | None] = mapped_column(UtcTime)  # findings and search are done
    event_count: Mapped[int] = mapped_column(default=1)
    chain_head: Mapped[str] = mapped_column(String(64), default="")

    # An outer join, since SQLite would begin with the columns and sort all letters of each.
    column: Mapped[Column] = relationship(lazy="joined")
    article: Mapped[Article | None] = relationship(lazy="joined")
    writer: Mapped[Writer | None] = relationship(viewonly=True)
    campaign: Mapped[Campaign | None] = relationship(viewonly=True)
    original: Mapped[Original] = relationship(viewonly=True)
    contact: Mapped[Contact | None] = relationship(viewonly=True)
    revisions: Mapped[list[Revision]] = relationship(
        order_by=Revision.number, cascade="all, delete-orphan", passive_deletes=True
    )
    verifications: Mapped[list[Verification]] = relationship(
        order_by=Verification.id, cascade="all, delete-orphan", passive_deletes=True
    )
    findings: Mapped[list[StoredFinding]] = relationship(order_by=StoredFinding.id, viewonly=True)
    if TYPE_CHECKING:  # made by Section.letters
        section: Mapped["Section | None"]
    events: WriteOnlyMapped[Event] = relationship(
        passive_deletes=True, cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def revision(self) -> Revision | None:
        """The newest edited text, None while the original stands."""
        return self.revisions[-1] if self.revisions else None

    @property
    def text(self) -> str:
        """What would print: the newest revision, else the original."""
        return self.revision.remarks if self.revision else self.original.remarks

    @property
    def signature(self) -> Signature:
        """How the writer is printed."""
        return Signature(
            name=self.name,
            standing=self.standing,
            town=self.town,
            state=self.place_state,
            country=self.country,
            withheld=self.is_withheld,
        )

    @property
    def missing(self) -> list[str]:
        """What the writer is still to be asked for, by the names of the form's fields."""
        gaps = []
        if self.article_id is None and not self.is_general:
            gaps.append("article")
        if not self.name:
            gaps.append("name")
        if self.column.place_rule != "optional" and not self.has_place:
            gaps.append("town")
        return gaps

    @property
    def has_place(self) -> bool:
        """True where a town or a state is known, or a country abroad."""
        return bool(self.town or self.place_state or (self.country and self.country != "US"))

    def expect(self, version: int | None) -> None:
        """Raise Stale unless `version` (where one is given) is the present one."""
        if version is not None and version != self.version:
            raise Stale("Somebody else has changed this letter since you opened it.", self.version)

    def require_move(self, to: State) -> None:
        """Raise Refused (kind `move`, with `allowed`) where the table does not have the move."""
        if not may_move(self.state, to):
            allowed = [s.value for s in MOVES[self.state]]
            raise Refused(
                f"A letter that is {self.state} cannot become {to}.", "move", {"allowed": allowed}
            )

    def move(
        self,
        to: State,
        by: Actor,
        at: datetime,
        why: str | None = None,
        facts: dict[str, Any] | None = None,
    ) -> Event:
        """Change the state and log it: the only way.

        Raises Refused (kind `move`, with `allowed`) where the table does not have the move.
        """
        self.require_move(to)
        facts = {**(facts or {}), **taken_away.by_move(self, to)}
        before, self.state = self.state, to
        self.state_reason = why
        if to is not State.HELD:
            self.hold_until = None
        if to is not State.SHORTLISTED:
            self.forget_wish()
        if before is State.PLACED and to is not State.PUBLISHED:
            self.section_id = self.place_order = None
        return self._log(EventKind.MOVED, by, at, why, facts or None, before, to)

    def take_back(self, event: Event, by: Actor, at: datetime) -> Event:
        """Return to where the letter stood before `event`, its last move or an editor's wish.

        Its place in an edition is given back by whoever knows whether that is still free.
        """
        if event.kind is EventKind.WANTED and self.wanted is not None:
            self.forget_wish()
            return self._log(EventKind.UNDONE, by, at, None, {UNDOES: event.seq})
        if event.from_state is None or event.to_state is not self.state:
            raise Refused("There is nothing to undo.", "move", {"allowed": []})
        before, self.state = self.state, event.from_state
        if before is State.PLACED:
            self.section_id = self.place_order = None
        taken_away.give_back(self, event)
        facts = {UNDOES: event.seq}
        return self._log(EventKind.UNDONE, by, at, None, facts, before, event.from_state)

    def unprint(self, by: Actor, at: datetime, printed: Event | None = None) -> Event:
        """Back into the edition that is a draft again, as if it had not been published.

        `printed` is the move that is undone: what a chief passed over in it counts again.
        """
        if self.state is not State.PUBLISHED:
            raise Refused("This letter is not printed.", "move", {"allowed": []})
        self.state = State.PLACED
        self.published_on = None
        facts = None
        if printed is not None:
            taken_away.give_back(self, printed)
            facts = {UNDOES: printed.seq}
        return self._log(EventKind.UNDONE, by, at, None, facts, State.PUBLISHED, State.PLACED)

    def record(
        self,
        kind: EventKind,
        by: Actor,
        at: datetime,
        why: str | None = None,
        facts: dict[str, Any] | None = None,
    ) -> Event:
        """Log something that leaves the state as it is."""
        return self._log(kind, by, at, why, facts)

    def want_approved(self, by: Actor, at: datetime) -> Event:
        """Remember that an editor approves it as soon as the writer has answered."""
        self.wanted, self.wanted_by_id, self.wanted_by_name = State.APPROVED, by.id, by.name
        return self._log(EventKind.WANTED, by, at)

    def override(self, shut: list[str], reason: str, by: Actor, at: datetime) -> None:
        """A chief passes over gates that are shut; the reason is logged and shown."""
        if shut:
            self.overrides = {**(self.overrides or {}), **dict.fromkeys(shut, reason)}
            self._log(EventKind.OVERRIDDEN, by, at, reason, {"gates": shut})

    def forget_override(self, gate: str) -> bool:
        """The gate counts again; True where it had been passed over."""
        if not self.overrides or gate not in self.overrides:
            return False
        self.overrides = {g: r for g, r in self.overrides.items() if g != gate} or None
        return True

    def _log(
        self,
        kind: EventKind,
        by: Actor,
        at: datetime,
        why: str | None = None,
        facts: dict[str, Any] | None = None,
        before: State | None = None,
        to: State | None = None,
    ) -> Event:
        self.event_count += 1
        self.hear(kind, by, at)
        event = Event(
            letter_id=self.id,
            seq=self.event_count,
            at=at,
            kind=kind,
            by_kind=by.kind,
            by_id=by.id,
            by_name=by.name,
            from_state=before,
            to_state=to,
            why=why,
            facts=facts,
        )
        self.events.add(event)
        return event
