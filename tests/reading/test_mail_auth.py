"""Whose word counts about a mail's sender: our own mail server's alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.reading.mail_auth import Found, sender_found
from feedback.reading.mail_headers import Headers

OURS = "Authentication-Results: mx.example.com; "
STRANGE = "Received: from a.test by relay.evil.test with SMTP\n"


def found(block: str, authserv_id: str | None = "MX.example.com") -> Found:
    """What is found in these headers of a mail from reader.org."""
    raw = f"{block}\nFrom: Jane <jane@reader.org>\n".encode()
    return sender_found(Headers(raw), authserv_id)


def words(block: str, authserv_id: str | None = "MX.example.com") -> tuple[str, str, str]:
    """DMARC, SPF, DKIM."""
    one = found(block, authserv_id)
    return one.dmarc, one.spf, one.dkim


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (f"{OURS}dmarc=pass header.from=reader.org", ("pass", "none", "none")),
        (f"{OURS}spf=softfail smtp.mailfrom=a@b.c; dkim=none; dmarc=fail (p=none dis=none)",
         ("fail", "fail", "none")),
        (f"{OURS}none", ("none", "none", "none")),
        (f"{OURS.replace('mx', 'Mx')}DMARC=Fail;", ("fail", "none", "none")),
        ("Authentication-Results: mx.example.com 1;\n dkim=fail header.d=a.b;\n dkim=pass",
         ("none", "none", "pass")),
        (f"{OURS}dmarc=temperror; spf=neutral", ("none", "none", "none")),
        (f"{OURS}(a (b ; dmarc=pass) c) dmarc=fail", ("fail", "none", "none")),
        (f"{OURS}x=; dmarc=fail; =; spf=pass smtp.helo=\"a;b\"", ("fail", "pass", "none")),
        ("Authentication-Results: mx.evil.test; dmarc=pass; spf=pass", ("none",) * 3),
        ("Authentication-Results: spf=pass smtp.mailfrom=a@b.c; dmarc=pass", ("none",) * 3),
        ("Authentication-Results:", ("none",) * 3),
        (f"{OURS}dmarc=pass\n{OURS}dmarc=fail", ("fail", "none", "none")),
    ],
)  # fmt: skip
def test_only_what_our_server_says_counts(block: str, said: tuple[str, str, str]) -> None:
    assert words(block) == said
    assert words(block, None) == ("none",) * 3


@pytest.mark.parametrize(
    ("above", "is_read"),
    [
        ("", True),
        ("Received: from x by mx.example.com with ESMTP\n", True),
        ("Received: from x by store.example.com with LMTP\n", True),
        ("Received: by 2002:a05:6a10:b0 with SMTP id 1\nReceived: from x by mx\n", True),
        ("Received: (nothing told)\n", True),
        (STRANGE, False),
        (f"Received: from b by mx.example.com\n{STRANGE}", False),
        ("Received: from x by notexample.com with ESMTP\n", False),
    ],
)
def test_what_stands_below_a_strange_servers_line_is_not_read(above: str, is_read: bool) -> None:
    assert words(f"{above}{OURS}dmarc=fail")[0] == ("fail" if is_read else "none")


def test_a_name_that_is_no_host_tells_no_order() -> None:
    block = f"{STRANGE}Authentication-Results: gateway; dmarc=fail"
    assert words(block, "gateway")[0] == "fail"


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("Reply-To: jane@reader.org", None),
        ("Reply-To: jane@mail.READER.org", None),
        ("Reply-To: Jane <jane@elsewhere.org>", "elsewhere.org"),
        ("Reply-To: a@reader.org, b@Elsewhere.org", "elsewhere.org"),
        ("Reply-To: jane@notreader.org", "notreader.org"),
        ("Reply-To: nobody", None),
    ],
)
def test_another_domain_for_the_answer_is_seen(header: str, other: str | None) -> None:
    assert found(header).reply_to == other
    assert found(header.replace("Reply-To", "Sender")).sender == other


@given(st.text(max_size=300), st.sampled_from(["", "mx.example.com; ", "mx.example.com; dmarc="]))
def test_any_header_gives_an_answer(text: str, begin: str) -> None:
    assert found(f"Authentication-Results: {begin}{text}").dmarc in ("pass", "fail", "none")


@pytest.mark.parametrize("value", ["(" * 4000, "(" * 2000 + ")" * 2000, "dmarc=pass;" * 400,
                                   "dkim=pass " + "a.b=c " * 600, '"' * 3999,
                                   "\\" * 3999])  # fmt: skip
def test_a_hostile_header_costs_little(value: str) -> None:
    block = "\n".join([f"{OURS}{value}"] * 500)
    began = time.process_time()
    found(block)
    assert time.process_time() - began < 1
