"""The reader's form in a frame under an article: `/embed.js` puts it there.

Browsers give a frame of another site no cookie, so these pages need none: the form carries a signed
time instead of a token that a cookie must match. Nobody is logged in here, and whoever makes a
browser send this form could as well send the letter.
"""

from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from feedback.channel.sent import OLDEST_TOKEN, Sent
from feedback.channel.web_form import Way, empty_form, take
from feedback.channel.web_form_fields import seconds_since, sign_time
from feedback.domain.link import Purpose
from feedback.newsroom import newsroom
from feedback.shipped import shipped
from feedback.store import letters, links

blueprint = Blueprint("embed", __name__)
SALT = "embed-form"
SCRIPT_FOR = 3600  # seconds that a browser may keep the script


def _is_fresh(sent: Sent) -> bool:
    since = seconds_since(sent["csrf_token"], newsroom().store.clock(), SALT)
    return since is not None and since <= OLDEST_TOKEN


FRAME = Way(
    template="reader/embed.html",
    action="/embed",
    token=lambda: sign_time(newsroom().store.clock(), SALT),
    is_good=_is_fresh,
    leads_to="/embed/sent/{}",
)


@blueprint.get("/embed.js")
def script() -> ResponseReturnValue:
    """The script that a newsroom's pages load: it makes the frame."""
    answer = Response((shipped("static") / "js/embed.js").read_bytes(), mimetype="text/javascript")
    answer.headers["Cache-Control"] = f"public, max-age={SCRIPT_FOR}"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@blueprint.get("/embed/new")
def new() -> ResponseReturnValue:
    """The empty form; `article` may hold a URL or a headline."""
    return empty_form(FRAME)


@blueprint.post("/embed")
def send() -> ResponseReturnValue:
    """Take a letter; else the form with every value kept."""
    return take(FRAME)


@blueprint.get("/embed/sent/<token>")
def sent(token: str) -> ResponseReturnValue:
    """It has arrived: the reference, and the way to the reader's own page."""
    with newsroom().store.read() as work:
        letter = letters.by_id(work, links.letter_behind(work, Purpose.STATUS, token))
        return render_template("reader/embed_sent.html", ref=letter.ref, token=token)


@blueprint.after_request
def _frame(response: Response) -> Response:
    """Only the house's own sites may put these pages into a frame."""
    if request.endpoint != "embed.script":
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            " connect-src 'self'; form-action 'self'; base-uri 'none';"
            f" frame-ancestors {' '.join(_sites()) or chr(39) + 'none' + chr(39)}"
        )
        response.headers["Content-Security-Policy"] = policy
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _sites() -> list[str]:
    """The sites that may frame: the hosts of articles that are set, the newsroom's own site."""
    hosts = list(newsroom().settings.article_hosts)
    own = urlsplit(newsroom().column().site_url).netloc.lower()
    if own and own not in hosts:
        hosts.append(own)
    schemes = ("https",) if newsroom().base_url.startswith("https:") else ("https", "http")
    return [f"{scheme}://{host}" for host in hosts for scheme in schemes]
