"""The form in which a letter is edited: what it shows, what it changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedback.desk.edit import Edits
from feedback.desk.edit_values import (
    BOXES,
    LINES,
    NAMES,
    TEXT,
    Joined,
    as_edits,
    changed,
    join,
    read_values,
    values_of,
)
from feedback.desk.propose import joined
from feedback.domain.draft import Draft, Proposal
from feedback.domain.letter import Letter
from feedback.intake.fields import is_yes
from feedback.screens.edit_aids import tidied

MOST_BASE = 50_000  # characters of what the form says it was filled with


@dataclass(frozen=True)
class EditForm:
    """`values` fill the form, `base` is what is saved now, as the form sends it back.

    Where somebody else saved since this edit was begun, `values` have both edits: `typed` is what
    the editor had, `others` what the other changed, by field, `joined` where the two met.
    `is_kept` unless the values stand nowhere but on the page. `draft_at` where the values come
    from a draft, `proposal` where from somebody's proposal.
    """

    values: Mapping[str, str]
    base: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    joined: Joined | None = None
    is_kept: bool = True
    draft_at: datetime | None = None
    proposal: Proposal | None = None

    @property
    def base_sent(self) -> str:
        """The base as the form's hidden field has it."""
        return json.dumps(self.base, ensure_ascii=False)


def form_of(
    letter: Letter,
    sent: Mapping[str, str],
    draft: Draft | None = None,
    proposal: Proposal | None = None,
) -> EditForm:
    """The form for a letter, filled with what was sent, else a proposal, else one's draft."""
    saved = values_of(letter)
    if TEXT in sent:
        again = _with(saved, base_of(sent), sent_values(sent), None, proposal)
        return replace(again, is_kept=False)
    if proposal is not None:
        found = joined(letter, proposal)
        others = changed(proposal.fields["base"], saved) if not found.is_clean else {}
        named = {name: saved[name] for name in others if name in proposal.fields["base"]}
        typed = saved | proposal.fields["values"]
        return EditForm(saved | found.values, saved, typed, named, found, proposal=proposal)
    if draft is not None:
        base, typed = read_values(draft.fields.get("base")), read_values(draft.fields.get("values"))
        return _with(saved, base, saved | typed, draft.at, None)
    return EditForm(saved, saved)


def with_house_style(form: EditForm) -> EditForm:
    """The form with all of house style in its text."""
    return replace(form, values={**form.values, TEXT: tidied(form.values[TEXT])}, is_kept=False)


def _with(
    saved: dict[str, str],
    base: dict[str, str],
    typed: dict[str, str],
    draft_at: datetime | None,
    proposal: Proposal | None,
) -> EditForm:
    """What was typed on a base, put together with what was saved since."""
    # A form that does not say what it began with began with what is saved: nothing is put together.
    base = saved | base
    others = changed(base, saved)
    if not others:
        return EditForm(typed, saved, draft_at=draft_at, proposal=proposal)
    found = join(base, typed, saved)
    return EditForm(found.values, saved, typed, others, found, draft_at=draft_at, proposal=proposal)


def sent_values(sent: Mapping[str, str]) -> dict[str, str]:
    """What a form was filled with when it was sent."""
    values = {name: sent.get(name, "") for name in (TEXT, *LINES)}
    values |= {name: "y" if is_yes(sent.get(name, "")) else "" for name in BOXES}
    values[TEXT] = values[TEXT].replace("\r\n", "\n")
    return values


def base_of(sent: Mapping[str, str]) -> dict[str, str]:
    """What the form says it was filled with at first; nothing where that cannot be read."""
    text = sent.get("base", "")
    if len(text) > MOST_BASE:
        return {}
    try:
        return read_values(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def edits_of(sent: Mapping[str, str], letter: Letter) -> Edits:
    """What the form changes; a field that says what is saved already changes nothing."""
    values = sent_values(sent)
    there = {name: values[name] for name in NAMES if name in sent or name in BOXES}
    return as_edits(changed(values_of(letter), there))
