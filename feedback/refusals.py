"""What a page, or a program, is told when something is refused, not found, or broken."""

import logging
import time

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge
from werkzeug.wsgi import get_input_stream

from feedback import api
from feedback.answers import status_of
from feedback.domain.errors import FeedbackError, Stale

log = logging.getLogger(__name__)
# A client that is still sending does not see an answer that comes before the end of its body.
MOST_HEARD = 16 * 2**20  # bytes of a body that is refused; whoever sends more is cut off
HEARD_FOR = 5.0  # seconds
AT_ONCE = 64 * 1024


def init(app: Flask) -> None:
    """Answer every error with a page, under /api/ with a problem document."""
    app.register_error_handler(FeedbackError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)
    app.after_request(_hear_out)


def _refused(error: FeedbackError) -> ResponseReturnValue:
    if _for_programs():
        return api.problem_of(error)
    status = status_of(error)
    title = _TITLES.get(status, _("That did not work"))
    if isinstance(error, Stale):
        title = _("Somebody else was faster")
    return _page(status, title, error.message)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    if _for_programs():
        return api.problem_of_http(error)
    says = _SAYS.get(status) or error.description or ""
    page, code = _page(status, _TITLES.get(status, error.name), says)
    response = error.get_response()
    headers = {k: v for k, v in response.headers if k in ("Retry-After", "Allow")}
    return page, code, headers


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("a request failed: %s", request.endpoint, exc_info=error)
    return _http(InternalServerError())


def _hear_out(response: Response) -> Response:
    """Read what is left of a body, within bounds, before the answer leaves."""
    if response.status_code < 400 or (request.content_length or 0) > MOST_HEARD:
        return response
    try:
        stream = request.stream
    except RequestEntityTooLarge:
        stream = get_input_stream(request.environ)
    began, heard = time.monotonic(), 0
    try:
        while heard < MOST_HEARD and time.monotonic() - began < HEARD_FOR:
            part = stream.read(AT_ONCE)
            if not part:
                break
            heard += len(part)
    except (HTTPException, OSError):  # cut off meanwhile
        pass
    return response


def _for_programs() -> bool:
    return request.path.startswith("/api/")


def _page(status: int, title: str, says: str) -> tuple[str, int]:
    template = "desk/error.html" if _is_at_the_desk(status) else "reader/error.html"
    return render_template(template, status=status, title=title, says=says), status


def _is_at_the_desk(status: int) -> bool:
    """Whether an editor asked, and the desk's frame can be drawn: it asks the database."""
    return status < 500 and request.path.startswith("/desk/") and current_user.is_authenticated


_TITLES = {
    400: _("This request could not be read"),
    401: _("You are not logged in"),
    403: _("This is not open to you"),
    404: _("There is nothing here"),
    405: _("That does not work here"),
    413: _("That is too large"),
    415: _("This kind of content is not taken"),
    429: _("That is a lot at once"),
    500: _("Something broke on our side"),
    503: _("We cannot take anything just now"),
}
_SAYS = {
    400: _("The page may have been open for too long. Go back, reload it, then try once more."),
    404: _("The address may be mistyped, or the link may have ended."),
    405: _("Go back to the page that you came from and try from there."),
    413: _("A letter has room for 20,000 characters. Shorten it, then send it again."),
    429: _("Wait a minute, then try again. Nothing of yours was lost; go back to see it."),
    500: _("It has been noted. Try again in a minute; if it goes on, write to us by email."),
    503: _("Nothing was stored. Go back, keep your text, and try again in a minute."),
}
