"""The order in which editors read: one key a letter, compared as text.

Replies of writers stand first; then come the letters article by article, the newest article on
top; within an article those who never wrote before, then the oldest. Letters about no article in
particular, then those about an unknown one, stand last. The key has digits alone, so that every
database sorts it alike.
"""

from datetime import date
from typing import Any

DAYS = 9_999_999  # more than date.max has
ARTICLE_AT, ARTICLE_ENDS = 1, 27  # where the article's part of a key stands
KEY_LENGTH = 47
UNKNOWN = "9" * 26  # no article is known
GENERAL = "9" * 25 + "8"  # about no article in particular


def reading_key(
    letter_id: int,
    article_id: int | None,
    article_on: date | None,
    *,
    has_answered: bool,
    is_first: bool,
    is_general: bool = False,
) -> str:
    """The key, 47 digits: smaller ones are read first.

    `letter_id` goes up with the moment of receipt, and makes the key a letter's own.
    """
    return (
        f"{0 if has_answered else 1}"
        f"{GENERAL if is_general else article_part(article_id, article_on)}"
        f"{0 if is_first else 1}"
        f"{letter_id:019d}"
    )


def article_part(article_id: int | None, article_on: date | None) -> str:
    """The 26 digits that keep the letters of an article together; unknown articles come last."""
    if article_id is None:
        return UNKNOWN
    day = article_on.toordinal() if article_on else 0
    return f"{DAYS - day:07d}{article_id:019d}"


def reading_key_of_row(row: dict[str, Any], article_on: date | None) -> str:
    """The key of a letter that is about to be stored, by its columns."""
    return reading_key(
        row["id"],
        row["article_id"],
        article_on,
        has_answered=False,
        is_first=False,
        is_general=row["is_general"],
    )
