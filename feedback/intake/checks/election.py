"""The house's rules about elections: quiet days, so many letters a candidate."""

from datetime import date, timedelta

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked, about
from feedback.reading.ap_dates import ap_date
from feedback.reading.listed_words import find_listed

VERSION = 1
MOST_SHOWN = 5
# Where the house lists no candidates and measures.
USUAL_WORDS = (
    "election", "elections", "ballot", "ballots", "candidate", "candidates", "vote for",
    "vote against", "voters", "campaign", "referendum", "proposition",
)  # fmt: skip


def check(letter: Checked) -> Finding:
    """Hold a letter about the election in the quiet days, or where its candidate has had enough.

    An answer to new charges is let through, with a note.
    """
    rules = letter.rules
    voted_on = rules.election_on
    if voted_on is None or letter.prints_on > voted_on:
        return Finding("election", VERSION, Result.PASS, "The election is over.")
    found = find_listed(about(letter), rules.election_words or USUAL_WORDS)
    words = tuple(said for said, _entry in found[:MOST_SHOWN])
    if not words:
        return Finding("election", VERSION, Result.PASS, "It is not about the election.")
    begins, over = _days(voted_on, -max(0, rules.election_quiet_days)), _days(voted_on, 1)
    if rules.election_quiet_days and letter.prints_on >= begins:
        says = f"No letters about the election are printed from {ap_date(begins)} on."
        return _spoken(letter, says, words, over)
    most = rules.letters_per_candidate
    full = [name for _said, name in found if most and letter.printed_about.get(name, 0) >= most]
    if full:
        number = letter.printed_about[full[0]]
        says = f"{number} about {full[0][:80]} in print; the rule is {most}."
        return _spoken(letter, says, words, over)
    says = "About the election; it may print."
    return Finding(
        "election", VERSION, Result.NOTE, says, words, begins if rules.election_quiet_days else over
    )


def _spoken(letter: Checked, says: str, words: tuple[str, ...], over: date) -> Finding:
    if letter.is_answer:
        says += " It answers new charges: the rule lets it pass."
        return Finding("election", VERSION, Result.NOTE, says, words, over)
    return Finding("election", VERSION, Result.HOLD, says, words, over)


def _days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
