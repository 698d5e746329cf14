"""What else is done from a letter's page: its article, a verification, gates, its place."""

from collections.abc import Callable

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.decide import approve_if_wanted, log_contact_look
from feedback.desk.override import override
from feedback.desk.send_on import send_on
from feedback.desk.set_article import mark_general, set_article
from feedback.domain.article import Article
from feedback.domain.editor import Deed
from feedback.domain.errors import FeedbackError, NotAllowed, NotFound, Refused
from feedback.domain.letter import Letter
from feedback.domain.verification import Method, Outcome
from feedback.edition import arrange
from feedback.intake.article_match import match_article
from feedback.newsroom import newsroom
from feedback.reading.cleaning import clean_line, clean_text
from feedback.screens.desk_words import GATE_WORDS, OUTCOME_WORDS
from feedback.screens.letter_actions import again, version_sent
from feedback.screens.letter_page import Shown, render
from feedback.screens.selection import Selection
from feedback.store import articles, editions, letters
from feedback.store.work import Work
from feedback.writer.verify import record

# Carries a change out, returns the sentence that says so.
Change = Callable[[Work, Letter], str]


def change(ref: str, do: str, carry_out: Change) -> ResponseReturnValue:
    """Carry a change out, and approve where that was wanted and nothing lacks any more.

    Back to the same letter; after a refusal the panel `do` again, with what was typed.
    """
    selection = Selection.read(request.args)
    try:
        with newsroom().store.work() as work:
            letter = letters.by_ref(work, ref, to_change=True)
            says = carry_out(work, letter)
            wanted_by = letter.wanted_by_name
            if approve_if_wanted(work, letter):
                says += " " + _("It is approved, as %(name)s wanted.", name=wanted_by)
    except (NotAllowed, NotFound):
        raise
    except FeedbackError as error:
        return again(ref, selection, error, do)
    flash(says, "info")
    return redirect(selection.letter_href(ref), 303)


@desk_only(Deed.DRAFT_EDIT)
def choose_article(ref: str) -> ResponseReturnValue:
    """Set article. Form: `article_id` of a candidate, or `article`: a URL or a headline."""
    return change(ref, "article", _set_article)


@desk_only(Deed.DRAFT_EDIT)
def general(ref: str) -> ResponseReturnValue:
    """Mark general; with `general=no` the letter is about an article after all."""
    return change(ref, "", _mark_general)


@desk_only(Deed.VERIFY)
def verification(ref: str) -> ResponseReturnValue:
    """Record verification. Form: `method`, `outcome`, `note`."""
    return change(ref, "verify", _verify)


@desk_only(Deed.SET_GATES)
def pass_gates(ref: str) -> ResponseReturnValue:
    """Override. Form: `override`, the reason."""
    return change(ref, "override", _override)


@desk_only(Deed.BUILD_EDITION)
def place(ref: str) -> ResponseReturnValue:
    """Place in edition. Form: `edition`, a slug."""
    return change(ref, "place", _place)


@desk_only(Deed.SEE_CONTACTS)
def contacts(ref: str) -> ResponseReturnValue:
    """The page with the contact data; the look is logged, and their address is in no history."""
    with newsroom().store.work() as work:
        letter = letters.by_ref(work, ref, to_change=True)
        log_contact_look(work, letter, current_editor())
        work.session.flush()
        return render(work, letter, Shown(Selection.read(request.args), sees_contacts=True))


@desk_only(Deed.DECIDE)
def reporter(ref: str) -> ResponseReturnValue:
    """Send to the reporter. Form: `again` where they have it already."""
    return change(ref, "", _send_on)


def _send_on(work: Work, letter: Letter) -> str:
    is_again = bool(request.form.get("again"))
    sent = send_on(work, letter, current_editor(), version_sent(), again=is_again)
    return str(_("A copy leaves for %(author)s.", author=sent.author))


def _set_article(work: Work, letter: Letter) -> str:
    article = _chosen(work, request.form.get("article_id", ""))
    if article is None:
        typed = clean_line(request.form.get("article", ""))
        if not typed:
            raise Refused(
                _("Choose an article, or give its address or headline."),
                "fields",
                {"field": "article"},
            )
        match = match_article(work, typed[:2000], newsroom().hosts)
        if match.article is None:
            says = (
                _("Several articles may be meant: choose one.")
                if match.may_be
                else _("No article like that is known. Add it under Articles first.")
            )
            raise Refused(says, "fields", {"field": "article"})
        article = match.article
    set_article(work, letter, article, current_editor(), version_sent())
    return str(_("It answers “%(headline)s”.", headline=article.headline))


def _chosen(work: Work, sent: str) -> Article | None:
    if not sent.isascii() or not sent.isdigit() or len(sent) > 18:
        return None
    return articles.by_id(work, int(sent))


def _mark_general(work: Work, letter: Letter) -> str:
    is_general = request.form.get("general") != "no"
    mark_general(work, letter, current_editor(), version_sent(), general=is_general)
    if is_general:
        return str(_("Marked general: it is about no article in particular."))
    return str(_("No longer general."))


def _verify(work: Work, letter: Letter) -> str:
    try:
        method = Method(request.form.get("method", ""))
    except ValueError as error:
        raise Refused(_("Say how you checked."), "fields", {"field": "method"}) from error
    try:
        outcome = Outcome(request.form.get("outcome", ""))
    except ValueError as error:
        raise Refused(_("Say what came of it."), "fields", {"field": "outcome"}) from error
    note = clean_text(request.form.get("note", ""))
    record(work, letter, method, outcome, note, current_editor(), version_sent())
    what = OUTCOME_WORDS[outcome]
    return str(_("Verification recorded: %(outcome)s.", outcome=what.lower()))


def _override(work: Work, letter: Letter) -> str:
    reason = request.form.get("override", "")
    passed = override(work, letter, reason, current_editor(), version_sent())
    names = ", ".join(str(GATE_WORDS[gate]).lower() for gate in passed)
    return str(_("Passed over: %(gates)s.", gates=names)) if passed else str(_("No gate is shut."))


def _place(work: Work, letter: Letter) -> str:
    letter.expect(version_sent())
    slug = request.form.get("edition", "")
    if not slug:
        raise Refused(_("Choose an edition."), "fields", {"field": "edition"})
    edition = editions.by_slug(work, slug, to_change=True)
    arrange.add(work, edition, letter, current_editor())
    return str(_("Placed in “%(title)s”.", title=edition.title))
