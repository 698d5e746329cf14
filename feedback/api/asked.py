"""What programs ask for: the query strings of the API, with the kinds of their values."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from feedback.api.kinds import at_most, longest
from feedback.domain.edition import EditionState
from feedback.domain.state import State
from feedback.export.formats import FORMATS
from feedback.intake.fields import LIMITS
from feedback.reading.cleaning import clean_line


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

    q: Annotated[str, at_most(LIMITS["article"], clean_line)] = Field(
        description="An address or a headline.", json_schema_extra=longest(LIMITS["article"])
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
