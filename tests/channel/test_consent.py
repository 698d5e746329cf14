"""The words by the consent box are kept with each letter as a version."""

import hashlib

from feedback.domain.submission import CONSENT_VERSION
from tests.channel.reader import words

# Who changes the words gives CONSENT_VERSION a new name and writes both here.
AGREED = {"form-2026-11": "b7016040eb9530dd"}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_the_words_are_those_of_the_version(reader):
    shown = reader.opens("/letters/new")
    label = words(shown.tree.xpath("//label[@for='consent']")[0])
    said = f"{label} {shown.words_of('consent-words')}"
    assert AGREED[CONSENT_VERSION] == digest(said), f"new words need a new version: {said}"


def test_they_say_what_is_printed_what_never_is_and_how_to_withdraw(reader):
    said = reader.opens("/letters/new").words_of("consent-words")
    for part in ("Printed:", "Never printed:", "Edited:", "Withdrawn:", "archive", "email"):
        assert part in said
