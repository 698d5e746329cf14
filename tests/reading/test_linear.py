"""Four times the text costs about four times the time, never sixteen (HOSTILE.md, H27).

Measured in time of the processor, which a busy machine does not stretch, and with room to spare.
"""

import time
from collections.abc import Callable

import pytest

from feedback.reading.article_url import find_urls
from feedback.reading.attached_letter import is_cover_note
from feedback.reading.cleaning import clean_line, clean_text, hidden_characters
from feedback.reading.contact_words import masked
from feedback.reading.house_style import add_bracket, paragraphs, tidy, title_case
from feedback.reading.mail_html import text_of
from feedback.reading.quoting import own_words
from feedback.reading.sentences import ends
from feedback.reading.signoff import find_lives_in, find_signoff
from feedback.reading.tokens import tokens
from feedback.reading.words import word_count

READERS: dict[str, Callable[[str], object]] = {
    "clean_line": clean_line,
    "clean_text": clean_text,
    "hidden_characters": hidden_characters,
    "word_count": word_count,
    "tokens": tokens,
    "tidy": tidy,
    "paragraphs": paragraphs,
    "add_bracket": lambda text: add_bracket(text, "The Bill Comes Due"),
    "title_case": title_case,
    "sentences": ends,
    "find_urls": find_urls,
    "own_words": own_words,
    "find_signoff": find_signoff,
    "find_lives_in": lambda text: find_lives_in(text, bool, bool),
    "masked": masked,
    "is_cover_note": lambda text: is_cover_note(text, text),
    "html": text_of,
}
UNITS = (
    "word ", "a", " ", "\n", "a\n ", "'", '"a', "-", "--a", ". ", "...", "’s ", "(", "“", "> ",
    "On 2026 wrote:\n", "From: x\n", "a.b", "www.", "http://", "@a", "a@", "\u0301",
    "e\u0301\u200d", "\u202e", "<a", "<!--", "<div ", "A. ", "Jane Reader\n", "I live in A", "Mr. ",
    "____", "\u200c",
)  # fmt: skip
SMALL, TIMES = 5_000, 4
MOST_GROWTH = 10  # 4 is linear, 16 is the square
ROOM = 0.06  # seconds that are no growth: caches, a collection of garbage


def cost(read: Callable[[str], object], text: str) -> float:
    """The least of two runs, in seconds of the processor."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        read(text)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", READERS)
def test_time_grows_with_the_text_alone(name: str) -> None:
    read = READERS[name]
    read("Jane Reader, Spokane, Wash.")  # tables are read on first use
    slow = {}
    for unit in UNITS:
        text = unit * (SMALL // len(unit))
        once, more = cost(read, text), cost(read, text * TIMES)
        if more > MOST_GROWTH * once + ROOM:
            slow[unit] = (once, more)
    assert slow == {}
