"""The first start: a chief is asked once what a newsroom needs."""

from flask import Blueprint, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from feedback.accounts.guard import current_editor, desk_only
from feedback.desk.rules import FIRST_QUESTIONS, read_rules
from feedback.desk.settle import set_up
from feedback.domain.column import Column
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused, Stale
from feedback.newsroom import newsroom
from feedback.screens.desk_forms import Form, differing, errors_of, typed, version_sent
from feedback.store import columns

ASKED = "asked_to_set_up"  # key of the session: a chief is led here once a log-in, never held here


def init(blueprint: Blueprint) -> None:
    """Add the page to the settings' blueprint, and the way that leads there after a log-in."""
    blueprint.before_app_request(_lead_here)
    blueprint.add_url_rule("/setup", "setup", show)
    blueprint.add_url_rule("/setup", "set_up", save, methods=["POST"])


@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """The five questions."""
    with newsroom().store.read() as work:
        column = columns.first(work)
    return _page(Form(_answers(column)), column.version)


@desk_only(Deed.SETTINGS)
def save() -> ResponseReturnValue:
    """Save the answers; the worker begins to read the site's articles."""
    given = typed(*FIRST_QUESTIONS)
    try:
        rules = read_rules(given, FIRST_QUESTIONS)
        with newsroom().store.work() as work:
            set_up(work, columns.first(work), rules, current_editor(), version_sent())
    except (Refused, Stale) as error:
        with newsroom().store.read() as work:
            column = columns.first(work)
        if isinstance(error, Stale):
            saved = differing(given, _answers(column))
            return _page(Form(given, saved=saved, is_stale=True), column.version), 409
        return _page(Form(given, errors_of(error, "publication")), column.version), 422
    newsroom().forget_column()
    if rules["site_url"]:
        flash(_("Saved. Your site is being read for its articles; here you see what is found."))
    else:
        flash(_("Saved. Put your site’s address here when you want its articles to be known."))
    return redirect("/desk/settings#articles", 303)


def _lead_here() -> ResponseReturnValue | None:
    """From the first page after a log-in, once, while the questions are not answered."""
    if request.endpoint != "queue.show" or request.query_string or ASKED in session:
        return None
    if not current_user.is_authenticated or not current_user.editor.may(Deed.SETTINGS):
        return None
    if newsroom().column().set_up_at is not None:
        return None
    session[ASKED] = True
    return redirect("/desk/setup", 303)


def _answers(column: Column) -> dict[str, str]:
    return {name: str(getattr(column, name)) for name in FIRST_QUESTIONS}


def _page(form: Form, version: int) -> str:
    return render_template("desk/setup.html", form=form, version=version)
