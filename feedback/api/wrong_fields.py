"""What is wrong with a body or a query, field by field, from what the schema found."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from feedback.domain.errors import Refused
from feedback.intake.fields import FieldError

Model = TypeVar("Model", bound=BaseModel)

BODY = "body"  # stands for the whole where no field can be named
# Kinds that a schema expected, in words.
KINDS = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
}
NUMBERS = {"int_parsing", "int_parsing_size", "int_from_float"}
# Where a value may be of two kinds the schema says for which of them it tried.
TRIED = frozenset({"int", "str", "bool"})


def checked(model: type[Model], given: object, *, is_flat: bool = False) -> Model:
    """What was given, as the model has it; raises Refused (kind `fields`) with all errors.

    `is_flat`: errors name the field alone, not the place in a list of values.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        errors = field_errors(error, is_flat=is_flat)
        raise Refused(_sentence(errors), "fields", {"errors": errors}) from error


def field_errors(error: ValidationError, *, is_flat: bool = False) -> list[FieldError]:
    """One error a field, in the order of the schema; never with a word of what was sent."""
    by_field: dict[str, list[ErrorDetails]] = {}
    for found in error.errors(include_url=False):
        parts = [str(part) for part in found["loc"] if part not in TRIED]
        parts = parts[:1] if is_flat else parts
        by_field.setdefault(".".join(parts) or BODY, []).append(found)
    return [_field_error(field, found) for field, found in by_field.items()]


def _field_error(field: str, found: Sequence[ErrorDetails]) -> FieldError:
    first = found[0]
    kind, context = first["type"], first.get("ctx", {})
    if kind == "missing" or (first["input"] is None and field != BODY):
        return FieldError(field, "required", "This is required.")
    kinds = [KINDS[one["type"]] for one in found if one["type"] in KINDS]
    if kinds:
        return FieldError(field, "type", f"This must be {' or '.join(kinds)}.")
    if kind in NUMBERS:
        return FieldError(field, "type", "This must be a whole number.")
    return FieldError(field, *_rule(kind, context, first["msg"]))


def _rule(kind: str, context: Mapping[str, Any], says: str) -> tuple[str, str]:
    """Code and sentence for a value of the right kind that a rule does not take."""
    match kind:
        case "enum" | "literal_error":
            return "unknown", f"Choose one of: {context['expected']}."
        case "greater_than_equal":
            return "range", f"This must be at least {context['ge']}."
        case "less_than_equal":
            return "range", f"This must be at most {context['le']}."
        case "too_long" | "string_too_long":
            return "too_long", f"Shorten this to {context['max_length']:,} at most."
        case "value_error":
            return "invalid", str(context["error"])
        case _:
            return "invalid", f"{says}."


def _sentence(errors: Sequence[FieldError]) -> str:
    if len(errors) == 1:
        return f"{errors[0].field}: {errors[0].message}"
    return f"{len(errors)} fields are wrong or missing."
