"""The house's form of a text: its marks, its paragraphs, its titles, the bracket.

The rules are those of the column's house form; see docs for the facts they were read from.
"""

import re
import unicodedata

from feedback.reading.cleaning import DIRECTION
from feedback.reading.salutation import salutation_end
from feedback.reading.sentences import spans
from feedback.reading.typography import set_line
from feedback.reading.words import words
from feedback.reading.wrapping import rejoined, unwrapped

ROUNDS = 4  # in which one rule may open the way for another
SPEAKS_OF_IT = re.compile(
    r"\b(?:article|story|report|reporting|commentary|column|piece|op-ed|essay|editorial|"
    r"interview|headline|analysis|podcast|video)s?\b",
    re.IGNORECASE,
)
END = re.compile(r"([.!?…]*)([”’\")\]]*)\Z")
LOW = frozenset(
    """
    a an and as at but by for if in nor of off on or out per so the to up via vs yet
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
TITLE_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
LEAST_SHOUTED = 8  # capital letters, from which a line is shouting and not initials


def tidy(text: str | None) -> str:
    """The text as it prints: typographic marks, single spaces, nothing that turns direction.

    Paragraphs and line breaks stay. A text that is tidy comes back as it is.
    """
    if not text:
        return ""
    lines: list[str] = []
    for line in DIRECTION.sub("", text).split("\n"):
        bare = _settled(line.strip())
        if bare or (lines and lines[-1]):
            lines.append(bare)
    return "\n".join(lines).rstrip("\n")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: at blank lines and at the writer's own line breaks.

    Lines that a mail program broke at its margin are joined.
    """
    found: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        found += unwrapped(block)
    return found


def add_bracket(text: str, headline: str) -> str:
    """The text with (“Headline”) before the stop of the sentence that speaks of the article.

    A text that names the headline already comes back as it is.
    """
    printed = tidy(" ".join(headline.split()))
    if not printed or not text.strip() or _plain(printed) in _plain(text):
        return text
    text = rejoined(text)  # a line that a program broke is no sentence
    start, end = _speaking(text, printed)
    sentence = text[start:end]
    stop, closing = END.search(sentence).groups()  # type: ignore[union-attr]  # always matches
    before = sentence[: len(sentence) - len(stop) - len(closing)]
    inner = printed.replace("“", "‘").replace("”", "’")
    bracket = f"(“{inner}”)"
    if not closing or stop in ("", "…"):
        with_it = f"{before}{closing if not stop else ''} {bracket}{stop}{closing if stop else ''}"
    elif stop == ".":
        with_it = f"{before}{closing} {bracket}."
    else:
        with_it = f"{before}{stop}{closing} {bracket}."
    return text[:start] + with_it + text[end:]


def title_case(text: str) -> str:
    """A title or subhead: words of four letters and more up, short prepositions low.

    First and last word are up, and the first after a colon. Words that have their own capitals
    (iPhone, NATO) stay.
    """
    line = tidy(" ".join(text.split()))
    if _is_shouted(line):
        line = line.lower()
    found = list(TITLE_WORD.finditer(line))
    kept: list[str] = []
    at = 0
    for number, word in enumerate(found):
        gap = line[at : word.start()]
        is_edge = number in (0, len(found) - 1) or any(mark in gap for mark in ":.?!—")
        kept += [gap, _title_word(word[0], is_edge=is_edge)]
        at = word.end()
    return "".join(kept) + line[at:]


def _is_shouted(line: str) -> bool:
    """Whether all of it is in capitals, and not only its initials."""
    found = (word[0] for word in TITLE_WORD.finditer(line))
    long = [word for word in found if sum(map(str.isalpha, word)) > 1]
    capitals = sum(char.isupper() for word in long for char in word)
    return capitals >= LEAST_SHOUTED and len(long) > 1 and all(word.isupper() for word in long)


def _settled(line: str) -> str:
    for _ in range(ROUNDS):
        done = set_line(line).strip()
        if done == line:
            break
        line = done
    return line


def _title_word(word: str, *, is_edge: bool) -> str:
    if any(char.isupper() for char in word[1:]) or not word[0].isalpha():
        return word
    if not is_edge and word.lower() in LOW:
        return word.lower()
    return word[0].upper() + word[1:]


def _speaking(text: str, headline: str) -> tuple[int, int]:
    """The sentence that speaks of the article: by its words, by the headline's, else the first."""
    telling = {word.casefold() for word in words(headline) if len(word) > 3}
    begins = salutation_end(text)
    best, most = (0, len(text)), -1.0
    for number, (start, end) in enumerate(spans(text[begins:])):
        sentence = text[begins + start : begins + end]
        shared = len(telling & {word.casefold() for word in words(sentence)})
        points = shared + (1.5 if SPEAKS_OF_IT.search(sentence) else 0) + (number == 0) * 0.5
        if points > most:
            best, most = (begins + start, begins + end), points
    return best


def _plain(text: str) -> str:
    """For comparing: no case, no marks, single spaces."""
    apart = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\"'“”‘’`´]", "", re.sub(r"[—–-]+", " ", apart)).split())
