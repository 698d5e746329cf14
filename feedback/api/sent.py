"""What programs send: bodies and queries, with the kinds of their values.

Kinds are strict: a number is no text. What is asked for besides is left out (no field of ours
can be set by its name). The rules of a letter's fields are those of `intake/fields`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from feedback.desk import edit
from feedback.domain.edition import EditionState
from feedback.domain.state import Decision, State
from feedback.domain.verification import Method, Outcome
from feedback.edition import make
from feedback.edition.arrange import MOST_SECTIONS, MOST_SUBHEAD
from feedback.export.formats import FORMATS
from feedback.intake.fields import LIMITS
from feedback.reading.cleaning import clean_line, clean_text
from feedback.writer.verify import MOST_NOTE

MOST_REASON = 2000
MOST_LETTERS = 1000  # of one section
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(given: object) -> object:
    """A day in the one form of RFC 3339; the schema finds other kinds."""
    if not isinstance(given, str):
        raise PydanticCustomError("string_type", "a day is text")
    if not DAY.fullmatch(given):
        raise ValueError("Write a day like 2024-02-11.")
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ValueError("There is no such day.") from error


def _at_most(most: int, clean: Callable[[str], str]) -> AfterValidator:
    """Cleaned, then measured."""

    def bounded(text: str) -> str:
        text = clean(text)
        if len(text) > most:
            raise PydanticCustomError(
                "string_too_long", "too long", {"max_length": most, "length": len(text)}
            )
        return text

    return AfterValidator(bounded)


def _longest(most: int, least: int = 0) -> dict[str, Any]:
    """For the description, where a rule of the desk itself measures."""
    return {"maxLength": most} | ({"minLength": least} if least else {})


Line = Annotated[str, AfterValidator(clean_line)]
Text = Annotated[str, AfterValidator(clean_text)]
Reason = Annotated[
    str, _at_most(MOST_REASON, clean_text), Field(json_schema_extra=_longest(MOST_REASON))
]
Note = Annotated[str, _at_most(MOST_NOTE, clean_text), Field(json_schema_extra=_longest(MOST_NOTE))]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=str)]
# Enums come as their values, which strict kinds would not take.
AState = Annotated[State, Field(strict=False)]
ADecision = Annotated[Decision, Field(strict=False)]
AnOutcome = Annotated[Outcome, Field(strict=False)]
AnEditionState = Annotated[EditionState, Field(strict=False)]
Version = Annotated[int, Field(description="The version that the change was made on.")]


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
        json_schema_extra=_longest(LIMITS["article"], 1),
    )
    remarks: str = Field(json_schema_extra=_longest(LIMITS["remarks"], 1))
    name: str = Field(json_schema_extra=_longest(LIMITS["name"], 1))
    town: str | None = Field(
        None,
        description="Town or state is required, abroad the country is enough.",
        json_schema_extra=_longest(LIMITS["town"]),
    )
    state: str | None = Field(
        None,
        description="USPS letters, AP form or full name; abroad as written.",
        json_schema_extra=_longest(LIMITS["state"]),
    )
    country: str | None = Field(
        None,
        description="ISO 3166 letters or English name; the United States unless told.",
        json_schema_extra=_longest(LIMITS["country"]),
    )
    email: str = Field(
        description="Where we ask the writer; never printed.",
        json_schema_extra=_longest(LIMITS["email"], 3),
    )
    phone: str | None = Field(None, json_schema_extra=_longest(LIMITS["phone"]))
    affiliation: str | None = Field(
        None,
        description="Any interest in the matter.",
        json_schema_extra=_longest(LIMITS["affiliation"]),
    )
    withhold_name: Annotated[bool | str | None, _box("Print it as “Name withheld”")] = None
    withhold_reason: str | None = Field(None, json_schema_extra=_longest(LIMITS["withhold_reason"]))
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
        json_schema_extra=_longest(edit.LIMITS["edited"]),
    )
    headline: Line | None = Field(None, json_schema_extra=_longest(edit.LIMITS["headline"]))
    name: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=_longest(edit.LIMITS["name"])
    )
    standing: Line | None = Field(
        None,
        description="An office, printed between name and place. Empty clears it.",
        json_schema_extra=_longest(edit.LIMITS["standing"]),
    )
    town: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=_longest(edit.LIMITS["town"])
    )
    state: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=_longest(edit.LIMITS["state"])
    )
    country: Line | None = Field(
        None, description="Empty clears it.", json_schema_extra=_longest(edit.LIMITS["country"])
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

    title: Line = Field(json_schema_extra=_longest(make.MOST_TITLE, 1))
    date: Day
    slug: str | None = Field(
        None,
        description="Small letters, digits, hyphens; the date unless told.",
        json_schema_extra=_longest(make.MOST_SLUG),
    )
    column: str | None = Field(None, description="Slug of the column; the oldest unless told.")
    editors_note: Text | None = Field(None, json_schema_extra=_longest(make.MOST_NOTE))


class SectionSent(Sent):
    """Letters that stand together."""

    subhead: Line | None = Field(None, json_schema_extra=_longest(MOST_SUBHEAD))
    letters: list[str] = Field(max_length=MOST_LETTERS, description="References, in order.")


class EditionChange(Sent):
    """What to change of an edition; what is left out or null stays."""

    version: Version | None = None
    title: Line | None = Field(None, json_schema_extra=_longest(make.MOST_TITLE, 1))
    editors_note: Text | None = Field(None, json_schema_extra=_longest(make.MOST_NOTE))
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


class Query(BaseModel):
    """Parent of queries: all values come as text, an empty one counts as not given."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    KEPT_EMPTY: ClassVar[frozenset[str]] = frozenset()  # where empty means something
    LISTS: ClassVar[frozenset[str]] = frozenset()  # given several times, or with commas

    @classmethod
    def values(cls, given: MultiDict[str, str]) -> dict[str, str | Sequence[str]]:
        """The query string's values, for the schema; the first counts where one is allowed."""
        found: dict[str, str | Sequence[str]] = {}
        for name in cls.model_fields:
            if name in cls.LISTS:
                parts = [p for text in given.getlist(name) for p in text.split(",") if p]
                found |= {name: parts} if parts else {}
            elif given.get(name) or (name in given and name in cls.KEPT_EMPTY):
                found[name] = given[name]
        return found


class ArticleQuery(Query):
    """Which articles."""

    KEPT_EMPTY = frozenset({"q"})

    q: Annotated[str, _at_most(LIMITS["article"], clean_line)] = Field(
        description="An address or a headline.", json_schema_extra=_longest(LIMITS["article"])
    )


class ContactsQuery(Query):
    """Whether to look at contact data."""

    contacts: bool = Field(
        default=False,
        description="With e-mail address and telephone, for roles that may see them; logged.",
    )


class LettersQuery(ContactsQuery):
    """Which letters."""

    LISTS = frozenset({"state"})

    state: list[State] = Field(
        default_factory=list, description="One or more, repeated or with commas; else all."
    )
    q: str = Field("", description="Words, “phrases”, -exclusions, or a reference.")
    article: str | None = Field(None, description="Id, address or headline of an article.")
    campaign: str | None = Field(None, description="Id of a campaign.")
    cursor: str | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=500)


class EditionsQuery(Query):
    """Which editions."""

    state: EditionState | None = None
    cursor: str | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=500)


def _format(name: str) -> str:
    if name not in FORMATS:
        raise PydanticCustomError("enum", "unknown", {"expected": ", ".join(FORMATS)})
    return name


FormatName = Annotated[
    str, AfterValidator(_format), Field(json_schema_extra={"enum": list(FORMATS)})
]


class ExportQuery(Query):
    """How to write an edition down."""

    format: FormatName
    part: Literal["body"] | None = Field(
        None, description="The part that is put into another page; `html` alone has one."
    )


class LettersExportQuery(ExportQuery):
    """Which letters to write down, and how."""

    LISTS = frozenset({"state"})

    state: list[State] = Field(
        default_factory=lambda: [State.APPROVED],
        description="One or more, repeated or with commas; approved letters unless told.",
    )
