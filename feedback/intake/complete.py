"""The writer's answers to what was missing."""

from collections.abc import Mapping

from feedback.domain.actor import WRITER
from feedback.domain.errors import Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.signature import HOME
from feedback.domain.state import OPEN
from feedback.intake.article_match import match_article
from feedback.intake.fields import FieldError, read_place, too_long
from feedback.reading.cleaning import clean_line
from feedback.store.work import Work

# The fields that answer to each thing that is missing.
ANSWERS = {"article": ("article",), "name": ("name",), "town": ("town", "state", "country")}


def complete(
    work: Work,
    letter: Letter,
    given: Mapping[str, str],
    hosts: frozenset[str] = frozenset(),
    chosen: int | None = None,
) -> list[str]:
    """Fill what is missing, and only that; returns what was filled, as `missing` calls it.

    Raises Refused (kind `fields`) for values that cannot be taken, (kind `move`) once the
    letter is no longer open.
    """
    if letter.state not in OPEN:
        raise Refused("This letter can no longer be changed.", "move")
    missing = letter.missing
    errors = too_long(given, [field for gap in missing for field in ANSWERS[gap]])
    place = _place(given, errors) if "town" in missing else None
    if errors:
        raise Refused("This has not been saved yet.", "fields", {"errors": errors})
    filled: list[str] = []
    typed = clean_line(given.get("article") or "")
    if "article" in missing and (typed or chosen):
        letter.article_given = typed or letter.article_given
        match = match_article(work, letter.article_given, hosts, chosen)
        letter.article, letter.matched_by, letter.match_score = match.article, match.by, match.score
        filled.append("article")
    name = clean_line(given.get("name") or "")
    if "name" in missing and name:
        letter.name = name
        filled.append("name")
    if place is not None:
        letter.town, letter.place_state, letter.country = place
        filled.append("town")
    if filled:
        letter.checked_at = None
        letter.record(EventKind.COMPLETED, WRITER, work.now, None, {"fields": filled})
        work.session.flush()  # only then is the article's number on the letter
    return filled


def _place(
    given: Mapping[str, str], errors: list[FieldError]
) -> tuple[str | None, str | None, str | None] | None:
    """Where the writer lives; None where nothing is said of it. Adds to `errors`."""
    taken = {error.field for error in errors}
    wrong: list[FieldError] = []
    town, state, country = read_place(given, wrong)
    errors += [error for error in wrong if error.field not in taken]
    return (town, state, country) if town or state or country not in (None, HOME) else None
