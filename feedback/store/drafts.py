"""What editors are typing, kept beside the letter: no version of it, no line of its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from feedback.domain.draft import Draft
from feedback.domain.editor import Editor
from feedback.store.work import Work

KEPT = timedelta(days=30)  # since it was last typed in


@dataclass(frozen=True)
class Begun:
    """That somebody has a draft of a letter's edit, and since when it stands as it is."""

    editor_id: int
    editor_name: str
    at: datetime


def keep(
    work: Work, letter_id: int, editor: Editor, fields: Mapping[str, Any], version: int
) -> None:
    """Keep what an editor (who has a number) typed; it takes the place of their earlier draft."""
    who = {"letter_id": letter_id, "editor_id": editor.id}
    what = {
        "editor_name": editor.name,
        "fields": dict(fields),
        "version": version,
        "at": work.now,
    }
    mine = update(Draft).filter_by(**who).values(**what)
    if work.session.execute(mine.returning(Draft.letter_id)).first() is None:
        try:
            with work.session.begin_nested():
                work.session.execute(insert(Draft).values(**who, **what))
        except IntegrityError:  # the same editor's other window was faster
            work.session.execute(mine)


def begun(work: Work, letter_id: int) -> Sequence[Begun]:
    """Who has a draft of the letter, the newest first; without what they typed."""
    query = (
        select(Draft.editor_id, Draft.editor_name, Draft.at)
        .where(Draft.letter_id == letter_id)
        .order_by(Draft.at.desc())
        .limit(20)
    )
    return [Begun(*row) for row in work.session.execute(query)]


def of_editor(work: Work, letter_id: int, editor_id: int) -> Draft | None:
    """An editor's own draft of a letter's edit."""
    return work.session.get(Draft, (letter_id, editor_id))


def forget(work: Work, letter_id: int, editor_id: int | None) -> None:
    """The draft is saved, or thrown away."""
    work.session.execute(
        delete(Draft).where(Draft.letter_id == letter_id, Draft.editor_id == editor_id),
        execution_options={"synchronize_session": False},
    )


def forget_old(work: Work) -> None:
    """Drop what nobody has typed in for a month."""
    work.session.execute(delete(Draft).where(Draft.at < work.now - KEPT))
