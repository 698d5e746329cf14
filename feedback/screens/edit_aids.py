"""Beside the text in the editor's hands: what the edit does, what house style would do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from feedback.domain.letter import Letter
from feedback.domain.place import STATES
from feedback.reading import tidying
from feedback.reading.cleaning import clean_text
from feedback.reading.hints import Hint, hints, words_of
from feedback.reading.redline import Redline, compare
from feedback.reading.tidying import KINDS, Offer

MOST_READ = tidying.MOST_READ


@dataclass(frozen=True)
class Aids:
    """`redline` from the original; `offers` by kind, in the order of KINDS; `hints`."""

    redline: Redline
    offers: Mapping[str, Sequence[Offer]]
    hints: Sequence[Hint]

    @property
    def offer_count(self) -> int:
        """How many changes house style offers."""
        return sum(map(len, self.offers.values()))


def aids_of(letter: Letter, text: str) -> Aids:
    """For a text as it is typed, bounded; an empty one stands for the original."""
    original = letter.original.remarks
    text = text[:MOST_READ] if clean_text(text) else original
    found = sorted(tidying.offers(text, _forms()), key=lambda one: KINDS.index(one.kind))
    return Aids(
        compare(original, clean_text(text)),
        {kind: list(some) for kind, some in groupby(found, lambda one: one.kind)},
        hints(text, _known(letter)),
    )


def with_accepted(text: str, keys: Collection[str]) -> str:
    """The text with the offers of these keys carried out."""
    text = text.replace("\r\n", "\n")
    return tidying.accept(text, tidying.picked(tidying.offers(text, _forms()), keys))


def tidied(text: str) -> str:
    """The text with all of house style."""
    return tidying.accept_all(text, _forms())


@cache
def _forms() -> Mapping[str, tuple[str, str]]:
    """How people write a state after a town, with its two letters and the form in print."""
    return {
        form: (state.code, state.with_town)
        for state in STATES
        for form in (state.code, state.name, state.with_town, state.with_town.removesuffix("."))
    }


def _known(letter: Letter) -> set[str]:
    """Words that are right here: of the signature and of the article."""
    article = letter.article
    about = (article.headline, article.author) if article else ()
    return words_of(letter.name, letter.standing, letter.town, letter.country, *about)
