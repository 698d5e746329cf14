"""What is noted of each request: a line in the log, a count for those who watch.

The route's pattern stands there, never the path, since secret links are paths; and nothing about
who asked.
"""

import logging
import time

from flask import Flask, Response, g, request, request_started

from feedback.screens import metrics

log = logging.getLogger("feedback.requests")
METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
# Asked for all the time, by machines and by each page; they are counted, not logged.
UNLOGGED = frozenset({"assets.file", "health.alive", "health.ready", "health.measured"})


def init(app: Flask) -> None:
    """Note every request of the app; call it before other hooks, to measure those as well."""
    request_started.connect(_begin, app)
    app.after_request(_note)


def _begin(_app: Flask, **_rest: object) -> None:
    g.began = time.perf_counter()


def _note(response: Response) -> Response:
    now = time.perf_counter()
    seconds = now - g.get("began", now)
    method = request.method if request.method in METHODS else "other"
    route = request.url_rule.rule if request.url_rule else "unknown"
    metrics.count(method, route, response.status_code, seconds)
    if request.endpoint not in UNLOGGED:
        fields = {
            "method": method,
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "request": g.get("request_id", ""),
        }
        log.info("request", extra={"fields": fields})
    return response
