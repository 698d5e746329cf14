"""The confirm link: did you write this? A look never answers, a button does."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.desk.decide import approve_if_wanted
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.domain.state import PRINTED, State
from feedback.domain.verification import Method, Outcome, Verification
from feedback.newsroom import newsroom
from feedback.store import letters, links
from feedback.store.work import Work
from feedback.writer import verify

blueprint = Blueprint("verify", __name__)
ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Question:
    """The letter that is asked about, with the answer so far."""

    letter: Letter
    answered: Verification | None
    status_token: str | None  # of the writer's own page, once they have answered

    @property
    def said_yes(self) -> bool:
        """True where the last answer was yes."""
        return self.answered is not None and self.answered.outcome is Outcome.CONFIRMED

    @property
    def said_no(self) -> bool:
        """True where the last answer was no."""
        return self.answered is not None and self.answered.outcome is Outcome.DENIED

    @property
    def is_printed(self) -> bool:
        """True for a letter that has been printed: nothing is asked, but a no is heard."""
        return self.letter.state in PRINTED


@blueprint.get("/verify/<token>")
def ask(token: str) -> ResponseReturnValue:
    """Show the letter with the question; nothing changes."""
    return _page(token, 200)


@blueprint.post("/verify/<token>")
def answer(token: str) -> ResponseReturnValue:
    """Note the answer, `answer=yes|no`; the same one a second time changes nothing."""
    given = request.form.getlist("answer")
    if len(given) != 1 or given[0] not in ANSWERS:
        return _page(token, 422)
    wrote_it = ANSWERS[given[0]]
    with newsroom().store.work() as work:
        letter = _letter(work, token, to_change=True)
        last = _last_answer(letter)
        outcome = Outcome.CONFIRMED if wrote_it else Outcome.DENIED
        if last is None or last.outcome is not outcome:
            verify.answer(work, letter, wrote_it=wrote_it)
            links.token(work, letter.id, Purpose.STATUS)
            approve_if_wanted(work, letter)
    return redirect(url_for("verify.ask", token=token), 303)


@blueprint.after_request
def _keep_secret(response: Response) -> Response:
    """The address holds a token: it is kept nowhere and told to nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _letter(work: Work, token: str, *, to_change: bool = False) -> Letter:
    """The letter behind the link; raises NotFound, as well once it was withdrawn."""
    number = links.letter_behind(work, Purpose.VERIFY, token)
    letter = letters.by_id(work, number, to_change=to_change)
    if letter.state is State.WITHDRAWN:
        raise links.opens_nothing()
    return letter


def _last_answer(letter: Letter) -> Verification | None:
    by_link = (v for v in reversed(letter.verifications) if v.method is Method.LINK)
    return next(by_link, None)


def _page(token: str, code: int) -> ResponseReturnValue:
    with newsroom().store.read() as work:
        letter = _letter(work, token)
        answered = _last_answer(letter)
        status = links.token(work, letter.id, Purpose.STATUS) if answered else None
    question = Question(letter, answered, status)
    return render_template("reader/verify.html", question=question, is_unclear=code == 422), code
