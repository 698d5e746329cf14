"""The confirm link: did you write this? A look never answers, a button does."""

from datetime import timedelta

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.desk.decide import approve_if_wanted
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.domain.state import PRINTED, State
from feedback.domain.verification import Method, Outcome
from feedback.newsroom import newsroom
from feedback.store import letters, links
from feedback.store.work import Work
from feedback.writer import verify

blueprint = Blueprint("verify", __name__)
ANSWERS = {"yes": True, "no": False}
DOUBLE_CLICK = timedelta(seconds=30)


@blueprint.get("/verify/<token>")
def ask(token: str) -> ResponseReturnValue:
    """Show the letter with the question; nothing changes."""
    return _page(token, 200)


@blueprint.post("/verify/<token>")
def answer(token: str) -> ResponseReturnValue:
    """Note the answer, `answer=yes|no`; a yes leads on to the writer's own page.

    The link is used up by it. The second half of a double click gets what the first one got.
    """
    given = request.form.getlist("answer")
    if len(given) != 1 or given[0] not in ANSWERS:
        return _page(token, 422)
    wrote_it = ANSWERS[given[0]]
    with newsroom().store.work() as work:
        letter = _letter(work, token, again_within=DOUBLE_CLICK, to_change=True)
        if links.was_used(work, Purpose.VERIFY, token):
            _require_same(letter, wrote_it=wrote_it)
        else:
            verify.answer(work, letter, wrote_it=wrote_it)
            links.use(work, Purpose.VERIFY, token)
            approve_if_wanted(work, letter)
        if not wrote_it:
            return render_template("reader/not_mine.html", letter=letter)
        own_page = links.token(work, letter.id, Purpose.STATUS)
    return redirect(url_for("web_form.status", token=own_page), 303)


@blueprint.after_request
def _keep_secret(response: Response) -> Response:
    """The address holds a token: it is kept nowhere and told to nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _letter(
    work: Work, token: str, *, again_within: timedelta = links.AT_ONCE, to_change: bool = False
) -> Letter:
    """The letter behind the link; raises NotFound, as well once it was withdrawn."""
    number = links.letter_behind(work, Purpose.VERIFY, token, again_within=again_within)
    letter = letters.by_id(work, number, to_change=to_change)
    if letter.state is State.WITHDRAWN:
        raise links.opens_nothing()
    return letter


def _require_same(letter: Letter, *, wrote_it: bool) -> None:
    """Another answer than the one before needs a fresh link; raises NotFound."""
    outcome = Outcome.CONFIRMED if wrote_it else Outcome.DENIED
    if [v.outcome for v in letter.verifications if v.method is Method.LINK][-1:] != [outcome]:
        raise links.opens_nothing()


def _page(token: str, code: int) -> ResponseReturnValue:
    with newsroom().store.read() as work:
        letter = _letter(work, token)
    return render_template(
        "reader/verify.html",
        letter=letter,
        is_printed=letter.state in PRINTED,
        is_unclear=code == 422,
    ), code
