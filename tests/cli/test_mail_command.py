"""`feedback mail`: what a mail server pipes in is kept, or is to come again."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from feedback.channel.mail.keep import KEPT_OF_TOO_LARGE
from feedback.store import raw_mails

LETTER = b"""\
From: Jane Reader <jane@example.com>
To: letters@example.com
Subject: The levee

The county counts its boats every May. It should count its sandbags.

Jane Q. Reader
Spokane, Wash.
"""


@pytest.fixture
def piped(command, monkeypatch):
    """`piped(raw)`: `feedback mail receive` with these bytes on standard input."""

    def run(raw: bytes):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        return command("mail", "receive")

    return run


def test_a_letter_is_on_the_desk_when_the_command_ends(piped, command):
    for _ in range(2):  # a mail server that was not sure delivers again
        ran = piped(LETTER)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
    (row,) = json.loads(command("letters", "list", "--json").out)
    assert row["channel"] == "mail"
    assert row["signature"]["printed"] == "Jane Q. Reader, Spokane, Wash."
    assert json.loads(command("mail", "refused", "--json").out) == []


@pytest.mark.parametrize("raw", [b"", b"\xff\x00\xfe" * 999, b"From: (((\n\n"])
def test_any_bytes_are_taken(piped, raw):
    assert piped(raw).code == 0


def test_what_is_no_letter_is_listed_without_addresses(piped, command):
    piped(b"Auto-Submitted: auto-replied\n" + LETTER)
    out = command("mail", "refused", "--json").out
    (row,) = json.loads(out)
    assert (row["fate"], row["refusal"], row["subject"]) == ("refused", "auto_reply", "The levee")
    assert "jane@example.com" not in out
    assert "auto_reply" in command("mail", "refused").out


def test_of_a_mail_that_is_too_large_the_beginning_is_kept(piped, command, store, monkeypatch):
    monkeypatch.setattr("feedback.channel.mail.keep.MOST_BYTES", 1_000_000)
    assert piped(LETTER + b"x" * 1_000_000).code == 0
    (row,) = json.loads(command("mail", "refused", "--json").out)
    assert (row["refusal"], row["size"]) == ("too_large", 1_000_001)
    with store.read() as work:
        assert len(raw_mails.by_id(work, row["id"]).raw) == KEPT_OF_TOO_LARGE


def test_where_nothing_can_be_kept_the_mail_is_to_come_again(piped, monkeypatch, tmp_path):
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", f"sqlite:///{tmp_path}/none/at-all.db")
    ran = piped(LETTER)
    assert ran.code == 75
    assert ran.err.startswith("feedback: ")
    monkeypatch.setenv("FEEDBACK_DATABASE_URL", "nonsense")
    assert piped(LETTER).code == 75


def test_the_list_of_one_kind(piped, command):
    piped(b"Auto-Submitted: auto-replied\n" + LETTER)
    assert len(json.loads(command("mail", "refused", "--kind", "auto_reply", "--json").out)) == 1
    assert json.loads(command("mail", "refused", "--kind", "blocked", "--json").out) == []
    ran = command("mail", "refused", "--kind", "nonsense")
    assert ran.code == 2
    assert "blocked" in ran.err
