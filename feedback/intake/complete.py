"""The writer's answers to what was missing."""

from collections.abc import Mapping

from feedback.domain.actor import WRITER
from feedback.domain.errors import Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.state import OPEN
from feedback.intake.article_match import match_article
from feedback.intake.fields import LIMITS, FieldError, read_place
from feedback.reading.cleaning import clean_line
from feedback.store.work import Work


def complete(
    work: Work,
    letter: Letter,
    given: Mapping[str, str],
    hosts: frozenset[str] = frozenset(),
    chosen: int | None = None,
) -> list[str]:
    """Fill what is missing, and only that; returns the names of the fields filled.

    Raises Refused (kind `fields`) for values that cannot be taken, (kind `move`) once the
    letter is no longer open.
    """
    if letter.state not in OPEN:
        raise Refused("This letter can no longer be changed.", "move")
    errors: list[FieldError] = []
    filled: list[str] = []
    missing = letter.missing
    if "article" in missing and (given.get("article") or chosen):
        typed = clean_line(given.get("article") or "")[: LIMITS["article"]]
        match = match_article(work, typed or letter.article_given, hosts, chosen)
        letter.article_given = typed or letter.article_given
        letter.article, letter.matched_by, letter.match_score = match.article, match.by, match.score
        filled.append("article")
    if "name" in missing and given.get("name"):
        name = clean_line(given["name"])
        if len(name) > LIMITS["name"]:
            errors.append(FieldError("name", "too_long", "Shorten your name to 120 characters."))
        letter.name = name or None
        filled.append("name")
    if "town" in missing and (given.get("town") or given.get("state") or given.get("country")):
        place = read_place(given, errors)
        letter.town, letter.place_state, letter.country = place
        filled.append("town")
    if errors:
        raise Refused("This has not been saved yet.", "fields", {"errors": errors})
    if filled:
        letter.checked_at = None
        letter.record(EventKind.COMPLETED, WRITER, work.now, None, {"fields": filled})
        work.session.flush()  # only then is the article's number on the letter
    return filled
