"""Edit a letter: text, headline, signature; the original stays beside it unchanged."""

from dataclasses import dataclass
from typing import Any

from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import COUNTS_AGAIN, EventKind
from feedback.domain.gates import recall_complete
from feedback.domain.letter import Letter
from feedback.domain.place import country_name, state_code
from feedback.domain.revision import Revision
from feedback.domain.signature import Signature
from feedback.domain.state import State
from feedback.reading.cleaning import clean_line, clean_text
from feedback.reading.redline import compare
from feedback.reading.words import word_count
from feedback.store import letters
from feedback.store.work import Work

# After print the text stands; a correction is a record of its own.
EDITABLE = frozenset(State) - {State.PUBLISHED, State.KILLED, State.WITHDRAWN}
SHOWN_TO_WRITERS = frozenset({"text", "headline", "signature"})  # what their consent is about
LIMITS = {
    "edited": 20_000,
    "headline": 300,
    "name": 120,
    "standing": 200,
    "town": 100,
    "state": 100,
    "country": 100,
}


@dataclass(frozen=True)
class Edits:
    """What to change; None leaves a thing as it is, an empty string clears it.

    `edited` empty goes back to the original.
    """

    edited: str | None = None
    headline: str | None = None
    name: str | None = None
    standing: str | None = None
    town: str | None = None
    state: str | None = None
    country: str | None = None
    is_abridged: bool | None = None
    has_bracket: bool | None = None


def edit(
    work: Work,
    letter: Letter,
    edits: Edits,
    by: Editor,
    version: int | None,
    *,
    proposed_by: str = "",
) -> None:
    """Save the edits as a new revision and log them, with who had proposed them.

    Raises NotAllowed, Stale, Refused (kind `fields` for a bad value, `move` after print).
    """
    by.require(Deed.EDIT)
    letter.expect(version)
    check(letter, edits)
    actor = Actor.of(by)
    missing_before = letter.missing
    changed = [
        *_edit_text(work, letter, edits, actor),
        *_edit_signature(work, letter, edits),
        *_edit_furniture(letter, edits),
    ]
    if changed:
        letter.checked_at = None
        facts: dict[str, Any] = {"changed": changed}
        if proposed_by:
            facts["proposed_by"] = proposed_by
        count_again = recall_complete(letter, missing_before)
        # Consent that a chief passed over was for what stood there then.
        if SHOWN_TO_WRITERS & set(changed) and letter.forget_override("proofed"):
            count_again.append("proofed")
        if count_again:
            facts[COUNTS_AGAIN] = count_again
        letter.record(EventKind.EDITED, actor, work.now, None, facts)


def check(letter: Letter, edits: Edits) -> None:
    """Raise Refused where these edits cannot be saved (kind `fields`, or `move` after print)."""
    if letter.state not in EDITABLE:
        raise Refused(f"A letter that is {letter.state} is not edited.", "move", {"allowed": []})
    for name, most in LIMITS.items():
        value = getattr(edits, name)
        if value is not None and len(value) > most:
            raise Refused(
                f"Shorten this to {most:,} characters at most.", "fields", {"field": name}
            )
    country = letter.country if edits.country is None else _country(clean_line(edits.country))
    if edits.state is not None:
        _state(clean_line(edits.state), country)


def _edit_text(work: Work, letter: Letter, edits: Edits, actor: Actor) -> list[str]:
    if edits.edited is None:
        return []
    text = clean_text(edits.edited) or letter.original.remarks
    if text == letter.text:
        return []
    redline = compare(letter.original.remarks, text)
    letter.revisions.append(
        Revision(
            letter_id=letter.id,
            number=(letter.revision.number if letter.revision else 0) + 1,
            remarks=text,
            cut_percent=redline.cut_percent,
            added_percent=redline.added_percent,
            added_words=redline.added_words,
            touched=list(redline.touched),
            by_id=actor.id,
            by_name=actor.name,
            at=work.now,
        )
    )
    letter.word_count = word_count(text)
    return ["text"]


def _edit_signature(work: Work, letter: Letter, edits: Edits) -> list[str]:
    before = letter.signature
    if edits.name is not None:
        letter.name = clean_line(edits.name) or None
    if edits.standing is not None:
        letter.standing = clean_line(edits.standing) or None
    if edits.town is not None:
        letter.town = clean_line(edits.town) or None
    if edits.country is not None:
        letter.country = _country(clean_line(edits.country))
    if edits.state is not None:
        letter.place_state = _state(clean_line(edits.state), letter.country)
    after = letter.signature
    if after == before:
        return []
    letter.is_name_changed = _is_name_changed(work, letter, before, after)
    return ["signature"]


def _is_name_changed(work: Work, letter: Letter, before: Signature, after: Signature) -> bool:
    """Whether another name stands there than the writer gave.

    One that came later, with the writer's answers, is kept in no second place: once it was
    changed, it stays changed. One that an editor filled in is the editor's to mend.
    """
    given = letter.original.given.get("name")
    if given:
        return Signature(given, None, None, None, None).differs_from(after)
    if letter.is_name_changed or not before.differs_from(after):
        return letter.is_name_changed
    with work.session.no_autoflush:  # half of an edit is no version
        history = letters.history(work, letter.id)
    answers = [e.facts or {} for e in history if e.kind is EventKind.COMPLETED]
    return any("name" in facts.get("fields", ()) for facts in answers)


def _edit_furniture(letter: Letter, edits: Edits) -> list[str]:
    changed = []
    if edits.headline is not None:
        headline = clean_line(edits.headline) or None
        if headline != letter.headline:
            letter.headline = headline
            changed.append("headline")
    if edits.is_abridged is not None and edits.is_abridged != letter.is_abridged:
        letter.is_abridged = edits.is_abridged
        changed.append("abridged")
    if edits.has_bracket is not None and edits.has_bracket != letter.has_bracket:
        letter.has_bracket = edits.has_bracket
        changed.append("bracket")
    return changed


def _country(typed: str) -> str | None:
    if not typed:
        return None
    country = country_name(typed)
    if country is None:
        raise Refused("This country is not known.", "fields", {"field": "country"})
    return country


def _state(typed: str, country: str | None) -> str | None:
    if not typed or country not in (None, "US"):
        return typed or None
    code = state_code(typed)
    if code is None:
        raise Refused("This state is not known.", "fields", {"field": "state"})
    return code
