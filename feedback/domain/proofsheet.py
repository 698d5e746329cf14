"""What is printed: the contents of an edition, frozen when it is published.

Every format renders a proofsheet and nothing else, so all exports agree. A printed letter has
no name of its writer: only the signature as it prints.
"""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any, Self


@dataclass(frozen=True)
class Link:
    """Words of a letter (as they stand in one of its paragraphs) that lead to an address."""

    words: str
    url: str


@dataclass(frozen=True)
class PrintedArticle:
    """The article that a letter answers."""

    headline: str
    url: str | None
    author: str | None
    published_on: dt.date | None


@dataclass(frozen=True)
class PrintedLetter:
    """One letter as it prints: typography done, salutation and signature beside the text.

    `salutation` ends with its own space, and is empty where the letter has none; `signature`
    begins after the em dash. `record` is the letter record of the contract without a withheld
    name, for the formats that carry data. A letter that was taken down after print has kept its
    place and its reference alone.
    """

    ref: str
    salutation: str
    headline: str | None
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...]
    signature: str
    tagline: str | None
    editors_reply: str | None
    abridged: bool
    article: PrintedArticle | None
    record: dict[str, Any]
    is_taken_down: bool = False

    def taken_down(self) -> "PrintedLetter":
        """Its place without its words, its writer or what it answered."""
        kept = {"ref": self.ref, "state": "killed", "edition": self.record.get("edition")}
        return PrintedLetter(
            ref=self.ref,
            salutation="",
            headline=None,
            paragraphs=(),
            links=(),
            signature="",
            tagline=None,
            editors_reply=None,
            abridged=False,
            article=None,
            record={**_blank(self.record), **kept},
            is_taken_down=True,
        )


@dataclass(frozen=True)
class PrintedSection:
    """Letters that stand together, under a subhead or none."""

    subhead: str | None
    letters: tuple[PrintedLetter, ...]


@dataclass(frozen=True)
class Proofsheet:
    """An edition as it prints; without title, slug and date it is letters taken out by themselves.

    `editors_note` is whole, with its signature. `divider` is a value of `Divider`. `provisional`
    marks what is not published.
    """

    column_name: str
    publication: str
    title: str | None
    slug: str | None
    date: dt.date | None
    editors_note: str | None
    divider: str
    first_subhead_printed: bool
    sections: tuple[PrintedSection, ...]
    invitation: str | None
    provisional: bool

    def letters(self) -> list[PrintedLetter]:
        """Every letter in the order of print."""
        return [letter for section in self.sections for letter in section.letters]

    def without(self, refs: Collection[str]) -> Self:
        """The same with these letters taken down: a line stands where each one stood."""
        sections = tuple(
            replace(s, letters=tuple(x.taken_down() if x.ref in refs else x for x in s.letters))
            for s in self.sections
        )
        return replace(self, sections=sections)

    def to_json(self) -> str:
        """As JSON, for the store; the same proofsheet gives the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, default=_iso)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote."""
        raw = json.loads(text)
        raw["date"] = _day(raw["date"])
        raw["sections"] = tuple(
            PrintedSection(s["subhead"], tuple(_letter(one) for one in s["letters"]))
            for s in raw["sections"]
        )
        return cls(**raw)


def _letter(raw: dict[str, Any]) -> PrintedLetter:
    article = raw["article"]
    if article is not None:
        article = PrintedArticle(**{**article, "published_on": _day(article["published_on"])})
    return PrintedLetter(
        **{
            **raw,
            "paragraphs": tuple(raw["paragraphs"]),
            "links": tuple(Link(**link) for link in raw["links"]),
            "article": article,
        }
    )


def _blank(record: dict[str, Any]) -> dict[str, Any]:
    """The same keys with nothing behind them, so that programs find the shape they know."""
    return {
        key: _blank(value) if isinstance(value, dict) else [] if isinstance(value, list) else None
        for key, value in record.items()
    }


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a proofsheet")


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
