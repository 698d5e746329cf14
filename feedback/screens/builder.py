"""The builder of an edition: every button saves what is typed and then does its own step.

One form holds title, note and subheads, so that no step loses what was typed before it; what a
button does stands in its value, as `up:WHY-7Q2KD`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.accounts.guard import current_editor, desk_only
from feedback.domain.edition import Edition
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import FeedbackError, NotAllowed, NotFound, Refused
from feedback.domain.state import State
from feedback.edition.arrange import Group, add, arrange, groups_of
from feedback.edition.make import rename
from feedback.edition.publish import publish, unpublish
from feedback.edition.title import suggested_title
from feedback.newsroom import newsroom
from feedback.screens.builder_moves import MOVES, move_to
from feedback.screens.builder_page import SUBHEAD, Shown, render, subhead_field
from feedback.screens.desk_forms import version_sent
from feedback.store import editions, letters
from feedback.store.work import Work

APPROVED = State.APPROVED
MOST_REASON = 2000


def init(blueprint: Blueprint) -> None:
    """Add the builder to the editions' blueprint."""
    blueprint.add_url_rule("/editions/<slug>", "one", one)
    blueprint.add_url_rule("/editions/<slug>", "change", change, methods=["POST"])


@dataclass(frozen=True)
class Step:
    """What was asked for: a deed, what it is about, the text fields as typed."""

    do: str
    about: str
    typed: Mapping[str, str]


@desk_only(Deed.READ)
def one(slug: str) -> ResponseReturnValue:
    """The edition with what may be placed in it."""
    with newsroom().store.read() as work:
        return render(work, editions.by_slug(work, slug))


@desk_only(Deed.BUILD_EDITION)
def change(slug: str) -> ResponseReturnValue:
    """Save what was typed, then carry the pressed button's step out.

    Form: `version`, `do`, `title`, `editors_note`, `subhead-N` of each section, `override`.
    """
    step = _step_sent()
    try:
        with newsroom().store.work() as work:
            edition = editions.by_slug(work, slug, to_change=True)
            edition.expect(version_sent())
            says = STEPS.get(step.do, _unknown)(work, edition, step, current_editor())
    except (NotAllowed, NotFound):
        raise
    except FeedbackError as error:
        with newsroom().store.read() as work:
            return render(work, editions.by_slug(work, slug), Shown(error, step.typed))
    if says:
        flash(says)
    return redirect(f"/desk/editions/{slug}", 303)


def _step_sent() -> Step:
    do, _colon, about = request.form.get("do", "save").partition(":")
    names = ("title", "editors_note", "override")
    typed = {
        name: text.replace("\r\n", "\n")
        for name, text in request.form.items()
        if name in names or name.startswith(SUBHEAD)
    }
    return Step(do, about, typed)


def _save(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    """What was typed, where it differs; nothing is touched where it does not."""
    title, note = step.typed.get("title"), step.typed.get("editors_note")
    if title is not None or note is not None:
        rename(work, edition, by, None, title, note)
    groups = _as_typed(edition, step)
    if groups != groups_of(edition):
        arrange(work, edition, groups, by, None)
    return ""


def _move(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    _save(work, edition, step, by)
    arrange(work, edition, MOVES[step.do](groups_of(edition), step.about), by, None)
    if step.do == "out":
        return str(_("%(ref)s is taken out; it is approved as before.", ref=step.about))
    return ""


def _move_to(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    _save(work, edition, step, by)
    section = request.form.get(f"to-{step.about}", "")
    arrange(work, edition, move_to(groups_of(edition), step.about, section), by, None)
    return ""


def _place(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    _save(work, edition, step, by)
    letter = letters.by_ref(work, step.about, to_change=True)
    add(work, edition, letter, by)
    who = letter.signature.printed() or letter.ref
    return str(_("Placed: %(who)s", who=who))


def _suggest(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    _save(work, edition, step, by)
    rename(work, edition, by, None, suggested_title(edition))
    return ""


def _publish(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    _save(work, edition, step, by)
    publish(work, edition, by, None)
    return str(_("Published. Undo takes it back until the first mail to a writer has left."))


def _override(work: Work, edition: Edition, step: Step, by: Editor) -> str:
    by.require(Deed.SET_GATES)
    reason = " ".join(step.typed.get("override", "").split())
    if not reason:
        raise Refused(_("Say why it is published all the same."), "fields", {"field": "override"})
    if len(reason) > MOST_REASON:
        raise Refused(_("Shorten the reason to 2,000 characters."), "fields", {"field": "override"})
    _save(work, edition, step, by)
    publish(work, edition, by, None, reason)
    return str(_("Published, past the gates; the reason stands in each letter’s history."))


def _undo(work: Work, edition: Edition, _step: Step, by: Editor) -> str:
    unpublish(work, edition, by, None)
    return str(_("Undone: the edition is a draft again, and no writer was told."))


def _unknown(_work: Work, _edition: Edition, _step: Step, _by: Editor) -> str:
    raise Refused(_("This page does not know what was asked for."), "fields", {"field": "do"})


STEPS: dict[str, Callable[[Work, Edition, Step, Editor], str]] = {
    "save": _save,
    **dict.fromkeys(MOVES, _move),
    "to": _move_to,
    "place": _place,
    "suggest": _suggest,
    "publish": _publish,
    "override": _override,
    "undo": _undo,
}


def _as_typed(edition: Edition, step: Step) -> list[Group]:
    """The outline as it stands, with the subheads that were typed over it."""
    return [
        Group(_subhead(step.typed.get(subhead_field(section)), group), group.refs)
        for section, group in zip(edition.sections, groups_of(edition), strict=True)
    ]


def _subhead(typed: str | None, group: Group) -> str | None:
    if typed is None:
        return group.subhead
    return " ".join(typed.split()) or None
