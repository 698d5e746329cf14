"""Editions for programs: made, arranged, published."""

from flask import Blueprint, Response

from feedback.api.asked import EditionsQuery
from feedback.api.endpoint import endpoint, keep_private, tell
from feedback.api.present_version import telling_present_version
from feedback.api.problems import wrong
from feedback.api.sent import EditionChange, EditionSent, SectionSent
from feedback.api.told import EditionPage, EditionRecord
from feedback.domain.column import Column
from feedback.domain.edition import Edition, EditionState
from feedback.domain.edition_record import edition_record
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotFound
from feedback.edition.arrange import Group, arrange
from feedback.edition.make import make, rename
from feedback.edition.publish import publish, unpublish
from feedback.newsroom import newsroom
from feedback.store import columns, editions
from feedback.store.work import Work

blueprint = Blueprint("api_editions", __name__, url_prefix="/api/v1/desk/editions")
blueprint.after_request(keep_private)


@blueprint.get("")
@endpoint("list_editions", needs=Deed.READ, tells=EditionPage, query=EditionsQuery)
def list_editions(query: EditionsQuery) -> Response:
    """List editions, newest first."""
    with newsroom().store.read() as work:
        page = editions.page(work, query.state, query.cursor, query.limit)
        return tell({"editions": [edition_record(e) for e in page.rows], "next": page.next})


@blueprint.post("")
@endpoint(
    "make_edition",
    needs=Deed.BUILD_EDITION,
    tells=EditionRecord,
    status=201,
    body=EditionSent,
)
def create(editor: Editor, body: EditionSent) -> Response:
    """Make an edition."""
    note = body.editors_note or ""
    with newsroom().store.work() as work:
        column = _column(work, body.column)
        edition = make(work, column, body.title, body.date, editor, body.slug, note)
    answer = tell(edition_record(edition), 201)
    answer.headers["Location"] = f"{newsroom().base_url}{blueprint.url_prefix}/{edition.slug}"
    return answer


@blueprint.get("/<slug>")
@endpoint("get_edition", needs=Deed.READ, tells=EditionRecord)
def one(slug: str) -> Response:
    """Read an edition."""
    with newsroom().store.read() as work:
        return tell(edition_record(editions.by_slug(work, slug)))


@blueprint.patch("/<slug>")
@endpoint(
    "change_edition",
    needs=Deed.BUILD_EDITION,
    tells=EditionRecord,
    body=EditionChange,
    conflicts=True,
)
def change(slug: str, editor: Editor, body: EditionChange) -> Response:
    """Change title or note, place and order letters, publish, take that back."""

    def version(work: Work) -> int:
        return editions.by_slug(work, slug).version

    with telling_present_version(version), newsroom().store.work() as work:
        edition = editions.by_slug(work, slug, to_change=True)
        edition.expect(body.version)
        _change(work, edition, body, editor)
    return tell(edition_record(edition))


def _change(work: Work, edition: Edition, body: EditionChange, editor: Editor) -> None:
    """All that was asked for, in the order in which it works; asking for what is does nothing."""
    becomes = body.state if body.state is not edition.state else None
    if body.override is not None and becomes is not EditionState.PUBLISHED:
        raise wrong("override", "invalid", "Only publishing passes gates.")
    if becomes is EditionState.DRAFT:
        unpublish(work, edition, editor, None)
    if body.title is not None or body.editors_note is not None:
        rename(work, edition, editor, None, body.title, body.editors_note)
    if body.sections is not None:
        _arrange(work, edition, body.sections, editor)
    if becomes is EditionState.PUBLISHED:
        publish(work, edition, editor, None, body.override)


def _arrange(work: Work, edition: Edition, sections: list[SectionSent], editor: Editor) -> None:
    groups = [Group(section.subhead, section.letters) for section in sections]
    try:
        arrange(work, edition, groups, editor, None)
    except NotFound as error:
        raise wrong("sections", "unknown", error.message) from error


def _column(work: Work, slug: str | None) -> Column:
    if not slug:
        return columns.first(work, to_change=True)
    try:
        return columns.by_slug(work, slug, to_change=True)
    except NotFound as error:
        raise wrong("column", "unknown", "There is no column with this slug.") from error
