"""What can go wrong, in words that a person can read; no status codes here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class FeedbackError(Exception):
    """Parent of all that the desk says no to; `message` is ready to be shown."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(FeedbackError):
    """The request cannot be carried out as it stands.

    `kind` names the reason for machines (`gates`, `move`, `fields`, …); `details` carries what
    goes with it (missing gates, allowed moves, errors of fields).
    """

    def __init__(
        self, message: str, kind: str | None = None, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.details = dict(details or {})


@dataclass(frozen=True)
class WrongField:
    """What is wrong with one field: `code` for programs, `message` says what to do."""

    field: str
    message: str
    code: str = "invalid"


def refuse_fields(message: str, wrong: Sequence[WrongField]) -> Refused:
    """A refusal that says of each field what is wrong with it."""
    return Refused(message, "fields", {"field": wrong[0].field, "errors": list(wrong)})


class NotAllowed(FeedbackError):
    """This person may not do that."""


class Stale(FeedbackError):
    """Somebody else saved in the meantime; `version` is the present one."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


class NotFound(FeedbackError):
    """There is no such thing."""


class Unreachable(FeedbackError):
    """Something outside does not answer: mail server, site, database."""
