"""The audit: what was done, by whom, and whether anybody tampered with that."""

import re

import pytest
from sqlalchemy import text

from feedback.domain.state import Decision
from tests.factories import a_letter, approved
from tests.factories.letter import some_letters
from tests.outbox.desk import decided
from tests.store.test_audit import unguarded


def test_what_was_done_stands_there_newest_first(log_in, store) -> None:
    letter = a_letter(store)
    decided(store, letter, Decision.DECLINE, reason="too_long")
    page = " ".join(log_in("chief").get("/desk/audit").text.split())
    assert page.index("Declined") < page.index(">Received")
    assert "Too long" in page
    assert f'href="/desk/letters/{letter.ref}"' in page
    assert "the writer" in page
    assert "Ann Editor" in page
    assert "jane@example.com" not in page


def test_the_list_goes_on_where_the_page_before_ended(log_in, store) -> None:
    some_letters(store, 57)  # all at the same moment
    desk, address, refs = log_in("chief"), "/desk/audit", []
    while address:
        page = desk.get(address).text
        refs.append(re.findall(r'href="/desk/letters/([^"]+)"', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1] if following else None
    assert [len(some) for some in refs] == [50, 7]
    assert len({ref for some in refs for ref in some}) == 57


def test_the_chains_of_the_newest_letters_are_worked_out_anew(log_in, store) -> None:
    approved(store)
    a_letter(store)
    page = " ".join(log_in("chief").get("/desk/audit?check=newest").text.split())
    assert "The chains hold" in page
    assert "3 lines of 2 letters" in page


def test_a_history_that_was_changed_in_the_database_is_told(log_in, store) -> None:
    letter = approved(store)
    with unguarded(store) as connection:
        changed = "UPDATE event SET by_name = 'Somebody Else' WHERE letter_id = :id AND seq = 2"
        connection.execute(text(changed), {"id": letter.id})
    page = " ".join(log_in("chief").get("/desk/audit?check=newest").text.split())
    assert "1 chain is broken" in page
    assert f"{letter.ref}</a>, line 2:" in page


@pytest.mark.parametrize("role", ["reader_editor", "editor", "publisher"])
def test_the_audit_is_a_chiefs(log_in, role) -> None:
    desk = log_in(role)
    assert desk.get("/desk/audit").status_code == 403
    assert 'href="/desk/audit"' not in desk.get("/desk/articles/").text


def test_nobody_gets_there_without_a_log_in(client) -> None:
    assert client.get("/desk/audit").location.startswith("/desk/login")


def test_an_empty_desk_and_a_cursor_that_is_not_ours(log_in) -> None:
    desk = log_in("chief")
    assert "Nothing has happened yet" in desk.get("/desk/audit").text
    assert "0 lines of 0 letters" in desk.get("/desk/audit?check=1").text
    assert desk.get("/desk/audit?after=x").status_code == 422
