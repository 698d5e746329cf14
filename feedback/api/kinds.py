"""Kinds of values in what programs send: days, lines and texts that are cleaned and measured."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from feedback.domain.edition import EditionState
from feedback.domain.state import Decision
from feedback.domain.verification import Outcome
from feedback.reading.cleaning import clean_line, clean_text
from feedback.writer.verify import MOST_NOTE

MOST_REASON = 2000
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


def at_most(most: int, clean: Callable[[str], str]) -> AfterValidator:
    """Cleaned, then measured."""

    def bounded(text: str) -> str:
        text = clean(text)
        if len(text) > most:
            raise PydanticCustomError(
                "string_too_long", "too long", {"max_length": most, "length": len(text)}
            )
        return text

    return AfterValidator(bounded)


def longest(most: int, least: int = 0) -> dict[str, Any]:
    """For the description, where a rule of the desk itself measures."""
    return {"maxLength": most} | ({"minLength": least} if least else {})


Line = Annotated[str, AfterValidator(clean_line)]
Text = Annotated[str, AfterValidator(clean_text)]
Reason = Annotated[
    str, at_most(MOST_REASON, clean_text), Field(json_schema_extra=longest(MOST_REASON))
]
Note = Annotated[str, at_most(MOST_NOTE, clean_text), Field(json_schema_extra=longest(MOST_NOTE))]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=str)]
# Enums come as their values, which strict kinds would not take.
ADecision = Annotated[Decision, Field(strict=False)]
AnOutcome = Annotated[Outcome, Field(strict=False)]
AnEditionState = Annotated[EditionState, Field(strict=False)]
Version = Annotated[int, Field(description="The version that the change was made on.")]
