"""Email addresses that look like others, or like commands (HOSTILE, H25)."""

from typing import Any

import pytest

from feedback.domain.editor import Role
from feedback.store import letters
from tests.channel.reader import Reader
from tests.desk.desk import ONE_ENGINE
from tests.screens.desk_page import open_page


def kept(store: Any) -> str | None:
    with store.read() as work:
        (letter,) = letters.page(work, letters.LetterFilter()).rows
        return letter.contact.email if letter.contact else None


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("a@xn--80ak6aa92e.com", "a@аррӏе.com", "a@аррӏе.com (a@xn--80ak6aa92e.com)"),
        ("a@bücher.example.com", "a@bücher.example.com", "(a@xn--bcher-kva.example.com)"),
        ("Ｆ@example.com", "F@example.com", "F@example.com"),
        ("a@ⓔxample.com", "a@example.com", "a@example.com"),
    ],
)
@ONE_ENGINE
def test_an_editor_sees_what_is_written_to(
    reader: Reader, store: Any, log_in: Any, typed: str, stored: str, shown: str
) -> None:
    assert reader.writes(email=typed).status_code == 303
    assert kept(store) == stored
    page = open_page(log_in(Role.EDITOR), "/desk/?state=all")
    page = page.browse(page.link("Jane Q. Reader, Spokane, Wash.")).press("Show contact data")
    assert shown in page.main
    assert ("xn--" in page.main) is (not stored.isascii())


@ONE_ENGINE
def test_what_is_too_long_on_the_wire_is_refused(reader: Reader, stored_count: Any) -> None:
    for typed in ("x" * 65 + "@example.com", "é" * 33 + "@example.com", "a@" + "ü" * 60 + ".com"):
        assert reader.writes(email=typed).status_code == 422
    assert stored_count() == 0


@ONE_ENGINE
@pytest.mark.parametrize(
    "typed", ["-f/etc/passwd@example.com", "|id@example.com", "`id`@x.example"]
)
def test_no_address_becomes_a_command(
    reader: Reader, newsroom: Any, store: Any, typed: str
) -> None:
    """Mails leave over a socket or into a file; what cannot be an envelope's address fails."""
    from feedback.worker import Worker

    if reader.writes(email=typed).status_code == 303:
        assert kept(store) == typed
        Worker(newsroom).postman.turn()
    for file in newsroom.outbox_folder.glob("*"):
        assert "passwd" not in file.name
        assert not file.name.startswith("-")


@pytest.fixture
def stored_count(store: Any) -> Any:
    def count() -> int:
        with store.read() as work:
            return letters.count(work, letters.LetterFilter()).number

    return count
