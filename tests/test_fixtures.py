"""The fixtures of the web: who is logged in, who is not."""

import socket

import pytest


@pytest.mark.parametrize("role", ["reader_editor", "chief"])
def test_somebody_is_logged_in(log_in, client, role):
    browser = log_in(role)
    assert browser.get("/desk/password").status_code == 200
    assert browser.account.role == role
    assert client.get("/desk/password").status_code in (302, 303)


def test_another_machine_is_not_reached(only_this_machine):
    with pytest.raises(OSError, match="no other machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(OSError, match="no other machine"):
        socket.getaddrinfo("example.com", 80)
    assert len(only_this_machine) == 2  # each would have failed this test
    only_this_machine.clear()


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
