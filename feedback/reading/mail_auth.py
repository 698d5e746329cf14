"""What our own mail server found out about a mail's sender (RFC 8601), and whom its headers name.

Anybody can write such a header into a mail: only those are read that bear our server's name, and
of these only those above the first line of a strange server's.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from authres import AuthenticationResultsHeader, AuthResError

from feedback.reading.mail_headers import ADDRESS, Headers

RESULTS, RECEIVED = "authentication-results", "received"
MOST_RESULTS = 40  # findings of all headers together
MOST_RESULT = 400  # characters of one
PASSED = frozenset({"pass", "bestguesspass"})
FAILED = frozenset({"fail", "hardfail", "softfail", "policy"})
BY = re.compile(r"(?:^|\s)by\s+([\w.:\[\]-]{1,255})", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """`pass`, `fail` or `none` of each; domains in lower case where the headers name some."""

    dmarc: str
    spf: str
    dkim: str
    domain: str | None
    reply_to: str | None
    sender: str | None


def sender_found(headers: Headers, authserv_id: str | None) -> Found:
    """What is to be known of the sender; `authserv_id` names the mail server that is believed.

    Without it no result is read. A header that cannot be read is passed over; nothing raises.
    """
    said: dict[str, set[str]] = {"dmarc": set(), "spf": set(), "dkim": set()}
    if authserv_id:
        for method, result in _results(headers, authserv_id.strip().lower()):
            if method in said:
                said[method].add(result)
    domain = _domain(headers.sender().address)
    return Found(
        # One bad word is enough, of DKIM one good one: a mail can bear several signatures.
        dmarc=_word(said["dmarc"], worst=True),
        spf=_word(said["spf"], worst=True),
        dkim=_word(said["dkim"], worst=False),
        domain=domain,
        reply_to=_other(headers, "reply-to", domain),
        sender=_other(headers, "sender", domain),
    )


def _word(said: set[str], *, worst: bool) -> str:
    has_passed, has_failed = bool(said & PASSED), bool(said & FAILED)
    if has_failed and (worst or not has_passed):
        return "fail"
    return "pass" if has_passed else "none"


def _results(headers: Headers, ours: str) -> Iterator[tuple[str, str]]:
    """Method and result, in lower case, of every finding that can be believed."""
    left = MOST_RESULTS
    for name, value in headers.trace:
        if name == RECEIVED:
            if _is_strange(value, ours):
                return
            continue
        named, *parts = _parted(value)
        if _server(named) != ours:
            continue
        for part in parts[:left]:
            left -= 1
            yield from _read(part)


def _server(named: str) -> str | None:
    """Whose header it is; a version may stand behind the name."""
    with suppress(AuthResError, RecursionError):
        header = AuthenticationResultsHeader.parse(f"{RESULTS}: {named[:MOST_RESULT]}; none")
        return str(header.authserv_id).lower()
    return None


def _read(part: str) -> Iterator[tuple[str, str]]:
    """One finding, read alone, so that an odd one spoils no other."""
    with suppress(AuthResError, RecursionError):
        header = AuthenticationResultsHeader.parse(f"{RESULTS}: x; {part[:MOST_RESULT]}")
        for one in header.results:
            yield str(one.method).lower(), str(one.result).lower()


def _parted(value: str) -> list[str]:
    """The parts between semicolons, without comments; quoted ones and nested ones count."""
    parts, part = [], []
    depth, is_quoted, is_escaped = 0, False, False
    for sign in value:
        if is_escaped:
            is_escaped = False
            if not depth:
                part.append(sign)
            continue
        if sign == "\\":
            is_escaped = True
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
        elif sign == "(" and not is_quoted:
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            part.append(" ")
            continue
        elif sign == ";" and not depth and not is_quoted:
            parts.append("".join(part).strip())
            part = []
            continue
        if not depth:
            part.append(sign)
    return [one for one in (*parts, "".join(part).strip()) if one] or [""]


def _is_strange(received: str, ours: str) -> bool:
    """Whether another house's server wrote this line; ours may be several in one domain.

    It cannot be told where our server's name is no host's, or the line names an address alone.
    """
    found = BY.search(received)
    if found is None or "." not in ours:
        return False
    host = found[1].lower().rstrip(".")
    if "." not in host or ":" in host or host.replace(".", "").isdigit():
        return False
    labels = ours.split(".")
    house = ".".join(labels[1:]) if len(labels) > 2 else ours
    return host != house and not host.endswith(f".{house}")


def _other(headers: Headers, name: str, domain: str | None) -> str | None:
    """A domain in that header that is not From's; one below the other is the same house's."""
    if domain is None:
        return None
    for address in ADDRESS.findall(headers.raw(name)):
        other = _domain(address)
        if (
            other
            and not f".{other}".endswith(f".{domain}")
            and not f".{domain}".endswith(f".{other}")
        ):
            return other
    return None


def _domain(address: str | None) -> str | None:
    return address.rpartition("@")[2].lower()[:255] if address else None
