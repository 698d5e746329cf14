"""What a browser sent, read strictly: text that is whole, one value a field."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flask import Request, g
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import UnsupportedMediaType
from wtforms import ValidationError

URLENCODED = "application/x-www-form-urlencoded"
FORMS = frozenset({URLENCODED, "multipart/form-data"})

OLDEST_TOKEN = 2 * 60 * 60 - 1  # seconds; one of two hours is too old


@dataclass(frozen=True)
class Sent:
    """The fields of a form as they came.

    `doubled` are fields that came more than once; `is_garbled` tells that the bytes are no text
    (broken UTF-8, half characters).
    """

    values: ImmutableMultiDict[str, str]
    doubled: tuple[str, ...]
    is_garbled: bool

    def __getitem__(self, name: str) -> str:
        return self.values.get(name) or ""

    @property
    def has_token(self) -> bool:
        """True where the CSRF token belongs to this browser and is not too old."""
        if g.get("csrf_valid"):  # Flask-WTF's mark of a request whose token was looked at
            return True
        try:
            validate_csrf(self["csrf_token"], time_limit=OLDEST_TOKEN)
        except ValidationError:
            return False
        return True


def read_sent(asked: Request, names: Iterable[str]) -> Sent:
    """Read a form with the fields `names`.

    Raises UnsupportedMediaType (415) for what is no form, RequestEntityTooLarge (413) for one
    that is too large.
    """
    if asked.mimetype not in FORMS:
        raise UnsupportedMediaType
    body = asked.get_data()
    values: ImmutableMultiDict[str, str] = asked.form
    return Sent(
        values=values,
        doubled=tuple(name for name in names if len(values.getlist(name)) > 1),
        is_garbled=not _is_text(body, is_encoded=asked.mimetype == URLENCODED),
    )


def _is_text(body: bytes, *, is_encoded: bool) -> bool:
    """Separators are ASCII, so the whole body is good UTF-8 just where each value is."""
    if body.isascii() and b"%" not in body:
        return True
    try:
        (unquote_to_bytes(body) if is_encoded else body).decode()
    except UnicodeDecodeError:
        return False
    return True
