"""The desk's first page: what waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.decide import DECLINE_REASONS
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
from feedback.screens.desk_words import CHANNEL_WORDS, CHECK_WORDS, RESULT_WORDS
from feedback.screens.queue_rows import Group, groups_of
from feedback.screens.selection import ME, OTHER_CHECKS, PAGE, TABS, Narrow, Selection
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
    def narrowed(self) -> list[str]:
        """What the list is narrowed to, in words; article and search words stand apart."""
        return list(_narrowed(self.selection.narrow))

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
        "decline_reasons": DECLINE_REASONS,
    }


def _narrowed(narrow: Narrow) -> Iterator[str]:
    if narrow.topic:
        yield _("On %(topic)s", topic=narrow.topic)
    if narrow.channel:
        yield str(CHANNEL_WORDS[narrow.channel])
    if narrow.check:
        name, _colon, outcome = narrow.check.partition(":")
        yield f"{CHECK_WORDS.get(name, name)}: {RESULT_WORDS[Result(outcome)]}"
    if narrow.editor:
        yield _("Yours") if narrow.editor == ME else _("Nobody’s")
    if narrow.older:
        yield _("Older than %(n)s days", n=narrow.older)
    if narrow.fits:
        yield _("No longer than %(n)s words", n=narrow.fits)
    if narrow.first:
        yield _("First letters")


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
