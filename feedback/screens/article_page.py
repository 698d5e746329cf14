"""One article's page: the letters that answer it, and where they are sent on to."""

from collections.abc import Mapping

from flask import render_template, request

from feedback.domain.article import Article, ArticleKind
from feedback.screens.desk_forms import Form
from feedback.store import article_letters, articles, bylines
from feedback.store.work import Work

PAGE = 25


def render(
    work: Work,
    article: Article,
    form: Form,
    kinds: Mapping[ArticleKind, str],
    byline_form: Form | None = None,
) -> str:
    """The page; `form` holds the article's fields, `byline_form` those of its reporter."""
    after = request.args.get("after") or None
    byline = bylines.of_author(work, article.author)
    stored = Form(
        {
            "address": byline.address if byline else "",
            "sends_approved": "yes" if byline and byline.sends_approved else "",
        }
    )
    return render_template(
        "desk/article.html",
        article=article,
        form=form,
        kinds=kinds,
        letters=articles.letter_counts(work, [article.id])[article.id],
        page=article_letters.page(work, article.id, after, PAGE),
        is_first=after is None,
        answers=article_letters.answers(work, article.id),
        printed=article_letters.printed(work, article.id),
        byline=byline,
        byline_form=byline_form or stored,
    )
