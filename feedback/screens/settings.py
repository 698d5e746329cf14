"""What a newsroom sets: the rules of its column, where its articles come from."""

from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.rules import READERS, read_rules
from feedback.desk.settle import read_site_now, settle
from feedback.domain.column import Column
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused, Stale
from feedback.newsroom import newsroom
from feedback.screens import setup
from feedback.screens.desk_forms import Form, differing, errors_of, typed, version_sent
from feedback.screens.invitation import invitations
from feedback.screens.settings_words import CHOICES, LIST_KINDS
from feedback.store import articles, columns

blueprint = Blueprint("settings", __name__, url_prefix="/desk")
guard_desk(blueprint)
setup.init(blueprint)

FIELDS = tuple(READERS)
USUAL_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
)  # fmt: skip
PLACES = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")


@blueprint.get("/settings")
@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """All rules of the column, the state of its articles, what the environment sets."""
    with newsroom().store.read() as work:
        column = columns.first(work)
        return _page(column, Form(rules_as_typed(column)))


@blueprint.post("/settings")
@desk_only(Deed.SETTINGS)
def save() -> ResponseReturnValue:
    """Save the rules. Form: `version` and every rule."""
    given = typed(*FIELDS)
    try:
        rules = read_rules(given, FIELDS)
        with newsroom().store.work() as work:
            changed = settle(columns.first(work), rules, current_editor(), version_sent())
    except Stale:
        return _again(given, None)
    except Refused as error:
        return _again(given, error)
    newsroom().forget_column()
    flash(_("Saved.") if changed else _("Nothing was changed."))
    return redirect("/desk/settings", 303)


@blueprint.get("/settings/articles")
@desk_only(Deed.SETTINGS)
def reading() -> ResponseReturnValue:
    """How far the reading of the site's articles is: the part of the page that changes."""
    with newsroom().store.read() as work:
        column, known = columns.first(work), articles.count(work)
    return render_template(
        "desk/parts/site_reading.html", column=column, known=known, list_kinds=LIST_KINDS
    )


@blueprint.post("/settings/articles")
@desk_only(Deed.SETTINGS)
def read_now() -> ResponseReturnValue:
    """Let the worker read the site's articles at once."""
    with newsroom().store.work() as work:
        read_site_now(work, columns.first(work), current_editor())
    newsroom().forget_column()
    return redirect("/desk/settings#articles", 303)


def rules_as_typed(column: Column) -> dict[str, str]:
    """The rules as the form shows them, by name."""
    values = {name: getattr(column, name) for name in FIELDS}
    return {
        name: ("true" if value else "") if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def _again(given: dict[str, str], error: Refused | None) -> ResponseReturnValue:
    """The form with what was typed, and the reason why it is not saved."""
    with newsroom().store.read() as work:
        column = columns.first(work)
        if error is None:
            saved = differing(given, rules_as_typed(column))
            return _page(column, Form(given, saved=saved, is_stale=True)), 409
        return _page(column, Form(given, errors_of(error, "name"))), 422


def _page(column: Column, form: Form) -> str:
    with newsroom().store.read() as work:
        known = articles.count(work)
    return render_template(
        "desk/settings.html",
        column=column,
        form=form,
        choices=CHOICES,
        zones=_zones(column.time_zone),
        known=known,
        list_kinds=LIST_KINDS,
        environment=list(newsroom().settings.rows()),
        invitations=invitations(column, newsroom().base_url),
    )


def _zones(chosen: str) -> list[tuple[str, str]]:
    """Pairs of value and words: the usual zones first, then all others by name."""
    others = sorted(z for z in available_timezones() if z.startswith(PLACES))
    names = dict.fromkeys([*USUAL_ZONES, chosen, *others])
    return [(name, name.replace("_", " ")) for name in names]
