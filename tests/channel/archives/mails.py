"""Mails for tests of archives."""

LETTER = """\
From: Jane Reader <jane@example.com>
To: letters@example.com
Subject: Re: Who Pays for the Levee?
Date: Sat, 02 Mar 2019 09:30:00 -0500
Message-ID: <1@example.com>
Content-Type: text/plain; charset=utf-8

To the editor:

The county counts its boats every May. It should count its sandbags.

From what I saw in May, nobody does.

Jane Q. Reader
Spokane, Wash.
"""
OTHER = LETTER.replace("Jane Q.", "Max").replace("boats", "ferries").replace("<1@", "<2@")
ROBOT = "Auto-Submitted: auto-replied\n" + LETTER.replace("<1@", "<3@")
LIST = "List-Id: Levee <levee.example.org>\n" + LETTER.replace("<1@", "<4@")
EMPTY = "From: Jane <jane@example.com>\nSubject: nothing\n\n\n"
DIVIDES = "From jane@example.com Sat Mar  2 14:30:00 2019\n"


def an_mbox(*mails: str) -> bytes:
    """The mails in one file, as mail programs write it."""
    quoted = (mail.replace("\nFrom ", "\n>From ") for mail in mails)
    return "".join(f"{DIVIDES}{mail}\n" for mail in quoted).encode()
