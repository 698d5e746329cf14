"""The desk's first page: what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.domain.article import Article
from feedback.domain.edition import Edition
from feedback.domain.editor import Deed
from feedback.domain.errors import NotFound
from feedback.domain.finding import Result
from feedback.domain.letter import Channel, Letter
from feedback.domain.reference import as_reference
from feedback.domain.saved_view import SavedView
from feedback.domain.state import State
from feedback.intake.checks import CHECKS
from feedback.newsroom import newsroom
from feedback.screens import desk_words, deskbar
from feedback.screens.queue_rows import Group, groups_of
from feedback.screens.selection import ANYTHING, OTHER_CHECKS, PAGE, TABS, Selection
from feedback.store import articles, editions, letters, saved_views
from feedback.store.letter_filter import LetterFilter, is_beyond
from feedback.store.paging import Count, Page
from feedback.store.work import Work

blueprint = Blueprint("queue", __name__, url_prefix="/desk")
guard_desk(blueprint)
blueprint.app_context_processor(deskbar.context)
blueprint.record(lambda state: desk_words.init(state.app))


TAB_FILTERS = {key: LetterFilter(states) for key, (_name, states) in TABS.items()}
FURTHER_STATES = [s for s in State if (s,) not in [states for _, states in TABS.values()]]
CHECK_CHOICES = [
    (f"{name}:{result}", name, result)
    for name in (*(check.name for check in CHECKS), *OTHER_CHECKS)
    for result in (Result.NOTE, Result.HOLD)
]


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
    views: Sequence[SavedView]

    @property
    def is_filtered(self) -> bool:
        """True where the form of filters is in use, so that it stands open."""
        narrow = replace(self.selection.narrow, article=None)
        return narrow != ANYTHING or self.selection.state not in TABS

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
        everywhere = selection.with_state("all").which
        found = letters.page(work, everywhere, limit=1).rows if ref else []
        if [letter.ref for letter in found] == [ref]:
            return redirect(f"/desk/letters/{ref}", 303)
        listing = listing_of(work, selection)
        drafts: list[Edition] = editions.drafts(work)
        return render_template("desk/queue.html", listing=listing, drafts=drafts, **lists())


def lists() -> dict[str, object]:
    """What the form of filters has to choose from."""
    return {
        "further_states": FURTHER_STATES,
        "channels": list(Channel),
        "topics": [(name, name) for name in sorted(newsroom().column().rules.topics)],
        "checks": CHECK_CHOICES,
    }


def which_of(work: Work, selection: Selection) -> LetterFilter:
    """What the store is asked for; the articles of a topic are those with its words."""
    which = selection.which
    if not selection.narrow.topic:
        return which
    words = newsroom().column().rules.topics.get(selection.narrow.topic, ())
    return replace(which, article_ids=tuple(articles.ids_with(work, words)))


def listing_of(work: Work, selection: Selection, letter: Letter | None = None) -> Listing:
    """The list for a selection; with a letter, the page on which that letter stands."""
    which = which_of(work, selection)
    page = letters.page(work, which, selection.cursor, PAGE, light=True)
    if letter is not None and page.next and is_beyond(letter, page.rows[-1], which):
        selection = selection.after(page.next, len(page.rows))
        page = letters.page(work, which, selection.cursor, PAGE, light=True)
    tabs = _tabs(work, selection)
    return Listing(
        selection=selection,
        tabs=tabs,
        groups=groups_of(work, page.rows, selection),
        shown=len(page.rows),
        count=_whole(work, selection, which, page, tabs),
        next=selection.after(page.next, len(page.rows)) if page.next else None,
        article=_article(work, selection),
        views=saved_views.of_editor(work, current_editor().id),
    )


def _tabs(work: Work, selection: Selection) -> list[Tab]:
    """The tabs, with counts of the whole desk: within a search they would cost too much."""
    counts: list[Count | None] = [None] * len(TABS)
    if not selection.is_narrow:
        counts = list(letters.counts(work, list(TAB_FILTERS.values())))
    return [
        Tab(key, name, selection.with_state(key).href, count)
        for (key, (name, _states)), count in zip(TABS.items(), counts, strict=True)
    ]


def _whole(
    work: Work, selection: Selection, which: LetterFilter, page: Page[Letter], tabs: list[Tab]
) -> Count | None:
    if selection.is_narrow:
        ends = page.next is None
        return Count(selection.past + len(page.rows)) if ends else None
    counts = {tab.key: tab.count for tab in tabs}
    return counts.get(selection.state) or letters.count(work, which)


def _article(work: Work, selection: Selection) -> Article | None:
    if selection.article_id is None:
        return None
    try:
        return articles.by_id(work, selection.article_id)
    except NotFound:
        return None
