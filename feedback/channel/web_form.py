"""The reader's form, shown and taken; the addresses of everything under /letters/."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import generate_csrf

from feedback.channel import own_page
from feedback.channel.offer import NOTHING, Offer, article_number, choice_in, offer_for
from feedback.channel.sent import Sent, read_sent
from feedback.channel.web_form_fields import TRAP, LetterForm, is_too_soon, key_of
from feedback.desk.house_rules import deadline_in_words
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.letter import Channel
from feedback.domain.signature import Signature
from feedback.domain.submission import Submission
from feedback.intake.fields import LIMITS, FieldError, is_yes, read_fields, read_place
from feedback.intake.house_limits import require_house_rules
from feedback.intake.receive import receive
from feedback.newsroom import newsroom
from feedback.reading.cleaning import clean_line
from feedback.reading.words import word_count
from feedback.store import links

blueprint = Blueprint("web_form", __name__)
FIELDS = (*LetterForm.names(), "csrf_token")
SIGNED = ("name", "town", "state", "country")
NOT_SENT = _l("Your letter has not been sent yet")
# What stands above the form, beside or instead of what stands at its fields.
SAYS = {
    "garbled": _l("Some characters could not be read. Look through your letter, then send it."),
    "token": _l(
        "This page was open for a long time, or your browser kept no cookie for it. All that you "
        "typed is still here: send it once more."
    ),
    "too_soon": _l(
        "It came back within three seconds, as robots send it. Look through your letter, then "
        "send it once more."
    ),
    "key_reused": _l(
        "From this page a letter was sent before; that one is safe. This text differs from it: "
        "send it once more if it is to be a second letter."
    ),
    "unreachable": _l(
        "We could not store it just now, nothing of it was kept. Your text is here: try again in "
        "a minute."
    ),
}


@dataclass(frozen=True)
class Way:
    """How the form is shown and taken: on a page of its own, or in a frame (`channel/embed`).

    `token` makes the token that it carries, `is_good` tells whether what came back is one;
    `leads_to` is where a reader goes whose letter was taken, with a place for the secret token.
    """

    template: str
    action: str
    token: Callable[[], str]
    is_good: Callable[[Sent], bool]
    leads_to: str


PAGE = Way("reader/write.html", "/letters", generate_csrf, lambda it: it.has_token, "/letters/{}")


@blueprint.get("/letters/new")
def new() -> ResponseReturnValue:
    """The empty form; `article` may hold a URL or a headline."""
    return empty_form(PAGE)


@blueprint.post("/letters")
def send() -> ResponseReturnValue:
    """Take a letter and lead to the reader's own page; else the form with every value kept."""
    return take(PAGE)


def empty_form(way: Way) -> str:
    """The page with the empty form; the query string may name the article."""
    form = LetterForm(formdata=None)
    form.article.data = clean_line(request.args.get("article", ""))[: LIMITS["article"]]
    form.seal(newsroom().store.clock(), is_first=True)
    return _page(way, form)


def take(way: Way) -> ResponseReturnValue:
    """Take the letter that this request sends; else the form with every value kept."""
    house = newsroom()
    sent = read_sent(request, FIELDS)
    now = house.store.clock()
    if sent.is_garbled:
        return _again(way, sent, now, 400, "garbled")
    if not way.is_good(sent):
        return _again(way, sent, now, 400, "token")
    try:
        submission = _submission(sent, now)
        match = house.article_meant(submission.article, submission.article_id)
        taken = receive(house.letterbox, house.store.keys, house.house(), submission, match, now)
    except Refused as refused:
        errors = refused.details.get("errors", ())
        return _again(way, sent, now, 422, refused.kind or "", errors)
    except Unreachable:
        return _again(way, sent, now, 503, "unreachable")
    token = links.status_token(house.store.keys, taken)
    return Response(status=303, headers={"Location": way.leads_to.format(token)})


@blueprint.post("/letters/printed-as")
def printed_as() -> ResponseReturnValue:
    """How the writer would be printed, for the line beside the button; nothing is kept."""
    return {"printed": _printed(read_sent(request, FIELDS).values)}


blueprint.add_url_rule("/letters/<token>", "status", own_page.status)
blueprint.add_url_rule("/letters/<token>/details", "details", own_page.details, methods=["POST"])
blueprint.add_url_rule("/letters/<token>/withdraw", "withdraw_ask", own_page.withdraw_ask)
blueprint.add_url_rule(
    "/letters/<token>/withdraw", "withdraw", own_page.withdraw_now, methods=["POST"]
)


@blueprint.after_request
def _keep_in_no_cache(response: Response) -> Response:
    """Each of these pages holds a token; an address that holds one is told to nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    if "token" in (request.view_args or {}) or response.status_code == 303:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _submission(sent: Sent, now: datetime) -> Submission:
    """What was sent, checked. Raises Refused (kind `fields` or `too_soon`)."""
    if sent.doubled:
        says = _("This came in twice. Check it.")
        errors = [FieldError(name, "doubled", says) for name in sent.doubled]
        raise Refused(str(NOT_SENT), "fields", {"errors": errors})
    submission = read_fields(
        sent.values,
        Channel.WEB,
        key=key_of(sent["submission_key"]),
        article_id=article_number(choice_in(sent.values)),
        is_trapped=bool(sent[TRAP]),
    )
    if not submission.is_trapped:
        require_house_rules(submission, newsroom().column().rules)
    if not submission.is_trapped and is_too_soon(sent["made"], now):
        raise Refused(str(NOT_SENT), "too_soon")
    return submission


def _again(
    way: Way,
    sent: Sent,
    now: datetime,
    status: int,
    kind: str,
    errors: tuple[FieldError, ...] = (),
) -> ResponseReturnValue:
    """The form once more, with all that was typed and with what stands against it."""
    form = LetterForm(sent.values)
    form.note(errors)
    form.seal(now, is_first=False, is_new_letter=kind == "key_reused")
    return _page(way, form, status, SAYS.get(kind)), status


def _page(way: Way, form: LetterForm, status: int = 200, says: object = None) -> str:
    return render_template(
        way.template,
        action=way.action,
        token=way.token(),
        form=form,
        offer=_offer(form),
        heading=NOT_SENT if status != 200 else None,
        says=says,
        words=word_count(form.remarks.data or ""),
        printed=_printed(form.data),
        deadline=_deadline(),
    )


def _deadline() -> str:
    """Until when letters count for the next column, in words; empty where there is no such rule."""
    rule = newsroom().column().rules.deadline
    return deadline_in_words(rule) if rule else ""


def _offer(form: LetterForm) -> Offer:
    """The articles that the words in the form may mean; none where that cannot be found out."""
    if form.article.errors:
        return NOTHING
    try:
        with newsroom().store.read() as work:
            return offer_for(work, form.article.data or "", newsroom().hosts, choice_in(form.data))
    except Unreachable:
        return NOTHING


def _printed(given: Mapping[str, str | bool | None]) -> str:
    """The signature of what stands in the form; empty as long as there is no name to print."""
    typed = {name: value for name, value in given.items() if isinstance(value, str)}
    if any(len(typed.get(name, "")) > LIMITS[name] for name in SIGNED):
        return ""
    town, state, country = read_place(typed, [])
    name = clean_line(typed.get("name") or "")
    withheld = given.get("withhold_name")
    is_withheld = is_yes(withheld) if isinstance(withheld, str) else bool(withheld)
    signature = Signature(name or None, None, town, state, country, is_withheld)
    return signature.printed() if name or is_withheld else ""
