"""A chief passes over gates that are shut, with a reason that is logged and shown."""

from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.gates import GATES, lacking
from feedback.domain.letter import Letter
from feedback.store.work import Work

MOST_REASON = 500


def override(
    work: Work, letter: Letter, reason: str, by: Editor, version: int | None = None
) -> list[str]:
    """Pass over every gate that is shut now; returns their names.

    The gates stay as the facts are. Raises NotAllowed, Stale, Refused (kind `fields`) without a
    reason or with one that is too long.
    """
    by.require(Deed.SET_GATES)
    letter.expect(version)
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("An override needs a reason.", "fields", {"field": "override"})
    if len(reason) > MOST_REASON:
        raise Refused("Shorten the reason to 500 characters.", "fields", {"field": "override"})
    shut = lacking(letter, GATES)
    letter.override(shut, reason, Actor.of(by), work.now)
    return shut
