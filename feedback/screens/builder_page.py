"""An edition in the making, ready for its template: what is approved, the outline, the print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from feedback.accounts.guard import current_editor
from feedback.answers import status_of
from feedback.domain.edition import Edition, EditionState, Section
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import FeedbackError, Refused, Stale
from feedback.domain.finding import Result
from feedback.domain.letter import Letter
from feedback.domain.state import State
from feedback.edition.length import length_of
from feedback.edition.printed import printed_sheet
from feedback.edition.title import suggested_title
from feedback.export.copy_column import copy_column
from feedback.export.formats import FORMATS
from feedback.export.formats.html import edition_body
from feedback.newsroom import newsroom
from feedback.screens.desk_forms import Form, differing, errors_of
from feedback.screens.gate_lines import gate_lines
from feedback.store import deliveries, letters, outbox_pages
from feedback.store.work import Work

MOST_APPROVED = 300  # letters beside the outline; the rest comes when these are placed
# What a menu calls the formats; one that is not here goes by its own name.
FORMAT_WORDS = {
    "html": lazy_gettext("Web page (HTML)"),
    "markdown": lazy_gettext("Markdown"),
    "text": lazy_gettext("Plain text"),
    "json": lazy_gettext("JSON"),
    "csv": lazy_gettext("Table (CSV)"),
    "jsonl": lazy_gettext("JSON, one letter a line"),
    "docx": lazy_gettext("Word (DOCX)"),
    "icml": lazy_gettext("InDesign story (ICML)"),
    "epub": lazy_gettext("E-book (EPUB)"),
    "wxr": lazy_gettext("WordPress import (WXR)"),
    "atom": lazy_gettext("Atom feed"),
    "nitf": lazy_gettext("NITF, for news systems"),
    "ninjs": lazy_gettext("ninjs, for news systems"),
}
# What most houses take, in this order; the rest stands behind “More”.
COMMON_FORMATS = ("html", "docx", "text", "markdown", "csv")
SUBHEAD = "subhead-"  # a field's name is this with the section's number in the database


@dataclass(frozen=True)
class Approved:
    """Letters about one article that may be placed."""

    heading: str
    letters: Sequence[Letter]


@dataclass(frozen=True)
class NotReady:
    """A letter that may not be printed yet: each gate in words."""

    letter: Letter
    says: Sequence[str]


@dataclass(frozen=True)
class Segment:
    """A section's part of the meter, in words of the budget."""

    start: int
    words: int
    color: int


@dataclass(frozen=True)
class Shown:
    """What came back to the page: after a refusal why, and the form as it was sent."""

    error: FeedbackError | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


def render(work: Work, edition: Edition, shown: Shown | None = None) -> ResponseReturnValue:
    """The page; after a refusal with the status that the refusal has."""
    shown = shown or Shown()
    editor = current_editor()
    is_draft = edition.state is EditionState.DRAFT
    sheet = printed_sheet(edition)
    length = length_of(edition)
    form = form_of(edition, shown)
    page = render_template(
        "desk/edition.html",
        edition=edition,
        is_draft=is_draft,
        may_build=is_draft and editor.may(Deed.BUILD_EDITION),
        may_publish=is_draft and editor.may(Deed.PUBLISH),
        may_undo=not is_draft and editor.may(Deed.PUBLISH) and may_undo(work, edition),
        may_export=editor.may(Deed.EXPORT),
        deliveries=deliveries.of_edition(work, edition.id),
        has_wordpress=newsroom().settings.wordpress is not None,
        form=form,
        error=shown.error,
        lost=_lost(edition, shown),
        pool=pool_of(letters.approved(work, edition.column_id, MOST_APPROVED)) if is_draft else [],
        deadline=_deadline(edition),
        not_ready=not_ready_in(edition, editor) if is_draft else [],
        length=length,
        segments=list(_segments(length.sections)),
        suggestion=suggested_title(edition) if is_draft else "",
        body=edition_body(replace(sheet, title=None)),
        sheet=sheet,
        copies=copy_column(sheet) if editor.may(Deed.EXPORT) else None,
        shows_copies=bool(request.args.get("copies")),
        formats=FORMATS,
        format_words=FORMAT_WORDS,
        common_formats=COMMON_FORMATS,
    )
    return page if shown.error is None else (page, status_of(shown.error))


def form_of(edition: Edition, shown: Shown) -> Form:
    """Title, note and subheads: as typed where something was, else as they are."""
    saved = {
        "title": edition.title,
        "editors_note": edition.editors_note,
        **{subhead_field(section): section.subhead or "" for section in edition.sections},
    }
    values = {name: shown.typed.get(name, text) for name, text in saved.items()}
    if isinstance(shown.error, Stale):
        return Form(values, saved=differing(values, saved), is_stale=True)
    if isinstance(shown.error, Refused) and shown.error.kind == "fields":
        return Form(values, errors_of(shown.error, "sections"))
    return Form(values)


def subhead_field(section: Section) -> str:
    """Name of the field in which a section's subhead is typed."""
    return f"{SUBHEAD}{section.id}"


def _deadline(edition: Edition) -> datetime | None:
    """Until when letters for it were to be there."""
    rule = edition.column.rules.deadline
    return rule.before(edition.date, edition.column.zone) if rule else None


def pool_of(approved: Sequence[Letter]) -> list[Approved]:
    """Approved letters under what they answer."""
    return [
        Approved(_heading(some[0]), some)
        for some in (
            list(group)
            for _about, group in groupby(approved, key=lambda x: (x.article_id, x.is_general))
        )
    ]


def not_ready_in(edition: Edition, editor: Editor) -> list[NotReady]:
    """The letters of the edition with a gate that is shut, and that no chief passed over."""
    found = []
    for letter in edition.letters():
        shut = [line for line in gate_lines(letter, editor) if line.result is Result.HOLD]
        if shut:
            found.append(NotReady(letter, [f"{line.name}: {line.says}" for line in shut]))
    return found


def may_undo(work: Work, edition: Edition) -> bool:
    """Whether publishing can still be taken back: no mail has left, nothing was taken down."""
    if any(letter.state is State.KILLED for letter in edition.letters()):
        return False
    return not outbox_pages.print_was_told(work, edition.id)


def _heading(letter: Letter) -> str:
    if letter.article is not None:
        return letter.article.headline
    return str(_("About no article in particular") if letter.is_general else _("Article not known"))


def _lost(edition: Edition, shown: Shown) -> list[str]:
    """Subheads that were typed over sections which are gone."""
    known = {subhead_field(section) for section in edition.sections}
    return [
        text.strip()
        for name, text in shown.typed.items()
        if name.startswith(SUBHEAD) and name not in known and text.strip()
    ]


def _segments(words: Sequence[int]) -> Sequence[Segment]:
    start, found = 0, []
    for number, some in enumerate(words):
        found.append(Segment(start, some, number % 3 + 1))
        start += some
    return found
