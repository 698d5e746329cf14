"""`feedback users`, `feedback tokens`: who may sit at the desk, which programs may call."""

import io
import json
import sys

import pytest

from feedback.accounts import tokens
from feedback.store.work import Store


def test_taking_somebody_on_prints_a_password_once(command) -> None:
    ran = command("users", "add", "Lena@Example.com", "--role", "chief", "--name", "Lena Ortiz")
    assert (ran.code, ran.err) == (0, "")
    assert "Added lena@example.com as chief." in ran.out
    assert len(ran.out.split(": ")[-1].strip()) >= 20

    listed = json.loads(command("users", "list", "--json").out)
    assert [(p["email"], p["role"], p["name"]) for p in listed] == [
        ("lena@example.com", "chief", "Lena Ortiz")
    ]


def test_a_password_may_come_on_standard_input(command, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("four quiet herons wade\n"))
    ran = command("users", "add", "tom@example.com", "--role", "editor", "--password-stdin")
    assert ran.code == 0
    assert "Password" not in ran.out


@pytest.mark.parametrize("weak", ["short", "password1234", "tom@example.com"])
def test_a_weak_password_is_refused_with_one_line(command, monkeypatch, weak: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(weak))
    ran = command("users", "add", "tom@example.com", "--role", "editor", "--password-stdin")
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert json.loads(command("users", "list", "--json").out) == []


def test_the_same_address_twice_is_refused(command) -> None:
    assert command("users", "add", "tom@example.com", "--role", "editor").code == 0
    again = command("users", "add", "TOM@example.com", "--role", "chief")
    assert again.code == 1
    assert "already" in again.err


def test_an_unknown_role_is_wrong_usage(command) -> None:
    assert command("users", "add", "tom@example.com", "--role", "king").code == 2


def test_the_last_chief_stays(command) -> None:
    command("users", "add", "lena@example.com", "--role", "chief")
    assert command("users", "disable", "lena@example.com").code == 1
    command("users", "add", "ruth@example.com", "--role", "chief")
    assert command("users", "disable", "lena@example.com").code == 0
    listed = {p["email"]: p["active"] for p in json.loads(command("users", "list", "--json").out)}
    assert listed == {"lena@example.com": False, "ruth@example.com": True}


def test_a_reset_gives_a_new_password(command) -> None:
    command("users", "add", "lena@example.com", "--role", "chief")
    ran = command("users", "reset", "lena@example.com")
    assert ran.code == 0
    assert "Password (shown this once): " in ran.out
    assert command("users", "reset", "nobody@example.com").code == 1


def test_a_token_alone_stands_on_the_line(command, store: Store) -> None:
    ran = command("tokens", "add", "newsletter", "--role", "publisher")
    assert ran.code == 0
    (line,) = ran.out.splitlines()
    with store.read() as work:
        editor = tokens.authenticate(work.session, line)
    assert editor is not None
    assert (editor.name, editor.role.value) == ("newsletter", "publisher")
    listed = json.loads(command("tokens", "list", "--json").out)
    assert [row["name"] for row in listed] == ["newsletter"]
    assert line not in json.dumps(listed)


def test_a_revoked_token_opens_nothing(command, store: Store) -> None:
    token = command("tokens", "add", "newsletter", "--role", "editor").out.strip()
    assert command("tokens", "revoke", "newsletter").code == 0
    with store.read() as work:
        assert tokens.authenticate(work.session, token) is None
    assert command("tokens", "revoke", "other").code == 1
