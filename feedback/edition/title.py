"""A title for an edition, made of what its letters are about."""

from collections.abc import Sequence

from feedback.domain.edition import Edition
from feedback.edition.make import MOST_TITLE
from feedback.reading.house_style import tidy, title_case

MOST_TOPICS = 4


def suggested_title(edition: Edition) -> str:
    """“We Hear You: Fentanyl, Student Debt, and the Price of Eggs”.

    The column's name alone while nothing says what the edition is about.
    """
    return title_of(edition.column.name, topics_of(edition))


def topics_of(edition: Edition) -> list[str]:
    """Each section's subhead, where it has none the headline that its first letter answers."""
    found = []
    for section in edition.sections:
        if not section.letters:
            continue
        article = section.letters[0].article
        topic = section.subhead or (article.headline if article else "")
        if topic.strip():
            found.append(tidy(topic))
    return found


def title_of(column_name: str, topics: Sequence[str]) -> str:
    """The column's name, one to four topics in title case, a serial comma before the last.

    A topic that stands twice counts once; topics that find no room are left out from the end.
    """
    each: dict[str, str] = {}
    for topic in topics:
        each.setdefault(topic.casefold(), title_case(topic))
    kept = list(each.values())[:MOST_TOPICS]
    while kept:
        title = f"{column_name}: {_series(kept)}"
        if len(title) <= MOST_TITLE:
            return title
        kept.pop()
    return column_name


def _series(topics: Sequence[str]) -> str:
    # Inside the title an article is low: “and the Price of Eggs”.
    low = [topics[0], *(_lowered(topic) for topic in topics[1:])]
    if len(low) < 3:
        return " and ".join(low)
    return f"{', '.join(low[:-1])}, and {low[-1]}"


def _lowered(topic: str) -> str:
    first, space, rest = topic.partition(" ")
    return f"{first.lower()} {rest}" if space and first in ("The", "A", "An") else topic
