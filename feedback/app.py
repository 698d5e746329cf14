"""The web application, wired: the only place where rooms are put together."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask, Response, g
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback import api, refusals
from feedback.accounts import login
from feedback.accounts.mail import AccountMail
from feedback.channel import embed, web_form
from feedback.newsroom import EXTENSION, Newsroom, newsroom
from feedback.outbox import messages
from feedback.screens import (
    account,
    articles,
    assets,
    audit,
    batches,
    blocked,
    campaigns,
    deliveries,
    editions,
    health,
    house_rules,
    insights,
    invited,
    letter,
    mail_page,
    mail_words,
    mailboxes,
    outbox,
    people,
    public,
    queue,
    refused,
    request_log,
    settings,
    shown,
    sign_on,
    together,
    typed_in,
    verify,
    writers,
)
from feedback.screens.translations import PageTexts
from feedback.shipped import shipped

MOST_BODY = 256 * 1024  # bytes; a view that takes files says so itself
PAGES = (
    web_form.blueprint,
    embed.blueprint,
    verify.blueprint,
    public.blueprint,
    health.blueprint,
    queue.blueprint,
    batches.blueprint,
    campaigns.blueprint,
    letter.blueprint,
    together.blueprint,
    typed_in.blueprint,
    articles.blueprint,
    writers.blueprint,
    insights.blueprint,
    editions.blueprint,
    deliveries.blueprint,
    outbox.blueprint,
    mail_page.blueprint,
    mail_words.blueprint,
    mailboxes.blueprint,
    refused.blueprint,
    blocked.blueprint,
    settings.blueprint,
    house_rules.blueprint,
    audit.blueprint,
    account.blueprint,
    people.blueprint,
    invited.blueprint,
    sign_on.blueprint,
)
# Rate limits from one address, by endpoint; FEEDBACK_LIMITS=strict halves, off lifts them.
LIMITS: dict[str, str] = {
    "embed.send": "10 per minute; 60 per hour",
    "web_form.send": "20 per minute; 100 per hour",
    "web_form.printed_as": "120 per minute",
    "web_form.details": "30 per minute",
    "web_form.withdraw": "30 per minute",
    "verify.answer": "30 per minute",
    "invited.show": "30 per minute",
    "sign_on.begin": "30 per minute",
    "sign_on.back": "30 per minute",
    "invited.join": "10 per minute; 60 per hour",
    "api_submissions.receive": "60 per minute; 600 per hour",
    "api_articles.find": "60 per minute",
}
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


def create_app(newsroom: Newsroom) -> Flask:
    """The application on an opened newsroom, whose schema is in place."""
    chosen = newsroom.settings
    app = Flask("feedback", template_folder=str(shipped("templates")), static_folder=None)
    app.config.update(
        SECRET_KEY=chosen.secret_key,
        MAX_CONTENT_LENGTH=MOST_BODY,
        MAX_FORM_MEMORY_SIZE=MOST_BODY,
        MAX_FORM_PARTS=200,
        PERMANENT_SESSION_LIFETIME=timedelta(days=7),
        TRUSTED_HOSTS=_trusted_hosts(newsroom),
        WTF_CSRF_TIME_LIMIT=timedelta(hours=12).total_seconds(),
        # Readers' pages say themselves what happens to a text that came with an old token.
        WTF_CSRF_CHECK_DEFAULT=True,
        RATELIMIT_ENABLED=chosen.limits != "off",
        RATELIMIT_HEADERS_ENABLED=True,
        BABEL_DEFAULT_LOCALE="en_US",
    )
    app.extensions[EXTENSION] = newsroom
    request_log.init(app)
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # as Flask asks
    PageTexts(app)
    csrf = CSRFProtect(app)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    app.extensions["rate_limits"] = limiter  # with limits off nothing else keeps it alive
    assets.init(app)
    shown.init(app)
    refusals.init(app)
    login.init(
        app,
        newsroom.store,
        base_url=newsroom.base_url,
        send=lambda mail: _owe(newsroom, mail),
        limiter=limiter,
        moment=shown.moment,
        has_sign_on=chosen.oidc_issuer is not None,
    )
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    for blueprint in api.BLUEPRINTS:
        csrf.exempt(blueprint)  # programs send a token of their own, never a cookie
        app.register_blueprint(blueprint)
    api.describe(app)
    for forms in (web_form.blueprint, embed.blueprint):
        csrf.exempt(forms)  # they check the token themselves and keep the text
    for endpoint, allowed in LIMITS.items():
        limit: Any = limiter.limit(_halved(allowed) if chosen.limits == "strict" else allowed)
        app.view_functions[endpoint] = limit(app.view_functions[endpoint])
    app.before_request(_draw_request_id)
    app.after_request(_harden)
    return app


def _owe(newsroom: Newsroom, mail: AccountMail) -> None:
    with newsroom.store.work() as work:
        messages.owe_editor(work, mail.to, mail.subject, mail.text, None)


def _trusted_hosts(newsroom: Newsroom) -> list[str]:
    """Hosts that a request may name: the configured one, and this machine by its own names."""
    own = newsroom.base_url.partition("://")[2].rpartition("]")
    named = f"{own[0]}]" if own[1] else own[2].partition(":")[0]
    return list(dict.fromkeys([named, "localhost", "127.0.0.1", "[::1]"]))


def _halved(limits: str) -> str:
    parts = [part.strip().split(" ", 1) for part in limits.split(";")]
    return "; ".join(f"{max(1, int(count) // 2)} {per}" for count, per in parts)


def _draw_request_id() -> None:
    g.request_id = secrets.token_hex(6)


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    # Not by the host that was asked for: after a forged one this is still to work.
    if newsroom().base_url.startswith("https:"):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
