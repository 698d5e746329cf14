"""Where the fields of a letter that came by mail stood, and what else the mail may mean.

All of it is read anew from the mail; nothing is filled in here. The list of towns is large: it is
asked only where there is something to offer, so that a page of the desk seldom loads it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from feedback.domain.letter import Letter
from feedback.domain.place import country_name, state_code
from feedback.domain.signature import HOME, Signature
from feedback.intake.prefill import Found, Where, hints_in
from feedback.reading.cleaning import clean_line
from feedback.reading.gazetteer import states_of
from feedback.reading.pasted_mail import PastedMail
from feedback.reading.signoff import find_lives_in, find_signoff
from feedback.reading.signoff_words import MOST_LINES

PLACE = ("town", "state", "country")
MOST_WORDS = 200  # characters of a passage
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

    `read_from` where the letter stood in a file: what is not told beside it stood there.
    """
    given = letter.original.given
    beside = _beside(letter, mail, read_from)
    lives = find_lives_in(letter.original.remarks, state_code, country_name)
    found: dict[str, Found] = {}
    for name in ("name", *PLACE):
        value = given.get(name)
        if not value:
            continue
        if value.casefold() in beside.casefold():
            found[name] = Found(value, Where.SIGN_OFF, beside)
        elif name in PLACE and value == getattr(lives, name):
            found[name] = Found(value, Where.LETTER, lives.lives)
        elif name == "name" and mail.from_name and value == clean_line(mail.from_name):
            found[name] = Found(value, Where.SENDER, value)
        elif read_from is not None:
            found[name] = Found(value, Where.FILE)
    if letter.contact and letter.contact.email and letter.contact.email == mail.from_address:
        found["email"] = Found("", Where.SENDER)
    article = given.get("article")
    hint = next((one for one in hints_in(mail) if one.value == article), None) if article else None
    if hint is not None:
        found["article"] = replace(hint, words=hint.words or hint.value)
    elif article and read_from is not None:
        found["article"] = Found(article, Where.FILE)
    return found


def _beside(letter: Letter, mail: PastedMail, read_from: int | None) -> str:
    """What the mail's own words have beside the letter: the sign-off; of a note its end."""
    lines = mail.text.split("\n")
    if read_from is not None:
        return " ".join(" ".join(lines[-MOST_LINES:]).split())[:MOST_WORDS]
    remarks = letter.original.remarks
    if mail.text.startswith(remarks):
        passage = mail.text[len(remarks) :]
    else:  # “Name: …” at the beginning
        kept = set(remarks.split("\n"))
        passage = " ".join([line for line in lines if line not in kept][:MOST_LINES])
    return " ".join(passage.split())[:MOST_WORDS]


def suggestions(letter: Letter, mail: PastedMail) -> list[Suggestion]:
    """What the mail may mean and nobody can be sure of; what the letter has already is none."""
    found = [*_lives(letter), *_sender(letter, mail)]
    return [*found, *_elsewhere(letter), *_block(letter, mail)]


def _lives(letter: Letter) -> Iterator[Suggestion]:
    """“I live in Spokane.”"""
    found = find_lives_in(letter.original.remarks, state_code, country_name)
    if found.town and not found.state and not found.country and not _has_place(letter):
        for place in _places(found.town):
            yield Suggestion(place, Why.LIVES, found.lives)


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
    written = f"{town}, {state}"
    if not any(one.check == "place" and written in one.evidence for one in letter.findings):
        return  # the check of the place has found it, or not looked yet
    assert town
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
