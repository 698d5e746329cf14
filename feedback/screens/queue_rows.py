"""A letter in the list: who, when, its first words, what is unusual about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from flask_babel import gettext as _

from feedback.accounts.guard import current_editor
from feedback.domain.article import Article
from feedback.domain.campaign import Membership
from feedback.domain.finding import Result
from feedback.domain.gates import is_verified, why_proof
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import OPEN, State
from feedback.domain.verification import Outcome
from feedback.newsroom import newsroom
from feedback.reading.ap_dates import ap_date, ap_time
from feedback.reading.snippet import Piece, snippet
from feedback.screens.desk_words import CHANNEL_WORDS
from feedback.screens.selection import TABS, Selection
from feedback.store import campaigns, letters, presence, proposals
from feedback.store.search import read_query
from feedback.store.work import Work

MOST_WHYS = 2
UNUSUAL_WAYS = frozenset({Channel.PAPER, Channel.TELEPHONE, Channel.IMPORT})


@dataclass(frozen=True)
class Why:
    """A few words on why a letter wants a look; `kind` is `wait`, `mind`, `good` or empty."""

    says: str
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One letter of the list; `state` is None where the tab says it already.

    `says` are its first words, or the passage that a search found. `alike` counts the letters of
    its campaign.
    """

    ref: str
    href: str
    who: str
    when: str
    received_at: datetime
    says: Sequence[Piece]
    whys: Sequence[Why]
    word_count: int
    state: State | None
    alike: int
    campaign_id: int | None


@dataclass(frozen=True)
class Group:
    """Letters that follow one another and answer the same article."""

    heading: str
    href: str | None  # all letters about it
    rows: Sequence[Row]
    article_id: int | None = None


class Memory:
    """The whys of letters as they were last worked out: a list shows the same ones over and over.

    What they are worked out from is in the key, so that nothing old is ever shown.
    """

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._whys: dict[tuple[object, ...], tuple[Why, ...]] = {}

    def recall(self, letter: Letter) -> tuple[Why, ...] | None:
        """The whys of a letter that nothing has changed since; else None."""
        return self._whys.get(_all_that_counts(letter))

    def keep(self, letter: Letter) -> tuple[Why, ...]:
        """Work them out; the letter has all that a list needs."""
        if len(self._whys) >= self._most:
            self._whys.clear()
        whys = tuple(islice(whys_of(letter), MOST_WHYS))
        self._whys[_all_that_counts(letter)] = whys
        return whys


def _all_that_counts(letter: Letter) -> tuple[object, ...]:
    return (
        newsroom().store,
        letter.id,
        letter.version,
        letter.checked_at,
        letter.is_first,
        letter.answered_at,
        letter.open_claims,
        letter.column.version,
    )


_memory = Memory()


def groups_of(work: Work, some: Sequence[Letter], selection: Selection) -> list[Group]:
    """The page's letters under their articles, in the order of the list."""
    editor_id = current_editor().id
    known = {letter.id: _memory.recall(letter) for letter in some}
    fresh = [letter for letter in some if known[letter.id] is None]
    letters.fill_lists(work, fresh)
    whys = {letter.id: known[letter.id] or _memory.keep(letter) for letter in some}
    beside = _Beside(
        whys,
        _passages(work, some, selection),
        campaigns.sizes(work, {one.campaign_id for one in some if one.campaign_id}),
        proposals.letters_with(work, [letter.id for letter in some]),
        presence.on_letters(work, [letter.id for letter in some], editor_id),
        editor_id,
    )
    return [
        _group(list(group), selection, work.now, beside)
        for _about, group in groupby(some, key=lambda one: (one.article_id, one.is_general))
    ]


@dataclass(frozen=True)
class _Beside:
    """What a row has that is not the letter's own, by the letter's or the campaign's number."""

    whys: dict[int, tuple[Why, ...]]
    passages: dict[int, Sequence[Piece]]
    campaigns: dict[int, int]
    proposed: frozenset[int]  # letters with an edit that waits for an editor
    readers: dict[int, list[str]]  # who else has a letter open
    editor_id: int | None


def _passages(
    work: Work, some: Sequence[Letter], selection: Selection
) -> dict[int, Sequence[Piece]]:
    """What a search found in each letter, in its own words."""
    wanted = read_query(selection.q).marked if selection.q else []
    if not wanted:
        return {}
    texts = letters.texts(work, [letter.id for letter in some])
    found = {number: snippet(text, wanted) for number, text in texts.items()}
    return {number: pieces for number, pieces in found.items() if pieces}


def _group(some: Sequence[Letter], selection: Selection, now: datetime, beside: _Beside) -> Group:
    article = some[0].article
    is_link = article is not None and selection.article_id is None
    return Group(
        _heading(article, some[0]),
        selection.about(some[0].article_id).href if is_link else None,
        [_row(letter, selection, now, beside) for letter in some],
        some[0].article_id,
    )


def _row(letter: Letter, selection: Selection, now: datetime, beside: _Beside) -> Row:
    """A letter as its row shows it."""
    zone = letter.column.zone
    is_member = letter.campaign_id is not None and letter.membership is not Membership.APART
    return Row(
        ref=letter.ref,
        href=selection.given().letter_href(letter.ref),
        who=letter.signature.printed() or _("No name"),
        when=short_moment(letter.received_at.astimezone(zone), now.astimezone(zone)),
        received_at=letter.received_at,
        says=beside.passages.get(letter.id) or (Piece(letter.opening, is_found=False),),
        whys=_whys(letter, beside),
        word_count=letter.word_count,
        state=None if selection.state in TABS and TABS[selection.state][1] else letter.state,
        alike=beside.campaigns.get(letter.campaign_id or 0, 0) if is_member else 0,
        campaign_id=letter.campaign_id,
    )


def _whys(letter: Letter, beside: _Beside) -> Sequence[Why]:
    """The letter's own, between what changes from minute to minute and whose it is."""
    now = [Why(_("%(name)s is on it", name=n), "mind") for n in beside.readers.get(letter.id, ())]
    if letter.id in beside.proposed:
        now.append(Why(_("Edit proposed"), "mind"))
    if letter.assigned_id is None or letter.assigned_name is None:
        return (*now, *beside.whys[letter.id])
    is_own = letter.assigned_id == beside.editor_id
    whose = _("Yours") if is_own else _("%(name)s’s", name=letter.assigned_name)
    return (*now, *beside.whys[letter.id], Why(whose))


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
    yield from _writes(letter)
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
    if letter.answered_at is not None:
        yield Why(_("Writer has answered"), "mind")
    if letter.wanted is not None:
        yield Why(_("Writer is asked"), "mind")
    if letter.state is State.HELD and letter.hold_until:
        yield Why(_("Until %(day)s", day=ap_date(letter.hold_until)), "wait")
    # An article that is not known stands above the letter, as its heading.
    if letter.state in OPEN and "name" in letter.missing:
        yield Why(_("No name"), "wait")


def _writes(letter: Letter) -> Iterator[Why]:
    if letter.affiliation:
        yield Why(_("Has an interest"))
    if letter.is_first and letter.state in OPEN:
        yield Why(_("First letter"), "good")


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
