"""Words, as the desk counts them.

A word is a run of letters, digits, apostrophes and inner hyphens (the contract, section 4);
punctuation is none.
"""

import re
import unicodedata

APOSTROPHES = "'’＇"
HYPHENS = r"\-‐‑"  # as a pattern writes them between brackets


def _marks() -> str:
    """Vowel signs and accents that belong to the letter before them, as ranges for a pattern."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x1E00), *range(0xA600, 0xAC00), *range(0xFE00, 0xFE30)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\u{low:04x}-\\u{high:04x}" for low, high in ranges)


MARKS = _marks()
# Letters and digits of every script, their marks, and the joiners inside Persian or Hindi words.
LETTERS = rf"(?:[^\W_]|[{MARKS}\u200c\u200d])"
# Runs of letters are taken whole and never given back: twice as fast, and linear.
PART = rf"(?:[^\W_]++|[{MARKS}\u200c\u200d{APOSTROPHES}])++"
RUN = re.compile(rf"{PART}(?:[{HYPHENS}]{PART})*+")
LETTER = re.compile(r"[^\W_]")


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return [run for run in RUN.findall(text) if run[0].isalnum() or LETTER.search(run)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(words(text))
