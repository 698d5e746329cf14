"""Proofsheets made by hand, without a desk; and proofsheets of any text whatever."""

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from feedback.domain.proofsheet import (
    Link,
    PrintedArticle,
    PrintedLetter,
    PrintedSection,
    Proofsheet,
)
from feedback.reading.cleaning import clean_line, clean_text

RECORD = {
    "ref": "WHY-7Q2KD",
    "channel": "web",
    "state": "published",
    "received_at": "2026-03-02T14:14:00Z",
    "word_count": 12,
    "article": None,
    "signature": {
        "name": "Jane Q. Reader",
        "standing": None,
        "town": "Spokane",
        "state": "WA",
        "country": "US",
        "printed": "Jane Q. Reader, Spokane, Wash.",
        "withheld": False,
    },
    "remarks": {"original": "Meetings are cheap.", "edited": None, "cut_percent": 0},
    "gates": {"complete": True},
    "checks": [{"name": "length", "outcome": "pass"}],
    "edition": "2026-03-08",
    "missing": [],
}
PLAIN = PrintedLetter(
    ref="WHY-7Q2KD",
    salutation="",
    headline=None,
    paragraphs=("Meetings are cheap.",),
    links=(),
    signature="Jane Q. Reader, Spokane, Wash.",
    tagline=None,
    editors_reply=None,
    abridged=False,
    article=None,
    record=RECORD,
)


def a_printed(*paragraphs: str, **parts: object) -> PrintedLetter:
    """A letter as it prints, from Jane Q. Reader unless told."""
    letter = replace(PLAIN, **parts)
    if "ref" in parts:
        letter = replace(letter, record={**RECORD, "ref": letter.ref})
    return replace(letter, paragraphs=paragraphs) if paragraphs else letter


def a_sheet(*groups: tuple[str | None, list[PrintedLetter]], **parts: object) -> Proofsheet:
    """A published column of March 8, 2026 with these groups: (subhead or None, letters)."""
    sheet = Proofsheet(
        column_name="We Hear You",
        publication="Daily Signal",
        title="We Hear You: Fentanyl and Student Debt",
        slug="2026-03-08",
        date=dt.date(2026, 3, 8),
        editors_note=None,
        divider="***",
        first_subhead_printed=False,
        sections=tuple(PrintedSection(subhead, tuple(some)) for subhead, some in groups),
        invitation=None,
        provisional=False,
    )
    return replace(sheet, **parts)


# What hostile readers put into their letters (and their names): all of it is words.
NASTY = [
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "{0.__class__.__mro__}",
    "%s%n%(name)s",
    "[click](javascript:alert(1)) ![x](http://evil.example/p.png)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &copy; &#x41; <!-- x --> <![CDATA[ x ]]>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "{\\object\\objocx} {\\field{\\*\\fldinst HYPERLINK}}",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "-1",
    "+1;=1+1",
    '"=1+1"',
    "'=1+1",
    "# Heading\n1. one\n2) two\n- three\n+ four\n* five\n> six\n    seven",
    "Title\n=====\nother\n-----",
    "| a | b |\n| - | - |\n| c | d |",
    "***\n---\n___",
    "```\ncode\n```\n~~~",
    "*a* _b_ **c** ~~d~~ `e` ``f``",
    "a\\\nb\\\\ c\\*",
    "<!-- wp:html --><b>x</b><!-- /wp:html --> [gallery ids=1]",
    "http://evil.example/?a=1&b=2 www.evil.example <http://x.example>",
    "[a]: http://evil.example\n[a]\n[^1]: note",
    "Ends with a hash #",
    "Really!",
    "\u202egnirts\u202c and 日本語, кириллица, 🙂👩‍👩‍👧, ﷽",
]

_raw = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=80),
    st.text(alphabet="ab \n\\`*_[]<>&~|$!#+-=:;.1)('\"“”—@\t{}%", max_size=40),
    st.lists(st.sampled_from(NASTY), min_size=2, max_size=3).map("\n\n".join),
)
texts = _raw.map(clean_text)
lines = _raw.map(clean_line)
words = lines.filter(bool)


@st.composite
def letters(draw: st.DrawFn, number: int) -> PrintedLetter:
    """A letter of any text; sometimes words of it lead to an article."""
    paragraphs = tuple(p for p in draw(texts).split("\n\n") if p) or ("Yes.",)
    links: tuple[Link, ...] = ()
    found = draw(st.sampled_from(paragraphs))
    if draw(st.booleans()) and "\n" not in found:
        url = draw(
            st.sampled_from(["https://news.example.com/a_(b)?x=[1]&copy;=2", "javascript:x"])
        )
        links = (Link(found[: draw(st.integers(1, 20))], url),)
    return a_printed(
        *paragraphs,
        ref=f"WHY-{number:05}",
        links=links,
        salutation=draw(st.sampled_from(["", "Dear Daily Signal: "])),
        headline=draw(st.none() | words),
        signature=draw(st.just("") | words),
        tagline=draw(st.none() | words),
        editors_reply=draw(st.none() | words),
        abridged=draw(st.booleans()),
        article=draw(
            st.none()
            | st.builds(PrintedArticle, words, st.none(), st.none() | words, st.just(None))
        ),
    )


@st.composite
def sheets(draw: st.DrawFn) -> Proofsheet:
    """A column of any text."""
    number, groups = 0, []
    for size in draw(st.lists(st.integers(0, 3), max_size=3)):
        some = [draw(letters(number + place)) for place in range(1, size + 1)]
        number += size
        groups.append((draw(st.none() | words), some))
    return a_sheet(
        *groups,
        title=draw(st.none() | words),
        editors_note=draw(st.none() | texts.filter(bool)),
        invitation=draw(st.none() | texts.filter(bool)),
        divider=draw(st.sampled_from(["***", "rule", "none"])),
        first_subhead_printed=draw(st.booleans()),
        provisional=draw(st.booleans()),
    )


def printed_lines(letter: PrintedLetter) -> list[str]:
    """What a reader reads of a letter, paragraph by paragraph."""
    if letter.is_taken_down:
        return ["[A letter that stood here was taken down after publication.]"]
    body = list(letter.paragraphs)
    body[0] = letter.salutation + body[0]
    if letter.signature:
        body[-1] += f"—{letter.signature}"
    if letter.abridged:
        body[-1] += " (Abridged.)"
    if letter.tagline:
        body.append(letter.tagline)
    if letter.editors_reply:
        reply = letter.editors_reply
        body.append(reply if reply.startswith("[") else f"[Editor’s note: {reply}]")
    return [letter.headline, *body] if letter.headline else body
