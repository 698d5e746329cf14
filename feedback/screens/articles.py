"""The articles that letters answer: found, added, mended."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.articles.mend import add_article, mend, read_entry
from feedback.desk.send_on import set_byline
from feedback.domain.article import Article, ArticleKind
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused, Stale
from feedback.newsroom import newsroom
from feedback.screens import article_page
from feedback.screens.desk_forms import Form, differing, errors_of, typed, version_sent
from feedback.store import articles

blueprint = Blueprint("articles", __name__, url_prefix="/desk")
guard_desk(blueprint)

PAGE = 50
MOST_ASKED = 300  # characters of a search
FIELDS = ("headline", "url", "author", "kind", "published_on")
KIND_WORDS = {
    ArticleKind.REPORT: lazy_gettext("Report"),
    ArticleKind.COMMENTARY: lazy_gettext("Commentary"),
    ArticleKind.STORY: lazy_gettext("Story"),
    ArticleKind.INTERVIEW: lazy_gettext("Interview"),
}


@blueprint.get("/articles/")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """The articles, newest first, or those whose headlines have the words of `q`."""
    return _list(Form({"kind": ArticleKind.REPORT.value}))


@blueprint.post("/articles/")
@desk_only(Deed.EDIT_ARTICLES)
def add() -> ResponseReturnValue:
    """A new article, typed by hand."""
    given = typed(*FIELDS)
    try:
        entry = read_entry(given)
        with newsroom().store.work() as work:
            article = add_article(work, entry, current_editor())
    except Refused as error:
        return _list(Form(given, errors_of(error, "headline"))), 422
    flash(_("Added: “%(headline)s.”", headline=article.headline))
    return redirect("/desk/articles/", 303)


@blueprint.get("/articles/<int:article_id>")
@desk_only(Deed.READ)
def one(article_id: int) -> ResponseReturnValue:
    """One article: who answers it, what was printed, what it is known by."""
    with newsroom().store.read() as work:
        article = articles.by_id(work, article_id)
        return article_page.render(work, article, Form(_values(article)), KIND_WORDS)


@blueprint.post("/articles/<int:article_id>")
@desk_only(Deed.EDIT_ARTICLES)
def change(article_id: int) -> ResponseReturnValue:
    """Save what was mended. Form: `version` and the fields."""
    given = typed(*FIELDS)
    try:
        entry = read_entry(given)
        with newsroom().store.work() as work:
            article = articles.by_id(work, article_id)
            changed = mend(work, article, entry, current_editor(), version_sent())
    except Stale:
        return _again(article_id, given, None)
    except Refused as error:
        return _again(article_id, given, error)
    flash(_("Saved.") if changed else _("Nothing was changed."))
    return redirect(f"/desk/articles/{article_id}", 303)


@blueprint.post("/articles/<int:article_id>/byline")
@desk_only(Deed.DECIDE)
def reporter(article_id: int) -> ResponseReturnValue:
    """Where letters for its author go. Form: `version`, `address`, `sends_approved`."""
    given = typed("address", "sends_approved")
    try:
        with newsroom().store.work() as work:
            article = articles.by_id(work, article_id)
            kept = set_byline(
                work,
                article,
                given["address"],
                current_editor(),
                version_sent(),
                sends_approved=bool(given["sends_approved"]),
            )
    except (Refused, Stale) as error:
        errors = {"address": error.message}
        with newsroom().store.read() as work:
            article = articles.by_id(work, article_id)
            form = Form(given, errors)
            page = article_page.render(work, article, Form(_values(article)), KIND_WORDS, form)
        return page, 409 if isinstance(error, Stale) else 422
    flash(_("Saved.") if kept else _("No letters are sent on to this author any more."))
    return redirect(f"/desk/articles/{article_id}#reporter-title", 303)


def _list(form: Form) -> str:
    q = " ".join(request.args.get("q", "").replace("\x00", " ").split())[:MOST_ASKED]
    with newsroom().store.read() as work:
        page = articles.page(work, q, request.args.get("after"), PAGE)
        counts = articles.letter_counts(work, [article.id for article in page.rows])
        known = articles.count(work)
        column = newsroom().column()
        return render_template(
            "desk/articles.html",
            page=page,
            counts=counts,
            known=known,
            q=q,
            is_first=not request.args.get("after"),
            form=form,
            kinds=KIND_WORDS,
            site=column.articles_url or column.site_url,
        )


def _again(article_id: int, given: Mapping[str, str], error: Refused | None) -> ResponseReturnValue:
    """The form with what was typed, and the reason why it is not saved."""
    with newsroom().store.read() as work:
        article = articles.by_id(work, article_id)
        if error is None:
            form = Form(given, saved=differing(given, _values(article)), is_stale=True)
            return article_page.render(work, article, form, KIND_WORDS), 409
        form = Form(given, errors_of(error, "headline"))
        return article_page.render(work, article, form, KIND_WORDS), 422


def _values(article: Article) -> dict[str, str]:
    return {
        "headline": article.headline,
        "url": article.url or "",
        "author": article.author or "",
        "kind": article.kind.value,
        "published_on": article.published_on.isoformat() if article.published_on else "",
    }
