"""No test talks to another machine: loopback and Unix sockets alone are reached."""

import ipaddress
import socket
from collections.abc import Iterator

import pytest

LOCAL_NAMES = {"localhost", "localhost.localdomain", "ip6-localhost", ""}


def is_local(host: object) -> bool:
    """Whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name.lower() in LOCAL_NAMES
    return address.is_loopback or address.is_unspecified


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Refuse other machines, and fail the test even where the code under test took it in."""
    tried: list[str] = []
    looked_up = socket.getaddrinfo

    def guarded(call):
        def connect(self: socket.socket, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
                tried.append(f"connect to {address[0]}:{address[1]}")
                raise ConnectionRefusedError(f"tests reach no other machine: {address}")
            return call(self, address)

        return connect

    def getaddrinfo(host, *args, **kwargs):
        if not _is_number(host) and not is_local(host):
            tried.append(f"look-up of {host}")
            raise socket.gaierror(socket.EAI_NONAME, f"tests look up no other machine: {host}")
        return looked_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield tried
    if tried:
        pytest.fail("the test reached for another machine: " + ", ".join(tried))


def _is_number(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return True
