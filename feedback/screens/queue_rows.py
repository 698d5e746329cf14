"""A letter in the list: who, when, its first words, what is unusual about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from flask_babel import gettext as _

from feedback.domain.article import Article
from feedback.domain.finding import Result
from feedback.domain.gates import is_verified, why_proof
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import OPEN, State
from feedback.domain.verification import Outcome
from feedback.reading.ap_dates import ap_date, ap_time
from feedback.screens.desk_words import CHANNEL_WORDS
from feedback.screens.selection import TABS, Selection

MOST_WHYS = 2
UNUSUAL_WAYS = frozenset({Channel.PAPER, Channel.TELEPHONE, Channel.IMPORT})


@dataclass(frozen=True)
class Why:
    """A few words on why a letter wants a look; `kind` is `wait`, `mind`, `good` or empty."""

    says: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One letter of the list; `state` is None where the tab says it already."""

    ref: str
    href: str
    who: str
    when: str
    received_at: datetime
    says: str
    whys: Sequence[Why]
    word_count: int
    state: State | None


@dataclass(frozen=True)
class Group:
    """Letters that follow one another and answer the same article."""

    heading: str
    href: str | None  # all letters about it
    rows: Sequence[Row]


def groups_of(letters: Iterable[Letter], selection: Selection, now: datetime) -> list[Group]:
    """The page's letters under their articles, in the order of the list."""
    return [
        _group(list(some), selection, now)
        for _about, some in groupby(letters, key=lambda one: (one.article_id, one.is_general))
    ]


def _group(some: Sequence[Letter], selection: Selection, now: datetime) -> Group:
    article = some[0].article
    is_link = article is not None and selection.article_id is None
    return Group(
        _heading(article, some[0]),
        selection.about(some[0].article_id).href if is_link else None,
        [row_of(letter, selection, now) for letter in some],
    )


def row_of(letter: Letter, selection: Selection, now: datetime) -> Row:
    """A letter as its row shows it."""
    zone = letter.column.zone
    return Row(
        ref=letter.ref,
        href=selection.given().letter_href(letter.ref),
        who=letter.signature.printed() or _("No name"),
        when=short_moment(letter.received_at.astimezone(zone), now.astimezone(zone)),
        received_at=letter.received_at,
        says=letter.opening,
        whys=list(islice(whys_of(letter), MOST_WHYS)),
        word_count=letter.word_count,
        state=None if selection.which.states and selection.state in TABS else letter.state,
    )


def short_moment(at: datetime, now: datetime) -> str:
    """“9:14 a.m.” of today, “March 2” of this year, else “March 2, 2024”; both in one zone."""
    return ap_time(at) if at.date() == now.date() else ap_date(at.date(), now.year)


def whys_of(letter: Letter) -> Iterator[Why]:
    """What differs from the usual letter, the weightiest first."""
    yield from _waits(letter)
    found = {f.check for f in letter.findings if f.outcome in (Result.HOLD, Result.REFUSE)}
    noted = {f.check for f in letter.findings if f.outcome is Result.NOTE}
    if "honeypot" in found:
        yield Why(_("Likely a robot"), "wait")
    if "withheld" in found:
        yield Why(_("Name stands in it"), "wait")
    if letter.is_withheld:
        yield Why(_("Asks to be unnamed"), "wait")
    yield from _edits(letter)
    if "hidden" in noted:
        yield Why(_("Hidden characters"), "wait")
    if letter.affiliation:
        yield Why(_("Has an interest"))
    if "links" in noted:
        yield Why(_("Has links"))
    if "place" in noted:
        yield Why(_("Town not known") if letter.has_place else _("No place"))
    if letter.channel in UNUSUAL_WAYS:
        yield Why(str(CHANNEL_WORDS[letter.channel]))
    if letter.state in OPEN and not is_verified(
        letter.column.verification_policy, letter.verifications
    ):
        yield Why(_("Not verified"))


def _waits(letter: Letter) -> Iterator[Why]:
    learned = [v.outcome for v in letter.verifications if v.outcome is not Outcome.NO_ANSWER]
    if learned and learned[-1] is Outcome.DENIED:
        yield Why(_("Writer says no"), "wait")
    if letter.wanted is not None:
        yield Why(_("Writer is asked"), "mind")
    if letter.state is State.HELD and letter.hold_until:
        yield Why(_("Until %(day)s", day=ap_date(letter.hold_until)), "wait")
    # An article that is not known stands above the letter, as its heading.
    if letter.state in OPEN and "name" in letter.missing:
        yield Why(_("No name"), "wait")


def _edits(letter: Letter) -> Iterator[Why]:
    revision = letter.revision
    needs_proof = bool(why_proof(letter))
    if revision is not None and revision.cut_percent:
        yield Why(_("Cut %(n)s%%", n=revision.cut_percent), "wait" if needs_proof else "")
    elif needs_proof:
        yield Why(_("Wants a proof"), "wait")
    elif revision is not None:
        yield Why(_("Edited"))


def _heading(article: Article | None, letter: Letter) -> str:
    if article is not None:
        return article.headline
    return str(_("About no article in particular") if letter.is_general else _("Article not known"))
