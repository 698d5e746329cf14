"""For machines that watch: healthz, readyz, metrics."""

import hmac
import ipaddress
import logging
from datetime import timedelta

from flask import Blueprint, Response, jsonify, request
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from feedback.domain.errors import FeedbackError
from feedback.newsroom import newsroom
from feedback.screens import metrics
from feedback.shipped import shipped
from feedback.store import presence
from feedback.store.revision import require_current

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)

WORKER_SILENT_FOR = timedelta(seconds=30)  # it gives a sign every five
OK = "ok"
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@blueprint.get("/healthz")
def alive() -> Response:
    """The process lives; nothing else is asked."""
    return _untold(Response("ok\n", content_type="text/plain; charset=utf-8"))


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """200 where letters can be taken and worked on, else 503; which part is not well."""
    parts = _parts()
    is_ready = all(said == OK for said in parts.values())
    return _untold(jsonify(ready=is_ready, **parts)), 200 if is_ready else 503


@blueprint.get("/metrics")
def measured() -> Response:
    """Figures for Prometheus: to this machine itself, or to whoever has the token."""
    if not _may_measure():
        refusal = Response("For this machine, or with a token.\n", 403)
        refusal.content_type = "text/plain; charset=utf-8"
        return _untold(refusal)
    body = metrics.measured(newsroom().store)
    return _untold(Response(body, content_type=CONTENT_TYPE_PLAIN_0_0_4))


def _parts() -> dict[str, str]:
    """What is asked of each part, with `ok` or the reason why it is not."""
    store = newsroom().store
    unknown = "unknown: the database does not answer"
    try:
        with store.read() as work:
            beat = presence.last_beat(work)
    except Exception:  # a probe is answered whatever is broken
        log.exception("the database does not answer")
        return {"database": "does not answer", "schema": unknown, "worker": unknown}
    parts = {"database": OK, "schema": OK, "worker": OK}
    try:
        require_current(store.engine, shipped("migrations"))
    except FeedbackError as error:
        parts["schema"] = error.message
    if beat is None:
        parts["worker"] = "has never run: start `feedback worker`, or serve without --no-worker"
    elif store.clock() - beat > WORKER_SILENT_FOR:
        parts["worker"] = f"no sign of life since {beat:%Y-%m-%d %H:%M:%S} UTC"
    return parts


def _may_measure() -> bool:
    token = newsroom().settings.metrics_token
    given = request.authorization
    if token and given and given.type == "bearer" and given.token:
        return hmac.compare_digest(given.token.encode(), token.encode())
    # Behind a proxy on this machine every reader seems to come from here.
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _untold(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
