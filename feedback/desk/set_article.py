"""Say which article a letter answers, or that it answers none."""

from typing import Any

from feedback.domain.actor import Actor
from feedback.domain.article import Article
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import COUNTS_AGAIN, EventKind
from feedback.domain.gates import recall_complete
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.store.work import Work


def set_article(
    work: Work, letter: Letter, article: Article, by: Editor, version: int | None
) -> None:
    """The letter answers `article`; what the writer gave is kept beside it."""
    _prepare(letter, by, version)
    letter.article, letter.is_general = article, False
    letter.matched_by, letter.match_score = "editor", 100.0
    letter.record(EventKind.ARTICLE_SET, Actor.of(by), work.now, None, {"article_id": article.id})


def mark_general(
    work: Work, letter: Letter, by: Editor, version: int | None, *, general: bool = True
) -> None:
    """The letter answers no article in particular (or, with `general=False`, it does)."""
    _prepare(letter, by, version)
    missing_before = letter.missing
    letter.is_general = general
    if general:
        letter.article, letter.matched_by, letter.match_score = None, "editor", None
    elif letter.article_id is None:
        letter.matched_by = None
    facts: dict[str, Any] = {"general": general}
    count_again = recall_complete(letter, missing_before)
    if count_again:
        facts[COUNTS_AGAIN] = count_again
    letter.record(EventKind.ARTICLE_SET, Actor.of(by), work.now, None, facts)


def _prepare(letter: Letter, by: Editor, version: int | None) -> None:
    by.require(Deed.DRAFT_EDIT)
    letter.expect(version)
    if letter.state in (State.PUBLISHED, State.KILLED, State.WITHDRAWN):
        raise Refused(f"A letter that is {letter.state} is not edited.", "move", {"allowed": []})
    letter.checked_at = None
