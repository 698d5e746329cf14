"""The form in which a letter is edited: what it shows, what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.desk.edit import Edits
from feedback.domain.letter import Letter
from feedback.intake.fields import is_yes
from feedback.reading.cleaning import clean_text

# Fields of the form, named as in the contract's PATCH.
TEXT = "edited"
LINES = ("headline", "name", "standing", "town", "state", "country")
BOXES = ("abridged", "bracket")


@dataclass(frozen=True)
class EditForm:
    """`values` fill the form; `saved` is what the letter has, for the fields that differ from it.

    They differ only where a save was refused: then the page shows both.
    """

    values: Mapping[str, str]
    saved: Mapping[str, str]


def form_of(letter: Letter, typed: Mapping[str, str]) -> EditForm:
    """The form for a letter, filled with what was typed where something was."""
    saved = saved_values(letter)
    if TEXT not in typed:
        return EditForm(saved, {})
    values = {name: typed.get(name, "") for name in (TEXT, *LINES)}
    values |= {name: "y" if is_yes(typed.get(name, "")) else "" for name in BOXES}
    values[TEXT] = values[TEXT].replace("\r\n", "\n")
    return EditForm(values, {n: saved[n] for n in saved if not _is_same(values[n], saved[n])})


def saved_values(letter: Letter) -> dict[str, str]:
    """The letter as the form shows it, by the names of its fields."""
    return {
        TEXT: letter.text,
        "headline": letter.headline or "",
        "name": letter.name or "",
        "standing": letter.standing or "",
        "town": letter.town or "",
        "state": letter.place_state or "",
        "country": letter.country or "",
        "abridged": "y" if letter.is_abridged else "",
        "bracket": "y" if letter.has_bracket else "",
    }


def edits_of(sent: Mapping[str, str], letter: Letter) -> Edits:
    """What the form changes; a field that says what is saved already changes nothing."""
    saved = saved_values(letter)
    changed = {n: sent[n] for n in (TEXT, *LINES) if n in sent and not _is_same(sent[n], saved[n])}
    return Edits(
        **changed,
        is_abridged=is_yes(sent.get("abridged", "")),
        has_bracket=is_yes(sent.get("bracket", "")),
    )


def _is_same(typed: str, saved: str) -> bool:
    return clean_text(typed) == clean_text(saved)
