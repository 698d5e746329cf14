"""Which article the letter answers, how surely, how old it is."""

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked

VERSION = 1
OLD_AFTER_DAYS = 30


def check(letter: Checked) -> Finding:
    """Note an unknown article, a match that is less than certain, an article of long ago."""
    if letter.is_general:
        return Finding("article", VERSION, Result.PASS, "Marked general.")
    if letter.article_headline is None:
        given = (letter.article_given,) if letter.article_given else ()
        return Finding("article", VERSION, Result.HOLD, "The article is not known.", given)
    if letter.article_published_on is not None:
        age = (letter.received_on - letter.article_published_on).days
        if age > OLD_AFTER_DAYS:
            return Finding(
                "article", VERSION, Result.NOTE, f"The article was {age} days old when this came."
            )
    if letter.matched_by == "headline" and (letter.match_score or 0) < 100:
        return Finding(
            "article",
            VERSION,
            Result.NOTE,
            f"Matched by headline, {letter.match_score:.0f}% alike.",
            (letter.article_given,),
        )
    return Finding("article", VERSION, Result.PASS, "Known.")
