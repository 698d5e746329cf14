"""Every message of the corpus: its letter, who signs it, where they live, whose address it is."""

import pytest

from feedback.domain.place import country_name, state_code
from feedback.reading.pasted_mail import read_mail
from feedback.reading.signoff import find_signoff
from tests.reading.mail_corpus import MESSAGES


@pytest.mark.parametrize("name", MESSAGES)
def test_the_letter_in_a_mail_is_found(name: str) -> None:
    expected = MESSAGES[name]
    mail = read_mail(expected.raw)
    found = find_signoff(mail.text, state_code, country_name)
    assert found.rest == expected.text
    assert (found.name, found.town) == (expected.name, expected.town)
    assert (found.state, found.country) == (expected.state, expected.country)
    assert mail.from_address == expected.address


def test_the_corpus_is_large() -> None:
    assert len(MESSAGES) >= 150
