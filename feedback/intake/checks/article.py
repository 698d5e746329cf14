"""Which article the letter answers, how surely, how old it is."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked

VERSION = 3
SURE = 100  # per cent alike


def check(letter: Checked) -> Finding:
    """Note an unknown article, a match that is less than certain, an article of long ago."""
    if letter.is_general:
        return Finding("article", VERSION, Result.PASS, "Marked general.")
    if letter.article_headline is None:
        given = (letter.article_given,) if letter.article_given else ()
        return Finding("article", VERSION, Result.HOLD, "The article is not known.", given)
    says: list[str] = []
    evidence: tuple[str, ...] = ()
    if letter.matched_by == "headline" and (letter.match_score or 0) < SURE:
        says.append(f"Matched by headline, {int(letter.match_score or 0)}% alike.")
        evidence = (letter.article_given,)
    if letter.article_published_on is not None:
        age = (letter.received_on - letter.article_published_on).days
        if 0 < letter.rules.article_days < age:
            says.append(f"The article was {age:,} days old when this came.")
    if says:
        return Finding("article", VERSION, Result.NOTE, " ".join(says), evidence)
    return Finding("article", VERSION, Result.PASS, "Known.")
