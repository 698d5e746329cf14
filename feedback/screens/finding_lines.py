"""What the checks saw, a line each, with the one thing that can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from feedback.domain.claim import Claim
from feedback.domain.editor import Deed, Editor
from feedback.domain.finding import Result, StoredFinding
from feedback.domain.letter import Letter
from feedback.domain.state import OPEN, State, may_move
from feedback.screens.desk_words import CHECK_WORDS
from feedback.screens.gate_lines import Line

# The gravest first; within one the order of the checks.
ORDER = (Result.REFUSE, Result.HOLD, Result.NOTE, Result.NOT_RUN)
SPARED = frozenset({"quota", "election"})  # rules that an answer to criticism is exempt from


@dataclass(frozen=True)
class Found(Line):
    """A finding: `holds_until` a day with one click; `asks` for a source of these words.

    `spares`: “yes” where the letter can be marked as an answer to criticism, “no” where it is.
    """

    holds_until: date | None = None
    asks: str = ""
    spares: str = ""


def finding_lines(
    letter: Letter, editor: Editor, asked: Sequence[Claim]
) -> tuple[list[Found], list[Found]]:
    """What is worth a look, and what passed."""
    lines = [_line(letter, editor, finding, asked) for finding in letter.findings]
    worth = [line for line in lines if line.result is not Result.PASS]
    worth.sort(key=lambda line: ORDER.index(line.result))
    return worth, [line for line in lines if line.result is Result.PASS]


def may_ask(letter: Letter, editor: Editor) -> bool:
    """Whether this editor can ask for a source of words of this letter."""
    return letter.state in OPEN and editor.may(Deed.DRAFT_EDIT)


def _line(letter: Letter, editor: Editor, found: StoredFinding, asked: Sequence[Claim]) -> Found:
    speaks = found.outcome is not Result.PASS
    return Found(
        found.outcome,
        str(CHECK_WORDS.get(found.check, found.check)),
        found.says or str(_("Nothing to say.")),
        tuple(found.evidence),
        holds_until=_day(letter, editor, found) if speaks else None,
        asks=_next_words(found, asked) if may_ask(letter, editor) else "",
        spares=_spares(letter, editor, found),
    )


def _day(letter: Letter, editor: Editor, found: StoredFinding) -> date | None:
    """The day from which it may print, where holding it until then is open to this editor."""
    if found.check not in ("quota", "blackout", "election") or not editor.may(Deed.DECIDE):
        return None
    if found.check == "election" and found.outcome is Result.NOTE:
        return None
    return found.until if may_move(letter.state, State.HELD) else None


def _spares(letter: Letter, editor: Editor, found: StoredFinding) -> str:
    if found.check not in SPARED or letter.state not in OPEN or not editor.may(Deed.DECIDE):
        return ""
    if letter.is_answer:
        return "no"
    return "yes" if found.outcome is not Result.PASS else ""


def _next_words(found: StoredFinding, asked: Sequence[Claim]) -> str:
    """The first statement that nobody has asked about."""
    if found.check != "claims":
        return ""
    known = {claim.quote for claim in asked}
    return next((said for said in found.evidence if " ".join(said.split()) not in known), "")
