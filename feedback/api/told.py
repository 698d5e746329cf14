"""What programs are told: the shape of every answer, for its description and for its tests."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel

from feedback.domain.edition import EditionState
from feedback.domain.finding import Result
from feedback.domain.letter import Channel
from feedback.domain.state import State


class Said(BaseModel):
    """Parent of answers; more members may come with time."""

    # Built when it is first asked for: the server starts without.
    model_config = ConfigDict(defer_build=True)


class Received(Said):
    """A letter that was taken."""

    ref: str
    state: State
    status_url: str = Field(description="The reader's own page: secret.")
    missing: list[str] = Field(description="Fields that the writer is still to be asked for.")


class FoundArticle(Said):
    """An article that an address or a headline may mean."""

    id: int
    url: str | None = Field(description="As imported.")
    headline: str
    author: str | None
    published_on: date | None
    score: float = Field(description="How surely, 0 to 100.")


class FoundArticles(RootModel[list[FoundArticle]]):
    """Articles, likeliest first."""

    model_config = ConfigDict(defer_build=True)


class AnsweredArticle(Said):
    """The article that a letter answers."""

    id: int
    url: str | None = Field(description="As imported.")
    headline: str
    author: str | None
    published_on: date | None
    given: str = Field(description="What the writer gave.")
    matched_by: str | None = Field(description="`url`, `headline`, `reader` or `editor`.")
    score: float | None


class PrintedSignature(Said):
    """How the writer is printed."""

    name: str | None
    standing: str | None
    town: str | None
    state: str | None
    country: str | None
    printed: str
    withheld: bool


class Remarks(Said):
    """The letter's words."""

    original: str
    edited: str | None
    headline: str | None
    cut_percent: float
    added_percent: float
    abridged: bool


class Check(Said):
    """What one check found."""

    name: str
    version: int
    outcome: Result
    says: str
    evidence: list[str]


class Contacts(Said):
    """How to reach the writer."""

    email: str | None
    phone: str | None


class LetterRecord(Said):
    """A letter."""

    ref: str
    channel: Channel
    state: State
    state_reason: str | None
    version: int
    received_at: datetime
    language: str | None
    word_count: int
    article: AnsweredArticle | None
    article_given: str = Field(description="What the writer gave, also where no article was found.")
    general: bool = Field(description="It answers no article in particular.")
    signature: PrintedSignature
    remarks: Remarks
    gates: dict[str, bool]
    overrides: dict[str, str] = Field(
        description="Gates that a chief passed over, with the reasons."
    )
    checks: list[Check]
    campaign: int | None
    edition: str | None = Field(description="Slug of the edition that it stands in.")
    wanted: State | None = Field(description="What becomes of it once the writer has answered.")
    missing: list[str]
    contacts: Contacts | None = Field(None, description="Only where they were asked for.")
    proposed: list[str] | None = Field(
        None,
        description="Only where a role that drafts sent an edit: what waits for an editor.",
    )


class LetterPage(Said):
    """Letters, newest first."""

    letters: list[LetterRecord]
    next: str | None = Field(description="Cursor of the next page.")


class EditionSection(Said):
    """Letters that stand together."""

    subhead: str | None
    letters: list[str]


class EditionRecord(Said):
    """An edition."""

    slug: str
    title: str
    editors_note: str
    date: date
    column: str
    state: EditionState
    version: int
    sections: list[EditionSection]


class EditionPage(Said):
    """Editions, newest first."""

    editions: list[EditionRecord]
    next: str | None = Field(description="Cursor of the next page.")


class WrongField(Said):
    """What is wrong with a field."""

    field: str
    code: str
    message: str


class ShutGates(Said):
    """A letter that is not ready."""

    ref: str
    gates: list[str]


class Problem(Said):
    """An error (RFC 9457)."""

    type: str = Field(
        examples=["about:blank"],
        description="Ends in `/gates`, `/stale` or `/move` where a program can act upon it.",
    )
    status: int
    title: str
    detail: str | None = None
    errors: list[WrongField] | None = None
    missing: list[str] | list[ShutGates] | None = Field(None, description="With `/gates`.")
    version: int | None = Field(None, description="With `/stale`: the present one.")
    allowed: list[str] | None = Field(
        None, description="With `/move`: the states that it can move to."
    )
    candidates: list[dict[str, Any]] | None = Field(
        None, description="Articles that an ambiguous one may mean."
    )
