"""JSON as programs send it: read strictly, so that no two readers see two texts in it."""

import json
import re
from typing import Any, NoReturn

from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from feedback.reading.cleaning import SURROGATES

MOST_DEPTH = 32  # arrays and objects within one another; our own bodies need four
# A string, which may hold brackets, or one bracket. Never goes back, whatever the text is.
STEP = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def read_json(asked: Request) -> Any:
    """The body of a request, parsed.

    Half characters (lone surrogates) become U+FFFD, as everywhere. Raises UnsupportedMediaType
    for another content type, BadRequest for what is not JSON of RFC 8259 (too deep, NaN, numbers
    beyond a float, duplicate names, not UTF-8).
    """
    if not asked.is_json:
        raise UnsupportedMediaType("Send JSON: Content-Type: application/json.")
    raw = asked.get_data(cache=False)
    if _is_too_deep(raw):
        raise BadRequest(f"The JSON is nested more than {MOST_DEPTH} deep.")
    try:
        found = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadRequest("The body is not UTF-8.") from error
    except ValueError as error:
        raise BadRequest(f"The body is not valid JSON: {_what(error)}.") from error
    has_halves = b"\\ud" in raw or b"\\uD" in raw
    return _without_halves(found) if has_halves else found


class _NotJson(ValueError):
    """Python would read it, the standard does not."""


def _is_too_deep(raw: bytes) -> bool:
    if raw.count(b"[") + raw.count(b"{") <= MOST_DEPTH:
        return False
    depth = 0
    for step in STEP.finditer(raw):
        first = step[0][:1]
        if first in b"[{":
            depth += 1
            if depth > MOST_DEPTH:
                return True
        elif first in b"]}":
            depth -= 1
    return False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _NotJson("a name stands twice in one object")
    return found


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _NotJson("a number is too large")
    return number


def _no_constant(name: str) -> NoReturn:
    raise _NotJson(f"{name} is no JSON number")


def _without_halves(found: Any) -> Any:
    if isinstance(found, str):
        if not SURROGATES.search(found):
            return found
        return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(found, list):
        return [_without_halves(one) for one in found]
    if isinstance(found, dict):
        return {_without_halves(name): _without_halves(one) for name, one in found.items()}
    return found


def _what(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()}, line {error.lineno}, column {error.colno}"
    # Python's own words for a number of too many digits name its settings.
    return str(error) if isinstance(error, _NotJson) else "a number is too large"


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_finite, parse_constant=_no_constant
)
