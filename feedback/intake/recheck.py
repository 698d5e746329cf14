"""The dear part of receiving, done by the worker after the letter is safe."""

import logging
from datetime import date, timedelta
from functools import cache

from feedback.domain.actor import MACHINE
from feedback.domain.finding import Finding, Result
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.intake.checks import CHECKS, Check, Checked
from feedback.store import findings, letters, search, writers
from feedback.store.work import Work

log = logging.getLogger(__name__)
BATCH = 100
FIRST_MIDNIGHT = timedelta(hours=14)  # how far ahead of UTC a day begins


def recheck_new(work: Work, limit: int = BATCH) -> int:
    """Findings and search entries for letters that lack them; returns how many were done."""
    waiting = letters.unchecked(work, limit)
    writers.know(work, waiting)
    for letter in waiting:
        recheck(work, letter)
    if waiting:
        letters.mark_checked(work, [letter.id for letter in waiting])
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
    for check in CHECKS:
        run(check, nothing)


def recheck(work: Work, letter: Letter) -> None:
    """Run every check on the text as it stands, make the letter findable."""
    checked = what_is_checked(letter)
    found = [run(check, checked) for check in CHECKS]
    findings.replace(work, letter.id, found, letter.revision.number if letter.revision else 0)
    search.put(work, search.LETTER_SEARCH, letter.id, search_text(letter))


def run(check: Check, checked: Checked) -> Finding:
    """One check's verdict; a check that fails is noted as not run and never blocks."""
    try:
        return check.run(checked)
    except Exception:
        log.exception("the check %s failed", check.name)
        return Finding(check.name, check.version, Result.NOT_RUN, "This check could not be run.")


def what_is_checked(letter: Letter) -> Checked:
    """The facts that checks may look at."""
    article = letter.article
    return Checked(
        text=letter.text,
        headline=letter.headline,
        name=letter.name,
        standing=letter.standing,
        is_withheld=letter.is_withheld,
        word_count=letter.word_count,
        words_limit=letter.column.words_limit,
        article_headline=article.headline if article else None,
        article_published_on=article.published_on if article else None,
        article_given=letter.article_given,
        is_general=letter.is_general,
        matched_by=letter.matched_by,
        match_score=letter.match_score,
        town=letter.town,
        state=letter.place_state,
        country=letter.country,
        received_on=letter.received_at.date(),
    )


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
