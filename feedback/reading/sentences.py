"""Where sentences end."""

import re

# A stop, what may close around it, then space or the end of the paragraph.
STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|\Z)")
LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\Z")
LOOK_BACK = 24  # characters; no abbreviation is longer
# After these a full stop ends no sentence (AP forms of titles, months, states among them).
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon st sen rep gov gen lt col maj capt sgt cpl pvt adm cmdr supt
    jr sr vs no nos inc co corp ltd dept jan feb aug sept oct nov dec fig vol ed est approx
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont
    neb nev okla ore pa tenn vt va wash wis wyo ft mt a.m p.m e.g i.e etc u.s u.n u.k d.c
    n.h n.j n.m n.y n.c n.d r.i s.c s.d w.va ph.d
    """.split()  # noqa: SIM905 -- a block of words reads better than a list
)
# No name begins with these: behind an abbreviation they begin a sentence.
OPENERS = re.compile(
    r"\s+[\"'“‘(\[]*(?:I|I[’'](?:m|ve|d|ll)|It|He|She|We|They|You|The|This|That|These|Those|There|"
    r"But|And|So|If|When|While|As|In|On|At|For|My|Our|His|Her|Their|Your|What|Why|How|Who|Is|Are|Was|"
    r"Were|Do|Does|Did|Not|No|Yes|Then|Now|Here|To|Let|Please|Because|Since|After|Before)\b"
)
TITLES = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "rev", "hon", "sen", "rep", "gov", "gen", "lt")
)


def ends(text: str) -> list[int]:
    """Where each sentence ends (behind its stop and closing quotes), in order.

    A paragraph's end is a sentence's end. Initials and abbreviations end none.
    """
    found: list[int] = []
    start = 0
    for paragraph in text.split("\n"):
        at = start + len(paragraph)
        found += [
            stop.end()
            for stop in STOP.finditer(text, start, at)
            if stop.end() < at and not _goes_on(text, stop, at)
        ]
        if paragraph.strip():
            found.append(start + len(paragraph.rstrip()))
        start = at + 1
    return found


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the spaces between them."""
    result: list[tuple[int, int]] = []
    start = 0
    for end in ends(text):
        while start < end and text[start].isspace():
            start += 1
        result.append((start, end))
        start = end
    return result


def _goes_on(text: str, stop: re.Match[str], most: int) -> bool:
    """Whether the sentence does, in spite of the stop."""
    if _next_is_small(text, stop.end(), most):
        return True  # “Why?” he asked; wait... what
    if stop[0] != ".":
        return False
    before = LAST_WORD.search(text, max(0, stop.start() - LOOK_BACK), stop.start())
    if before is None:
        return False
    word = before[1].casefold()
    if word in TITLES or (len(word) == 1 and word != "i"):
        return True  # "Dr. No", "J. Q. Reader"
    return word in ABBREVIATIONS and OPENERS.match(text, stop.end(), most) is None


def _next_is_small(text: str, at: int, most: int) -> bool:
    """Whether the next word is one that begins no sentence."""
    while at < most and text[at].isspace():
        at += 1
    return at < most and text[at].islower()
