"""Letters at the desk, for programs: read, edit, decide, verify."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Blueprint, Response

from feedback.api.articles import articles_meant
from feedback.api.asked import ContactsQuery, LettersQuery
from feedback.api.endpoint import endpoint, keep_private, tell
from feedback.api.present_version import telling_present_version
from feedback.api.problems import wrong
from feedback.api.sent import DecisionSent, LetterChange, VerificationSent
from feedback.api.told import LetterPage, LetterRecord
from feedback.desk.decide import Wish, approve_if_wanted, decide, log_contact_look
from feedback.desk.edit import Edits, edit
from feedback.desk.propose import propose
from feedback.desk.set_article import mark_general, set_article
from feedback.desk.undo import undo
from feedback.domain.article import Article
from feedback.domain.edition_record import edition_slug
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotFound, Stale
from feedback.domain.letter import Letter
from feedback.domain.letter_record import Record, letter_record, with_contacts
from feedback.domain.state import Decision
from feedback.intake.article_match import match_article
from feedback.newsroom import newsroom
from feedback.reading.cleaning import clean_line
from feedback.store import articles, letters
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import Page
from feedback.store.work import Work
from feedback.writer.verify import record

blueprint = Blueprint("api_letters", __name__, url_prefix="/api/v1/desk/letters")
blueprint.after_request(keep_private)

TRIES = 3  # to note a look at letters that editors are changing just now


@blueprint.get("")
@endpoint("list_letters", needs=Deed.READ, tells=LetterPage, query=LettersQuery)
def list_letters(editor: Editor, query: LettersQuery) -> Response:
    """List letters, newest first."""
    if query.contacts:
        return tell(_with_looks(editor, query))
    with newsroom().store.read() as work:
        page = _page(work, query)
        return tell({"letters": [_record(letter) for letter in page.rows], "next": page.next})


@blueprint.get("/<ref>")
@endpoint("get_letter", needs=Deed.READ, tells=LetterRecord, query=ContactsQuery)
def one(ref: str, editor: Editor, query: ContactsQuery) -> Response:
    """Read a letter."""
    if not query.contacts:
        with newsroom().store.read() as work:
            return tell(_record(letters.by_ref(work, ref)))
    editor.require(Deed.SEE_CONTACTS)
    with _change(ref) as (work, letter):
        log_contact_look(work, letter, editor)
        work.session.flush()
        return tell(with_contacts(_record(letter), letter))


@blueprint.patch("/<ref>")
@endpoint(
    "change_letter",
    needs=Deed.DRAFT_EDIT,
    tells=LetterRecord,
    body=LetterChange,
    conflicts=True,
)
def change(ref: str, editor: Editor, body: LetterChange) -> Response:
    """Edit a letter's text, headline, signature; say which article it answers.

    By a role that drafts an edit of text or signature is a proposal, and the letter stays.
    """
    edits = Edits(
        edited=body.edited,
        headline=body.headline,
        name=body.name,
        standing=body.standing,
        town=body.town,
        state=body.state,
        country=body.country,
    )
    with _change(ref) as (work, letter):
        letter.expect(body.version)
        # Looked up first: what is looked up later would find the letter half changed.
        article = None if body.article is None else _article_meant(work, body.article)
        proposed = _edited(work, letter, edits, editor, body.version)
        if article is not None and body.general:
            raise wrong("general", "invalid", "A letter answers an article, or none: send one.")
        if article is not None:
            set_article(work, letter, article, editor, None)
        elif body.general is not None and body.general != letter.is_general:
            mark_general(work, letter, editor, None, general=body.general)
        approve_if_wanted(work, letter)
    return tell(_record(letter) | proposed)


@blueprint.post("/<ref>/decisions")
@endpoint(
    "decide_letter",
    needs=Deed.READ,
    tells=LetterRecord,
    body=DecisionSent,
    conflicts=True,
)
def decisions(ref: str, editor: Editor, body: DecisionSent) -> Response:
    """Decide about a letter, or undo the last decision."""
    wish = Wish(body.decision, body.reason, body.tell, body.until, body.when_ready, body.override)
    with _change(ref) as (work, letter):
        if body.decision is Decision.UNDO:
            undo(work, letter, editor, body.version)
        else:
            decide(work, letter, wish, editor, body.version)
    return tell(_record(letter))


@blueprint.post("/<ref>/verifications")
@endpoint(
    "verify_letter",
    needs=Deed.VERIFY,
    tells=LetterRecord,
    status=201,
    body=VerificationSent,
    conflicts=True,
)
def verifications(ref: str, editor: Editor, body: VerificationSent) -> Response:
    """Record what was found out about the writer; a letter that waited for it is approved."""
    with _change(ref) as (work, letter):
        record(work, letter, body.method, body.outcome, body.note, editor)
        approve_if_wanted(work, letter)
    return tell(_record(letter), 201)


def _edited(
    work: Work, letter: Letter, edits: Edits, editor: Editor, version: int | None
) -> Record:
    """Edits are saved, or proposed; in that case the names of what is, for the answer."""
    if editor.may(Deed.EDIT):
        edit(work, letter, edits, editor, version)
        return {}
    proposal = propose(work, letter, edits, editor, version)
    return {"proposed": list(proposal.fields["values"])} if proposal else {}


@contextmanager
def _change(ref: str) -> Iterator[tuple[Work, Letter]]:
    """A transaction with the letter, locked against a second editor."""

    def version(work: Work) -> int:
        return letters.by_ref(work, ref).version

    with telling_present_version(version), newsroom().store.work() as work:
        yield work, letters.by_ref(work, ref, to_change=True)


def _record(letter: Letter) -> Record:
    return letter_record(letter, edition_slug(letter))


def _page(work: Work, query: LettersQuery) -> Page[Letter]:
    which = LetterFilter(tuple(query.state), q=query.q)
    if query.article is not None:
        article_id = _article_asked_for(work, query.article)
        if article_id is None:
            return Page([], None)
        which = replace(which, article_id=article_id)
    if query.campaign is not None:
        number = query.campaign.strip()
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return Page([], None)
        which = replace(which, campaign_id=int(number))
    return letters.page(work, which, query.cursor, query.limit, whole=True)


def _with_looks(editor: Editor, query: LettersQuery) -> dict[str, object]:
    """A page of records with contact data, each look logged."""
    editor.require(Deed.SEE_CONTACTS)
    for tries_left in reversed(range(TRIES)):
        try:
            with newsroom().store.work() as work:
                page = _page(work, query)
                for letter in page.rows:
                    log_contact_look(work, letter, editor)
                work.session.flush()
                found = [with_contacts(_record(letter), letter) for letter in page.rows]
            return {"letters": found, "next": page.next}
        except Stale:
            if not tries_left:
                raise
    raise AssertionError("the last try returns or raises")


def _article_asked_for(work: Work, given: str) -> int | None:
    """Number of the article that a query names by id, address or headline."""
    if given.isascii() and given.isdigit():
        number = int(given) if len(given) < 19 else 0
        return number or None
    match = match_article(work, given, newsroom().hosts)
    return match.article.id if match.article else None


def _article_meant(work: Work, given: int | str) -> Article:
    """The one article that is meant; raises Refused where there is none, or more than one."""
    if isinstance(given, int):
        try:
            return articles.by_id(work, given)
        except NotFound as error:
            raise wrong("article", "unknown", "There is no article with this id.") from error
    match = match_article(work, clean_line(given), newsroom().hosts)
    if match.article is not None:
        return match.article
    may_be = articles_meant(match)
    if not may_be:
        raise wrong("article", "unknown", "No article is known by this address or headline.")
    named = "; ".join(f"{one['id']}: “{one['headline']}”" for one in may_be)
    raise wrong(
        "article",
        "ambiguous",
        f"This may be one of several. Send the id of one: {named}.",
        candidates=may_be,
    )
