"""The dear part of receiving, done by the worker after the letter is safe."""

import dataclasses
import logging
import time
from datetime import date, timedelta
from functools import cache

from feedback.domain.actor import MACHINE
from feedback.domain.finding import Finding, Result
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.intake.check_facts import gather
from feedback.intake.checks import CHECKS, Check, Checked
from feedback.reading.language import language_of
from feedback.store import findings, letters, search, writers
from feedback.store.work import Work

log = logging.getLogger(__name__)
BATCH = 100
NAMES = frozenset(check.name for check in CHECKS)
LONGEST = 0.2  # seconds that one check may take
FIRST_MIDNIGHT = timedelta(hours=14)  # how far ahead of UTC a day begins


def recheck_new(work: Work, limit: int = BATCH) -> int:
    """Findings and search entries for letters that lack them; returns how many were done.

    None of it is a decision: no letter's version changes.
    """
    waiting = letters.unchecked(work, limit)
    if not waiting:
        return 0
    warm_up()
    writers.know(work, waiting)
    checked = gather(work, waiting)
    ran = {letter.id: _ran(letter, checked[letter.id]) for letter in waiting}
    findings.replace_all(work, ran, NAMES)
    search.put_all(
        work, search.LETTER_SEARCH, {letter.id: search_text(letter) for letter in waiting}
    )
    letters.mark_checked(work, {number: one.language for number, one in checked.items()})
    return len(waiting)


@cache
def warm_up() -> None:
    """Load what checks look things up in, once: nobody shall wait for that in a transaction."""
    nothing = Checked(
        text="Spokane",
        headline=None,
        name="Jane",
        standing=None,
        is_withheld=True,
        word_count=1,
        words_limit=1,
        article_headline="Spokane",
        article_published_on=date(2026, 1, 1),
        article_given="",
        is_general=False,
        matched_by=None,
        match_score=None,
        town="Spokane",
        state="WA",
        country="US",
        received_on=date(2026, 1, 1),
    )
    language_of("Good morning to all of you who live in the town of Spokane.")
    for check in CHECKS:
        check.run(nothing)


def _ran(letter: Letter, checked: Checked) -> findings.Ran:
    """Every check that the house asks, on the text as it stands."""
    found = [run(check, checked) for check in CHECKS if check.is_asked(checked)]
    revision = letter.revision.number if letter.revision else 0
    is_fresh = not any(one.check in NAMES for one in letter.findings)
    return findings.Ran(found, revision, is_fresh)


def run(check: Check, checked: Checked) -> Finding:
    """One check's verdict; a check that fails or is slow is noted as not run and never blocks.

    A check cannot be cut off from outside, so each is bounded in what it reads, and one that took
    too long all the same is not believed: whoever wrote it learns of it from the log.
    """
    began = time.thread_time()  # its own time: a busy machine is not its fault
    try:
        found = check.run(checked)
    except Exception:
        log.exception("the check %s failed", check.name)
        return Finding(check.name, check.version, Result.NOT_RUN, "This check could not be run.")
    took = time.thread_time() - began
    if took > LONGEST:
        log.warning("the check %s took %.2f seconds", check.name, took)
        return Finding(check.name, check.version, Result.NOT_RUN, "This check took too long.")
    if found.until is not None and found.until <= checked.today:
        return dataclasses.replace(found, until=None)  # today has been looked at
    return found


def search_text(letter: Letter) -> str:
    """What the desk can find a letter by: its words, signature, reference, article."""
    about = letter.article.headline if letter.article else letter.article_given
    parts = [
        letter.ref,
        letter.name,
        letter.standing,
        letter.town,
        letter.signature.printed(),
        about,
        letter.headline,
        letter.original.remarks,
        letter.revision.remarks if letter.revision else None,
        search.tagged("from", _who(letter)),
        search.tagged("article", about),
    ]
    return "\n".join(part for part in parts if part)


def _who(letter: Letter) -> str:
    """Name, office and place, as typed and as printed; a withheld name is the desk's to find."""
    parts = [letter.name, letter.standing, letter.town, letter.place_state, letter.country]
    return ", ".join([*(part for part in parts if part), letter.signature.printed()])


def end_holds(work: Work) -> int:
    """Letters whose hold is over come back to the desk; returns how many.

    A day begins where the newsroom is: at the other end of the world it may be tomorrow.
    """
    furthest = (work.now + FIRST_MIDNIGHT).date()
    back = [
        letter
        for letter in letters.hold_is_over(work, furthest)
        if letter.hold_until and letter.hold_until <= letter.column.today(work.now)
    ]
    for letter in back:
        letter.move(State.RECEIVED, MACHINE, work.now, "The hold is over.")
    return len(back)
