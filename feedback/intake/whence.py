"""Where the fields of a letter that came by mail stood, and what else the mail may mean.

All of it is read anew from the mail; nothing is filled in here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from feedback.domain.letter import Letter
from feedback.domain.place import country_name, state_code
from feedback.domain.signature import HOME, Signature
from feedback.intake.prefill import Found, Where, hints_in, signoff_of, writer_in
from feedback.reading.gazetteer import is_known_town, states_of
from feedback.reading.pasted_mail import PastedMail
from feedback.reading.signoff import find_signoff

FIELDS = ("name", "town", "state", "country", "email", "article")
MOST_STATES = 4  # with a town of one name, that are offered
BLOCK = re.compile(r"--[ \t]*\n((?:[^\n>][^\n]*\n?){1,8})")  # a signature block, as programs add it


class Why(StrEnum):
    """Why something is offered and not filled in."""

    LIVES = "lives"  # the letter says it in passing
    SENDER = "sender"  # the mail is in another name than the letter
    ELSEWHERE = "elsewhere"  # the list of towns has none of that name in that state
    BLOCK = "block"  # it stands in the signature block that a program adds


@dataclass(frozen=True)
class Suggestion:
    """Values for fields of the signature, why they are offered, the words that say it."""

    values: Mapping[str, str]
    why: Why
    words: str = ""

    @property
    def says(self) -> str:
        """What would stand in the signature."""
        given = {name: self.values.get(name) for name in ("name", "town", "state", "country")}
        signature = Signature(given["name"], None, given["town"], given["state"], given["country"])
        return signature.printed()


def whence(letter: Letter, mail: PastedMail, read_from: int | None = None) -> dict[str, Found]:
    """Where each field of a letter stood in its mail, by field; what came later has no place there.

    `read_from` where the letter stood in a file: its fields may stand there too, and then have
    Where.FILE.
    """
    mail = _with_note(mail, read_from)
    given = letter.original.given
    found = {n: one for n, one in writer_in(mail, signoff_of(mail)) if one.value == given.get(n)}
    if letter.contact and letter.contact.email and mail.from_address:
        found["email"] = Found("", Where.SENDER)
    article = given.get("article")
    hint = next((one for one in hints_in(mail) if one.value == article), None) if article else None
    if hint is not None:
        found["article"] = replace(hint, words=hint.words or hint.value)
    if read_from is not None:
        told = [name for name in FIELDS if given.get(name) and name not in found]
        found |= {name: Found(given[name], Where.FILE) for name in told}
    return {name: found[name] for name in FIELDS if name in found}


def suggestions(letter: Letter, mail: PastedMail, read_from: int | None = None) -> list[Suggestion]:
    """What the mail may mean and nobody can be sure of; what the letter has already is none."""
    mail = _with_note(mail, read_from)
    found = [
        *_lives(letter, mail),
        *_sender(letter, mail),
        *_elsewhere(letter),
        *_block(letter, mail),
    ]
    return list({tuple(one.values.items()): one for one in reversed(found)}.values())[::-1]


def _with_note(mail: PastedMail, read_from: int | None) -> PastedMail:
    """The mail as it is where its letter stood in a file: its own words are a note."""
    if read_from is None or mail.read_from is not None:
        return mail
    return replace(mail, note=mail.text, text="", read_from=read_from)


def _lives(letter: Letter, mail: PastedMail) -> Iterator[Suggestion]:
    """“I live in Spokane.”"""
    signoff = find_signoff(mail.text, state_code, country_name)
    if not signoff.lives or _has_place(letter):
        return
    if signoff.town and not signoff.state and not signoff.country:
        for place in _places(signoff.town):
            yield Suggestion(place, Why.LIVES, signoff.lives)


def _sender(letter: Letter, mail: PastedMail) -> Iterator[Suggestion]:
    """The mail is Jane Reader's, “J. R.” signs."""
    name, signed = mail.from_name, letter.name or ""
    if not name or " " not in name or not mail.is_sender_clear or len(name) > 120:
        return
    if signed != (letter.original.given.get("name") or ""):
        return  # an editor, or the writer, has said since what it is
    if set(name.casefold().split()) - set(signed.casefold().split()):
        yield Suggestion({"name": name}, Why.SENDER, name)


def _elsewhere(letter: Letter) -> Iterator[Suggestion]:
    """“Spokane, Ore.”: as it is written it stands, but there is one in Washington."""
    town, state = letter.town, letter.place_state
    if not town or not state or letter.country not in (None, HOME) or is_known_town(town, state):
        return
    for place in _places(town):
        if "state" in place:
            yield Suggestion(place, Why.ELSEWHERE)


def _block(letter: Letter, mail: PastedMail) -> Iterator[Suggestion]:
    """Under the letter its writer's name, under that what the program adds to every mail."""
    block = BLOCK.match(mail.removed)
    if block is None or _has_place(letter):
        return
    found = find_signoff(f"A letter.\n\n{block[1].rstrip()}", state_code, country_name)
    code = state_code(found.state) if found.state else None
    if found.town and code:
        words = " ".join(found.words.split())
        yield Suggestion({"town": found.town, "state": code}, Why.BLOCK, words)


def _has_place(letter: Letter) -> bool:
    return bool(letter.town or letter.place_state or letter.country not in (None, HOME))


def _places(town: str) -> list[dict[str, str]]:
    """The town with each state that has one of that name; alone where these are many or none."""
    states = states_of(town)
    if not 1 <= len(states) <= MOST_STATES:
        return [{"town": town}]
    return [{"town": town, "state": state} for state in states]
