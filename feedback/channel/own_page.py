"""The reader's own page: where the letter stands, what is missing, the way to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, get_flashed_messages, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback.channel.offer import NOTHING, Offer, article_number, offer_for
from feedback.channel.sent import Sent, read_sent
from feedback.channel.standing import Standing, Told, standing_of
from feedback.channel.web_form_fields import DetailsForm
from feedback.desk.decide import approve_if_wanted
from feedback.domain.claim import Claim
from feedback.domain.edition import Edition
from feedback.domain.errors import Refused
from feedback.domain.gates import is_verified
from feedback.domain.letter import Letter
from feedback.domain.link import Purpose
from feedback.domain.place import country_name
from feedback.domain.proofsheet import Proofsheet
from feedback.domain.signature import HOME
from feedback.domain.state import OPEN
from feedback.intake.complete import complete
from feedback.intake.fields import FieldError
from feedback.newsroom import newsroom
from feedback.store import claims, letters, links, mails
from feedback.store.work import Work
from feedback.writer.withdraw import withdraw

FIELDS = (*DetailsForm.names(), "csrf_token")
NOT_SAVED = _l("This has not been saved yet")
TOKEN_TOO_OLD = _l(
    "This page was open for a long time, or your browser kept no cookie for it. Nothing is lost: "
    "press the button once more."
)
SAVED = "own_page"  # category of what is said after a save


@dataclass(frozen=True)
class PrintedAt:
    """Where the letter stands in print."""

    title: str
    day: date
    path: str


@dataclass(frozen=True)
class OwnPage:
    """What the page shows."""

    letter: Letter
    standing: Standing
    asks: Sequence[str]  # names of the fields that are missing
    offer: Offer
    questions: Sequence[Claim]  # for which an editor would like a source
    printed_at: PrintedAt | None


def status(token: str) -> ResponseReturnValue:
    """The page itself."""
    return _show(token, DetailsForm(formdata=None))


def details(token: str) -> ResponseReturnValue:
    """Take what was missing, then show the page anew."""
    sent = read_sent(request, FIELDS)
    if not sent.has_token or sent.is_garbled:
        return _show_again(token, sent, 400, says=str(TOKEN_TOO_OLD))
    try:
        with newsroom().store.work() as work:
            letter = _letter(work, token, to_change=True)
            chosen = article_number(sent["article_id"])
            filled = complete(work, letter, _answers(sent), newsroom().hosts, chosen)
            _require_answer(letter, filled)
            approve_if_wanted(work, letter)
    except Refused as refused:
        return _show_again(
            token,
            sent,
            422 if refused.kind == "fields" else 409,
            refused.details.get("errors", ()),
            "" if refused.kind == "fields" else refused.message,
        )
    flash(_("Saved. Nothing more is missing.") if not letter.missing else _("Saved."), SAVED)
    return redirect(url_for("web_form.status", token=token), 303)


def withdraw_ask(token: str) -> ResponseReturnValue:
    """Say what withdrawing means, with the button that does it."""
    with newsroom().store.read() as work:
        page = _page(work, _letter(work, token))
    if not page.standing.may_withdraw:
        return redirect(url_for("web_form.status", token=token), 303)
    return render_template("reader/withdraw.html", token=token, page=page, says=None)


def withdraw_now(token: str) -> ResponseReturnValue:
    """The writer takes the letter back."""
    sent = read_sent(request, FIELDS)
    if not sent.has_token:
        with newsroom().store.read() as work:
            page = _page(work, _letter(work, token))
        shown = render_template(
            "reader/withdraw.html", token=token, page=page, says=str(TOKEN_TOO_OLD)
        )
        return shown, 400
    with newsroom().store.work() as work:
        withdraw(work, _letter(work, token, to_change=True))
    return redirect(url_for("web_form.status", token=token), 303)


def _letter(work: Work, token: str, *, to_change: bool = False) -> Letter:
    """The letter behind the link; raises NotFound."""
    number = links.letter_behind(work, Purpose.STATUS, token)
    return letters.by_id(work, number, to_change=to_change)


def _page(work: Work, letter: Letter) -> OwnPage:
    standing = standing_of(
        letter, letters.history(work, letter.id), mails.of_letter(work, letter.id), work.now
    )
    asks = letter.missing if letter.state in OPEN and standing.told is not Told.NOT_PRINTED else []
    offer = NOTHING
    if "article" in asks:
        offer = offer_for(work, letter.article_given, newsroom().hosts)
    questions = _questions(work, letter)
    return OwnPage(letter, standing, asks, offer, questions, _printed_at(letter, standing.edition))


def _questions(work: Work, letter: Letter) -> Sequence[Claim]:
    """What a writer who has confirmed the letter is asked; nobody else is told of doubts."""
    is_known = is_verified(letter.column.verification_policy, letter.verifications)
    if letter.state not in OPEN or not letter.open_claims or not is_known:
        return ()
    return [claim for claim in claims.of_letter(work, letter.id) if claim.outcome is None]


def _printed_at(letter: Letter, edition: Edition | None) -> PrintedAt | None:
    if edition is None or edition.proofsheet is None:
        return None
    refs = [one.ref for one in Proofsheet.from_json(edition.proofsheet).letters()]
    mark = f"#letter-{refs.index(letter.ref) + 1}" if letter.ref in refs else ""
    return PrintedAt(edition.title, edition.date, f"/editions/{edition.slug}{mark}")


def _show(token: str, form: DetailsForm, says: str = "") -> str:
    with newsroom().store.read() as work:
        page = _page(work, _letter(work, token))
    return render_template(
        "reader/own_page.html",
        token=token,
        page=page,
        form=form,
        heading=NOT_SAVED if says or form.problems() else None,
        problems=_led_to(form.problems(), page.offer),
        says=says,
        saved=get_flashed_messages(category_filter=[SAVED]),
    )


def _led_to(problems: Sequence[tuple[str, str]], offer: Offer) -> list[tuple[str, str]]:
    """Each problem with the id of the field that is mended: the cards, where there are some."""
    first = "article-1" if offer.may_be else "article"
    return [(first if name == "article" else name, says) for name, says in problems]


def _show_again(
    token: str, sent: Sent, code: int, errors: Sequence[FieldError] = (), says: str = ""
) -> ResponseReturnValue:
    form = DetailsForm(sent.values)
    form.note(errors)
    return _show(token, form, says), code


def _answers(sent: Sent) -> dict[str, str]:
    """What was answered; the home country alone is the form's default, no place."""
    given = {name: sent[name] for name in DetailsForm.names()}
    if not given["town"].strip() and not given["state"].strip():
        given["country"] = "" if country_name(given["country"]) == HOME else given["country"]
    return given


def _require_answer(letter: Letter, filled: Sequence[str]) -> None:
    """Raise Refused (kind `fields`) where something is missing and nothing was answered."""
    if filled or not letter.missing:
        return
    sentences = {
        "article": _("Choose an article, or give its address or headline."),
        "name": _("Enter your full name."),
        "town": _("Enter your town, your state, or both."),
    }
    errors = [FieldError(name, "required", sentences[name]) for name in letter.missing]
    raise Refused(str(NOT_SAVED), "fields", {"errors": errors})
