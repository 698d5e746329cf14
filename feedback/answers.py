"""How each error is answered: by a page or a program's call, by the command line."""

from feedback.accounts.guard import NotKnown
from feedback.domain.errors import (
    FeedbackError,
    NotAllowed,
    NotFound,
    Refused,
    Stale,
    Unreachable,
)

# HTTP status and exit code (sysexits for what may be tried again); the first that fits counts.
TABLE: tuple[tuple[type[FeedbackError], int, int], ...] = (
    (NotKnown, 401, 1),
    (NotAllowed, 403, 1),
    (NotFound, 404, 1),
    (Stale, 409, 1),
    (Unreachable, 503, 75),
    (Refused, 422, 1),
)
CONFLICTS = frozenset({"gates", "move"})  # refusals by the state that a letter is in: 409


def status_of(error: FeedbackError) -> int:
    """The HTTP status."""
    if isinstance(error, Refused) and error.kind in CONFLICTS:
        return 409
    return next(status for kind, status, _code in TABLE if isinstance(error, kind))


def exit_code_of(error: FeedbackError) -> int:
    """The exit code of a command."""
    return next(code for kind, _status, code in TABLE if isinstance(error, kind))
