"""Chiefs take people on by mail, let them go; each deed is a line that nobody changes."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from feedback.accounts import staff
from feedback.cli.acting import COMMAND_LINE
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Refused
from feedback.domain.house_event import HouseEventKind as Kind
from feedback.store import house_events
from tests.accounts.person import Person
from tests.accounts.test_reset import account_mails
from tests.desk.desk import ONE_ENGINE
from tests.factories import an_account
from tests.factories.account import PASSWORD, an_editor

FRESH = "nine green bottles hanging"
LINK = re.compile(r"http://localhost(/desk/invited/\S+)")


def link_of(store) -> str:
    found = LINK.search(account_mails(store)[-1].text or "")
    assert found
    return found[1]


@pytest.fixture
def chief(person, store) -> Person:
    an_account(store, Role.CHIEF, email="chief@example.com", name="Cleo Chief")
    somebody = person()
    somebody.logs_in("chief@example.com")
    return somebody


def lines(store) -> list[tuple[Kind, str, str]]:
    """The house's history, oldest first: kind, about, by."""
    with store.read() as work:
        assert house_events.verify(work).problem is None
        rows = house_events.page(work).rows
    return [(row.kind, row.about, row.by_name) for row in reversed(rows)]


def test_an_invitation_lets_in_once(chief, person, store, account) -> None:
    answer = chief.sends("/desk/users", email="New@Example.com", name="Nell New", role="editor")
    assert answer.status_code == 303
    link = link_of(store)
    assert link.rpartition("/")[2] not in repr(vars(account("new@example.com")))
    for _ in range(2):
        assert person().opens(link).status_code == 200, "a look changes nothing"
    stranger = person()
    stranger.logs_in("new@example.com", PASSWORD)
    assert not stranger.is_in, "there is no default password"
    weak = person().sends(link, password="short", password_confirm="short")
    assert weak.status_code == 422
    differ = person().sends(link, password=FRESH, password_confirm=FRESH + "x")
    assert differ.status_code == 422
    done = person().sends(link, password=FRESH, password_confirm=FRESH)
    assert (done.status_code, done.location) == (303, "/desk/login")
    newcomer = person()
    newcomer.logs_in("new@example.com", FRESH)
    assert newcomer.is_in
    assert person().opens(link).status_code == 404
    assert lines(store) == [
        (Kind.LOGGED_IN, "", "Cleo Chief"),
        (Kind.ADDED, "Nell New", "Cleo Chief"),
        (Kind.INVITED, "Nell New", "Cleo Chief"),
        (Kind.JOINED, "Nell New", "Nell New"),
        (Kind.LOGGED_IN, "", "Nell New"),
    ]


@ONE_ENGINE
def test_an_invitation_ends(chief, person, store, clock, account) -> None:
    chief.sends("/desk/users", email="new@example.com", name="", role="editor")
    first = link_of(store)
    number = account("new@example.com").id
    again = chief.sends(f"/desk/users/{number}/invite", page=f"/desk/users/{number}")
    assert again.status_code == 303
    second = link_of(store)
    assert first != second
    assert person().opens(first).status_code == 404, "a new one voids it"
    clock.advance(timedelta(hours=71))
    assert person().opens(second).status_code == 200
    clock.advance(timedelta(hours=1))
    assert person().opens(second).status_code == 404, "72 hours"
    for bad in ("x", "%00", "A" * 3000, "é"):
        assert person().opens(f"/desk/invited/{bad}").status_code == 404


@ONE_ENGINE
def test_what_a_chief_may_do_on_a_persons_page(chief, ann, person, store, account) -> None:
    page = f"/desk/users/{ann.id}"
    assert "Ann Editor" in chief.opens("/desk/users").text
    chief.sends(f"{page}/role", page=page, role="publisher")
    assert account("ann@example.com").role is Role.PUBLISHER
    inside = person()
    inside.logs_in("ann@example.com")
    chief.sends(f"{page}/disable", page=page)
    assert not inside.is_in
    chief.sends(f"{page}/enable", page=page)
    inside.logs_in("ann@example.com")
    assert inside.is_in
    assert inside.opens("/desk/users").status_code == 403
    own = f"/desk/users/{account('chief@example.com').id}"
    for deed in ("disable", "role"):
        chief.sends(f"{own}/{deed}", page=own, role="editor")
    kept = account("chief@example.com")
    assert (kept.active, kept.role) == (True, Role.CHIEF), "the last chief stays"
    wrong = chief.sends("/desk/users", email="ann@example.com", name="", role="editor")
    assert wrong.status_code == 422
    assert chief.sends(f"{page}/role", page=page, role="king").status_code == 303
    assert "is changed" not in chief.opens(page).text


@ONE_ENGINE
def test_it_takes_a_chief(store) -> None:
    with store.work() as work, pytest.raises(NotAllowed):
        staff.invite(work, an_editor(), "x@example.com", "", Role.EDITOR, "http://localhost")
    with store.work() as work:
        account, _ = staff.add(work, COMMAND_LINE, "x@example.com", "", Role.EDITOR, FRESH)
        with pytest.raises(Refused, match="has a password already"):
            staff.invite_again(work, COMMAND_LINE, account, "http://localhost")


# --- the history


def some_history(store) -> None:
    with store.work() as work:
        staff.add(work, COMMAND_LINE, "x@example.com", "Xenia", Role.EDITOR, FRESH)
        staff.make_token(work, COMMAND_LINE, "billing", Role.EDITOR)
    with store.work() as work:
        staff.revoke_token(work, COMMAND_LINE, "billing")
        staff.revoke_token(work, COMMAND_LINE, "billing")  # twice is once


def test_no_line_is_changed_or_taken_out(store) -> None:
    some_history(store)
    assert [kind for kind, *_ in lines(store)] == [Kind.ADDED, Kind.TOKEN_MADE, Kind.TOKEN_REVOKED]
    for deed in ("UPDATE house_event SET says = 'x'", "DELETE FROM house_event WHERE seq = 1"):
        with pytest.raises(DatabaseError), store.engine.begin() as connection:
            connection.execute(text(deed))
    assert lines(store)[0] == (Kind.ADDED, "Xenia", "Command line")


@pytest.mark.parametrize(
    ("spoil", "finds"),
    [
        ("UPDATE house_event SET about = 'Yves' WHERE seq = 1", "line 1 was changed"),
        ("DELETE FROM house_event WHERE seq = 2", "line 2 is missing"),
        ("DELETE FROM house_event WHERE seq = 3", "last lines are missing"),
        ("UPDATE house_chain SET head = ''", "does not end with its last line"),
    ],
)
@ONE_ENGINE
def test_whoever_goes_round_the_guard_is_found(store, spoil, finds) -> None:
    some_history(store)
    with store.engine.begin() as connection:
        for deed in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER house_event_no_{deed}"))
        connection.execute(text(spoil))
    with store.read() as work:
        assert finds in (house_events.verify(work).problem or "")


@ONE_ENGINE
def test_the_history_stands_on_the_audit_page(chief, store) -> None:
    some_history(store)
    page = chief.opens("/desk/audit?of=house&check=all").text
    assert "The chain holds" in page
    assert "Token made" in page
    assert "Xenia" in page
