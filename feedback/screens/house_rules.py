"""The house's rules: typed, looked at before they are saved, kept with everything before them."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.house_rules import (
    READERS,
    as_typed,
    change_rules,
    differing,
    read_house_rules,
)
from feedback.desk.presets import PRESETS
from feedback.domain.column import Column
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused, Stale
from feedback.domain.house_rules import HouseRules
from feedback.intake.rules_preview import MOST, touched_by
from feedback.newsroom import newsroom
from feedback.screens.desk_forms import Form, errors_of, typed, version_sent
from feedback.screens.house_rules_words import NAMES, OPTIONS, PRESET_WORDS, in_words
from feedback.store import columns, rules_changes

blueprint = Blueprint("house_rules", __name__, url_prefix="/desk/settings/rules")
guard_desk(blueprint)

MOST_LISTED = 30  # letters that a preview names


@blueprint.get("")
@desk_only(Deed.SETTINGS)
def show() -> ResponseReturnValue:
    """The rules in force; with `preset` those of a kind of paper, to look over and save."""
    preset = PRESETS.get(request.args.get("preset", ""))
    with newsroom().store.read() as work:
        column = columns.first(work)
    return _page(column, Form(as_typed(preset or column.rules)), is_preset=preset is not None)


@blueprint.post("")
@desk_only(Deed.SETTINGS)
def save() -> ResponseReturnValue:
    """Show what the rules would change (`step=preview`), or save them (`step=save`)."""
    given = typed(*READERS)
    try:
        rules = read_house_rules(given)
        if request.form.get("step") != "save":
            return _preview(given, rules)
        with newsroom().store.work() as work:
            number = int(request.form.get("touched", "0")) if _is_number("touched") else 0
            column = columns.first(work)
            changed = change_rules(work, column, rules, current_editor(), version_sent(), number)
    except Stale as error:
        flash(error.message, "error")
        return _again(given, {}, 409)
    except Refused as error:
        return _again(given, errors_of(error, "words_hard"), 422)
    newsroom().forget_column()
    flash(
        _("Saved. Letters that wait are checked again.") if changed else _("Nothing was changed.")
    )
    return redirect("/desk/settings/rules", 303)


@blueprint.get("/history")
@desk_only(Deed.SETTINGS)
def history() -> ResponseReturnValue:
    """Every change, the newest first."""
    with newsroom().store.read() as work:
        column = columns.first(work)
        changes = rules_changes.newest(work, column.id)
    return render_template(
        "desk/rules_history.html", column=column, changes=changes, in_words=in_words
    )


@blueprint.post("/history/<int:number>")
@desk_only(Deed.SETTINGS)
def go_back(number: int) -> ResponseReturnValue:
    """The rules as they stood before a change, as a new change: shown first, saved by Save."""
    with newsroom().store.read() as work:
        column = columns.first(work)
        before = as_typed(column.rules)
        for change in rules_changes.since(work, column.id, number):
            before |= {name: str(value) for name, value in change.before.items()}
    given = {name: before.get(name, "") for name in READERS}
    return _preview(given, read_house_rules(given))


def _preview(given: Mapping[str, str], rules: HouseRules) -> ResponseReturnValue:
    with newsroom().store.read() as work:
        column = columns.first(work)
        changes = differing(column.rules, rules)
        touched = touched_by(work, column, rules) if changes else []
        refs = list(dict.fromkeys(one.letter.ref for one in touched))
        return render_template(
            "desk/rules_preview.html",
            column=column,
            given=given,
            changes=[in_words(name, *pair) for name, pair in changes.items()],
            touched=touched[:MOST_LISTED],
            number=len(refs),
            most=MOST,
        )


def _again(given: Mapping[str, str], errors: Mapping[str, str], code: int) -> ResponseReturnValue:
    with newsroom().store.read() as work:
        column = columns.first(work)
    return _page(column, Form(given, errors)), code


def _page(column: Column, form: Form, *, is_preset: bool = False) -> str:
    return render_template(
        "desk/rules.html",
        column=column,
        form=form,
        names=NAMES,
        options=OPTIONS,
        presets=PRESET_WORDS,
        is_preset=is_preset,
    )


def _is_number(name: str) -> bool:
    sent = request.form.get(name, "")
    return sent.isascii() and sent.isdigit() and len(sent) < 7
