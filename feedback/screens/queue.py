"""The desk's first page: what waits."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from feedback.accounts.guard import desk_only, guard_desk
from feedback.domain.article import Article
from feedback.domain.edition import Edition
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound
from feedback.domain.letter import Channel, Letter
from feedback.domain.reference import as_reference
from feedback.domain.state import State
from feedback.newsroom import newsroom
from feedback.screens import desk_words, deskbar
from feedback.screens.queue_rows import Group, groups_of
from feedback.screens.selection import PAGE, TABS, Selection
from feedback.store import articles, editions, letters
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import Count, Page
from feedback.store.work import Work

blueprint = Blueprint("queue", __name__, url_prefix="/desk")
guard_desk(blueprint)
blueprint.app_context_processor(deskbar.context)
blueprint.record(lambda state: desk_words.init(state.app))


TAB_FILTERS = {key: LetterFilter(states) for key, (_name, states) in TABS.items()}
# For the form of filters: the states that are no tab, the ways in.
LISTS = {
    "further_states": [s for s in State if (s,) not in [states for _, states in TABS.values()]],
    "channels": list(Channel),
}


@dataclass(frozen=True)
class Tab:
    """One tab of the list; no count where counting would cost more than it tells."""

    key: str
    name: str
    href: str
    count: Count | None


@dataclass(frozen=True)
class Listing:
    """The list beside a letter, ready for the template."""

    selection: Selection
    tabs: list[Tab]
    groups: list[Group]
    shown: int
    count: Count | None  # of the whole list, where that is known
    next: Selection | None
    article: Article | None  # the one that the list is narrowed to

    @property
    def is_filtered(self) -> bool:
        """True where the form of filters is in use, so that it stands open."""
        return bool(self.selection.channel) or self.selection.state not in TABS

    @property
    def first(self) -> str | None:
        """Where the first letter of the page opens."""
        return self.groups[0].rows[0].href if self.groups else None


@blueprint.get("/")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """The list, and beside it what else the desk has before it."""
    selection = Selection.read(request.args)
    ref = as_reference(selection.q)
    with newsroom().store.read() as work:
        found = letters.page(work, selection.with_state("all").which, limit=1).rows if ref else []
        if [letter.ref for letter in found] == [ref]:
            return redirect(f"/desk/letters/{ref}", 303)
        listing = listing_of(work, selection)
        drafts: list[Edition] = editions.drafts(work)
        return render_template("desk/queue.html", listing=listing, drafts=drafts, **LISTS)


def listing_of(work: Work, selection: Selection, letter: Letter | None = None) -> Listing:
    """The list for a selection; with a letter, the page on which that letter stands."""
    page = letters.page(work, selection.which, selection.cursor, PAGE)
    if letter is not None and page.next and _is_beyond(letter, page):
        selection = selection.after(page.next, len(page.rows))
        page = letters.page(work, selection.which, selection.cursor, PAGE)
    tabs = [
        Tab(key, name, selection.with_state(key).href, _count(work, selection, key))
        for key, (name, _states) in TABS.items()
    ]
    return Listing(
        selection=selection,
        tabs=tabs,
        groups=groups_of(page.rows, selection, work.now),
        shown=len(page.rows),
        count=_whole(work, selection, page, tabs),
        next=selection.after(page.next, len(page.rows)) if page.next else None,
        article=_article(work, selection),
    )


def _count(work: Work, selection: Selection, key: str) -> Count | None:
    """Of a tab, for the whole desk: within a search it would cost more than it tells."""
    if selection.is_narrow:
        return None
    return deskbar.waiting() if key == "waiting" else letters.count(work, TAB_FILTERS[key])


def _whole(work: Work, selection: Selection, page: Page[Letter], tabs: list[Tab]) -> Count | None:
    if selection.is_narrow:
        ends = page.next is None
        return Count(selection.past + len(page.rows)) if ends else None
    counts = {tab.key: tab.count for tab in tabs}
    return counts.get(selection.state) or letters.count(work, selection.which)


def _article(work: Work, selection: Selection) -> Article | None:
    if selection.article_id is None:
        return None
    try:
        return articles.by_id(work, selection.article_id)
    except NotFound:
        return None


def _is_beyond(letter: Letter, page: Page[Letter]) -> bool:
    """Whether the letter stands below the page."""
    last = page.rows[-1]
    return (letter.received_at, letter.id) < (last.received_at, last.id)
