"""Words in capitals, rows of exclamation marks."""

import re

from feedback.domain.finding import Finding, Result
from feedback.intake.checks.context import Checked

VERSION = 1
MOST_READ = 40_000
MOST_SHOWN = 3
LEAST_LETTERS = 20  # fewer say nothing about their share
LOUD = 0.3  # of the letters are capitals; a text in small letters has about 0.04
# Two words or more; short ones alone may be initials of a party or a law.
RUN = re.compile(r"[A-Z]{2,20}(?:[ ,'’-]{1,2}[A-Z]{1,20}){2,12}\b")
MARKS = re.compile(r"[!?]{3,}")
CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]+")


def check(letter: Checked) -> Finding:
    """Note a text of which much is in capitals, or that heaps up its marks."""
    text = letter.text[:MOST_READ]
    runs = list(dict.fromkeys(match[0] for match in RUN.finditer(text)))
    marks = list(dict.fromkeys(match[0][:10] for match in MARKS.finditer(text)))
    letters = len(text) - text.count(" ")  # as good as
    capitals = sum(map(len, CAPITALS.findall(text)))
    share = capitals / letters if letters >= LEAST_LETTERS else 0.0
    if share <= LOUD and not runs and not marks:
        return Finding("shouting", VERSION, Result.PASS, "It is written calmly.")
    says = []
    if share > LOUD:
        says.append(f"{round(100 * share)}% of the letters are capitals.")
    elif runs:
        says.append("Words are written in capitals.")
    if marks:
        says.append("Marks are heaped up.")
    evidence = (*runs[:MOST_SHOWN], *marks[: MOST_SHOWN - 1])
    return Finding("shouting", VERSION, Result.NOTE, " ".join(says), evidence)
