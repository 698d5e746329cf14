"""What programs send: the bodies of requests, with the kinds of their values.

Kinds are strict: a number is no text. What is asked for besides is left out (no field of ours
can be set by its name). The rules of a letter's fields are those of `intake/fields`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from feedback.api.kinds import (
    ADecision,
    AnEditionState,
    AnOutcome,
    Day,
    Line,
    Note,
    Reason,
    Text,
    Version,
    longest,
)
from feedback.desk import edit
from feedback.domain.verification import Method
from feedback.edition import make
from feedback.edition.arrange import MOST_SECTIONS, MOST_SUBHEAD
from feedback.intake.fields import LIMITS

MOST_LETTERS = 1000  # of one section


class Sent(BaseModel):
    """Parent of bodies."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


def _box(name: str) -> Any:
    return Field(
        description=f"{name}. Yes is `true`, or `true`, `y`, `on`, `1` as text; the rest is no."
    )


class LetterSent(Sent):
    """A reader's letter."""

    article: str = Field(
        description="Address or headline of the article that it answers. One that is not found"
        " never refuses a letter.",
        json_schema_extra=longest(LIMITS["article"], 1),
    )
    remarks: str = Field(json_schema_extra=longest(LIMITS["remarks"], 1))
    name: str = Field(json_schema_extra=longest(LIMITS["name"], 1))
    town: str | None = Field(
        None,
        description="Town or state is required, abroad the country is enough.",
        json_schema_extra=longest(LIMITS["town"]),
    )
    state: str | None = Field(
        None,
        description="USPS letters, AP form or full name; abroad as written.",
        json_schema_extra=longest(LIMITS["state"]),
    )
    country: str | None = Field(
        None,
        description="ISO 3166 letters or English name; the United States unless told.",
        json_schema_extra=longest(LIMITS["country"]),
    )
    email: str = Field(
        description="Where we ask the writer; never printed.",
        json_schema_extra=longest(LIMITS["email"], 3),
    )
    phone: str | None = Field(None, json_schema_extra=longest(LIMITS["phone"]))
    affiliation: str | None = Field(
        None,
        description="Any interest in the matter.",
        json_schema_extra=longest(LIMITS["affiliation"]),
    )
    withhold_name: Annotated[bool | str | None, _box("Print it as “Name withheld”")] = None
    withhold_reason: str | None = Field(None, json_schema_extra=longest(LIMITS["withhold_reason"]))
    consent: Annotated[bool | str, _box("The letter may be edited and published")]


class LetterHeaders(Sent):
    """Headers of a letter that is sent in."""

    key: str | None = Field(
        None,
        alias="Idempotency-Key",
        max_length=200,
        description="Drawn by the sender, one a letter: the same key again is the same letter.",
    )


class LetterChange(Sent):
    """What to change of a letter; what is left out or null stays."""

    version: Version
    edited: Text | None = Field(
        None,
        description="The edited text; empty goes back to the original.",
        json_schema_extra=longest(edit.LIMITS["edited"]),
    )
    headline: Line | None = Field(None, json_schema_extra=longest(edit.LIMITS["headline"]))
    name: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=longest(edit.LIMITS["name"])
    )
    standing: Line | None = Field(
        None,
        description="An office, printed between name and place. Empty clears it.",
        json_schema_extra=longest(edit.LIMITS["standing"]),
    )
    town: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=longest(edit.LIMITS["town"])
    )
    state: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=longest(edit.LIMITS["state"])
    )
    country: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=longest(edit.LIMITS["country"])
    )
    article: int | str | None = Field(
        None, description="The article that it answers: id, address or headline."
    )
    general: bool | None = Field(None, description="It answers no article in particular.")


class DecisionSent(Sent):
    """A decision about a letter."""

    decision: ADecision
    version: Version
    reason: Reason | None = Field(
        None, description="For `decline` a reason code (`not_chosen` unless told), else free words."
    )
    tell: Literal["mail"] | None = Field(
        None, description="Mail the writer of a declined letter, after the grace delay."
    )
    until: Day | None = Field(
        None, description="The day on which a held letter comes back; 14 days on unless told."
    )
    when_ready: bool = Field(
        default=False, description="Approve as soon as the writer has answered; asks the writer."
    )
    override: Reason | None = Field(None, description="A chief's reason to pass shut gates.")


class VerificationSent(Sent):
    """What was found out about the writer."""

    method: Literal[Method.EMAIL, Method.PHONE, Method.POST, Method.IN_PERSON]
    outcome: AnOutcome
    note: Note = ""


class EditionSent(Sent):
    """A new edition."""

    title: Line = Field(json_schema_extra=longest(make.MOST_TITLE, 1))
    date: Day
    slug: str | None = Field(
        None,
        description="Small letters, digits, hyphens; the date unless told.",
        json_schema_extra=longest(make.MOST_SLUG),
    )
    column: str | None = Field(None, description="Slug of the column; the oldest unless told.")
    editors_note: Text | None = Field(None, json_schema_extra=longest(make.MOST_NOTE))


class SectionSent(Sent):
    """Letters that stand together."""

    subhead: Line | None = Field(None, json_schema_extra=longest(MOST_SUBHEAD))
    letters: list[str] = Field(max_length=MOST_LETTERS, description="References, in order.")


class EditionChange(Sent):
    """What to change of an edition; what is left out or null stays."""

    version: Version | None = None
    title: Line | None = Field(None, json_schema_extra=longest(make.MOST_TITLE, 1))
    editors_note: Text | None = Field(None, json_schema_extra=longest(make.MOST_NOTE))
    sections: list[SectionSent] | None = Field(
        None,
        max_length=MOST_SECTIONS,
        description="All of them: letters that join are placed, letters left out taken out.",
    )
    state: AnEditionState | None = Field(
        None,
        description="`published` puts it out; `draft` takes that back until a mail has left.",
    )
    override: Reason | None = Field(None, description="A chief's reason to pass shut gates.")
