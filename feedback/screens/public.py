"""The column as readers see it: what it is, its editions, one edition, the feed."""

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from feedback.domain.errors import NotFound
from feedback.edition.printed import printed_edition, printed_editions
from feedback.export.feed import MOST_ENTRIES, FeedEntry, atom
from feedback.export.formats.html import edition_body
from feedback.export.small_copies import excerpt
from feedback.newsroom import newsroom
from feedback.screens.assets import Assets
from feedback.store import editions

blueprint = Blueprint("public", __name__)
FRESH = 60  # seconds that a copy of a page may be shown for; what is taken down is gone after it
EARLIER = 4  # editions that the first page names beside the newest
ROBOTS = """User-agent: *
Allow: /letters/new
Disallow: /letters/
Disallow: /verify/
Disallow: /desk/
Disallow: /api/
"""


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """What the column is, the newest edition, how to write."""
    with newsroom().store.read() as work:
        newest = next(iter(printed_editions(work, 1)), None)
        earlier = editions.printed(work, limit=1 + EARLIER).rows[1:]
    return _cached(render_template("edition/home.html", newest=newest, earlier=earlier))


@blueprint.get("/editions/")
def every() -> ResponseReturnValue:
    """All editions, newest first, page by page."""
    with newsroom().store.read() as work:
        page = editions.printed(work, request.args.get("after"))
    return _cached(render_template("edition/every.html", page=page))


@blueprint.get("/editions/<slug>")
def edition(slug: str) -> ResponseReturnValue:
    """One published edition in the house form; a draft is not there."""
    with newsroom().store.read() as work:
        printed = printed_edition(work, slug)
        earlier, later = editions.beside(work, printed.edition)
    return _cached(
        render_template(
            "edition/edition.html",
            edition=printed.edition,
            sheet=printed.sheet,
            body=edition_body(printed.sheet),
            excerpt=excerpt(printed.sheet),
            earlier=earlier,
            later=later,
        )
    )


@blueprint.get("/editions/feed.atom")
def feed() -> ResponseReturnValue:
    """The newest editions for feed readers."""
    house = newsroom()
    with house.store.read() as work:
        entries = [
            FeedEntry(one.sheet, one.published_at, one.changed_at)
            for one in printed_editions(work, MOST_ENTRIES)
        ]
        now = work.now
    column = house.column()
    publication = column.publication or column.name
    return _cached(
        atom(entries, house.base_url, column.name, publication, now), "application/atom+xml"
    )


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """What search engines may keep: the column, not the pages behind secret links."""
    return _cached(ROBOTS, "text/plain")


@blueprint.get("/favicon.ico")
def icon() -> ResponseReturnValue:
    """The icon, for browsers that ask for it by this name."""
    assets: Assets = current_app.extensions["assets"]
    found = assets.find("favicon.svg")
    if found is None:
        raise NotFound("There is no icon.")
    return _cached(found.body, found.kind)


def _cached(body: str | bytes, kind: str = "text/html") -> Response:
    """An answer that is the same for everybody, with a name for its content."""
    response = Response(body, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.add_etag()
    response.make_conditional(request)
    return response
