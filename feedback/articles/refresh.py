"""Keep the known articles up to date with the newsroom's site; the worker calls it."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from feedback.articles.find import find
from feedback.articles.read import Get, read_source
from feedback.articles.take import Taken, take_all
from feedback.domain.errors import FeedbackError
from feedback.reading.article_list import ArticleRow
from feedback.store import site_reading
from feedback.store.site_reading import Due
from feedback.store.work import Store

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=15)
FIRST_TIME = 1000  # articles
AGAIN = 100  # the newest
NOT_FORESEEN = "Reading the site failed in a way that was not foreseen; the log has more."
NOTHING_FOUND = (
    "No feed, sitemap or wp-json was found on the site. Put the address of one of them here."
)


@dataclass
class _Outcome:
    """How a reading went: where the articles are listed, what was taken over, what went wrong."""

    url: str = ""
    kind: str = ""
    taken: Taken = field(default_factory=Taken)
    problem: str = ""


def refresh(store: Store, get: Get) -> Taken | None:
    """Read the site of a column that is due: the first time the latest 1,000, then the newest.

    Returns what was taken over, None where nothing is due. What goes wrong is noted on the
    column for the settings page, and tried again a quarter of an hour later.
    """
    with store.read() as work:  # asked often: writers are not made to wait for it
        if not site_reading.is_due(work, work.now - EVERY):
            return None
    with store.work() as work:
        due = site_reading.claim(work, work.now - EVERY)
    if due is None:
        return None
    outcome = _Outcome()
    try:
        _read_all(store, due, get, outcome)
    except FeedbackError as error:
        outcome.problem = error.message
    except Exception:  # a site can send anything; the next reading must not be lost
        log.exception("reading the articles of a site failed")
        outcome.problem = NOT_FORESEEN
    with store.work() as work:
        site_reading.note(work, due, outcome.url, outcome.kind, outcome.problem)
    taken = outcome.taken
    log.info(
        "articles read: %d added, %d updated, %d unchanged%s",
        taken.added, taken.updated, taken.skipped, ", a problem" if outcome.problem else "",
    )  # fmt: skip
    return taken


def _read_all(store: Store, due: Due, get: Get, outcome: _Outcome) -> None:
    urls = [due.articles_url] if due.articles_url else [s.url for s in find(due.site_url, get)]
    if not urls:
        outcome.problem = NOTHING_FOUND
        return
    outcome.url = urls[0]
    most = AGAIN if due.articles_kind else FIRST_TIME
    # The sitemap first, whose headlines are guesses, so that the feed's come to stand.
    for url in reversed(urls):
        rows: list[ArticleRow] = []
        try:
            for kind, some in read_source(url, get, most):
                rows += some
                outcome.kind = kind.value
        except FeedbackError as error:
            outcome.problem = outcome.problem or error.message
            outcome.kind = ""
        # Lists begin with the newest; the desk's begins with the one that was added last.
        outcome.taken += take_all(store, reversed(rows), keeps_edits=True)
