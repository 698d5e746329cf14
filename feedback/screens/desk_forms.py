"""What forms of the desk have in common: the version they were made for, what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from feedback.domain.errors import Refused


@dataclass(frozen=True)
class Form:
    """A form as it is drawn: its values, what is wrong with them, field by field.

    `saved` is what is stored, by field, where it differs from what was typed and somebody else
    has saved meanwhile: then the page shows both.
    """

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)
    saved: Mapping[str, str] = field(default_factory=dict)
    is_stale: bool = False

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pairs of field and sentence, for the summary."""
        return list(self.errors.items())


def version_sent() -> int:
    """The version that the page was made for. Raises Refused where it does not say."""
    sent = request.form.get("version", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 9:
        raise Refused("Reload the page: it does not say which version it shows.", "fields")
    return int(sent)


def typed(*names: str) -> dict[str, str]:
    """What was sent for these fields, with plain line ends."""
    return {name: request.form.get(name, "").replace("\r\n", "\n") for name in names}


def errors_of(error: Refused, otherwise: str) -> dict[str, str]:
    """What a refusal says of each field; `otherwise` is the field where it names none."""
    listed = error.details.get("errors")
    if listed:
        return {one.field: one.message for one in listed}
    return {str(error.details.get("field", otherwise)): error.message}


def differing(values: Mapping[str, str], saved: Mapping[str, str]) -> dict[str, str]:
    """What is stored for the fields that were typed otherwise."""
    return {
        name: saved[name]
        for name in values
        if name in saved and _plain(values[name]) != _plain(saved[name])
    }


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
