"""Mails that were changed at random: read in time, kept, and a letter or refused by name."""

import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.place import country_name, state_code
from feedback.domain.raw_mail import Door, Fate
from feedback.reading.pasted_mail import read_mail
from feedback.reading.signoff import find_signoff
from tests.benchmarks.filling import newsroom_in
from tests.reading.mail_corpus import MESSAGES

LONGEST = 1.0  # seconds for one mail, whatever it holds
PIECES = (
    b"\r\n\r\n", b"\n", b"\x00", b"--b\r\n", b"--b--", b"> ", b"=?utf-8?q?=0A?=", b"=?x?b?!!?=",
    b"Content-Type: multipart/mixed; boundary=\"\"\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"From: a@[\r\n", b"\xff\xfe", b"\xe2\x80\xae", b"On Mar 3, 2026, at 9:14 AM, X wrote:\n",
    b"charset=\"utf-7\"", b"<" * 40, b"=\r\n" * 10, b"-- \n",
)  # fmt: skip


@dataclass
class FuzzResult:
    """How it ended."""

    read: int = 0
    slowest: float = 0.0
    crashed: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    @property
    def is_good(self) -> bool:
        """No crash, none lost, none slow, none that reading could not deal with."""
        is_quick = self.slowest <= LONGEST
        return is_quick and not (self.crashed or self.lost or self.fates[Fate.UNREAD])

    def __str__(self) -> str:
        fates = ", ".join(f"{count} {fate}" for fate, count in sorted(self.fates.items()))
        return (
            f"{self.read} changed mails read, slowest {self.slowest * 1000:.0f} ms, "
            f"crashes: {dict(self.crashed) or 'none'}; of those handed in: {fates}, "
            f"{self.lost} lost"
        )


def fuzz(number: int, handed_in: int, seed: int = 7) -> FuzzResult:
    """Read `number` changed mails; hand `handed_in` of them in to a newsroom."""
    chance = random.Random(seed)
    corpus = [message.raw for message in MESSAGES.values()]
    result = FuzzResult()
    find_signoff(read_mail(corpus[0]).text, state_code, country_name)  # word lists are read once
    for _ in range(number):
        raw = changed(chance.choice(corpus), chance)
        began = time.perf_counter()
        try:
            found = read_mail(raw)
            find_signoff(found.text, state_code, country_name)
        except Exception as error:  # that is what is looked for
            result.crashed[type(error).__name__] += 1
        result.slowest = max(result.slowest, time.perf_counter() - began)
        result.read += 1
    _hand_in(handed_in, corpus, chance, result)
    return result


def _hand_in(number: int, corpus: list[bytes], chance: random.Random, result: FuzzResult) -> None:
    with tempfile.TemporaryDirectory() as folder:
        newsroom = newsroom_in(Path(folder) / "instance")
        seen = set()
        for _ in range(number):
            mail_id = keep(newsroom, changed(chance.choice(corpus), chance), Door.PIPE)
            if mail_id in seen:
                continue
            seen.add(mail_id)
            result.fates[read(newsroom, mail_id).value] += 1
        result.lost = len(seen) - sum(result.fates.values())
        newsroom.close()


def changed(raw: bytes, chance: random.Random) -> bytes:
    """The mail with a few changes: bytes flipped, pieces put in, cut, doubled, moved."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(raw))
        end = min(len(raw), at + chance.randint(1, 80))
        match chance.randint(0, 5):
            case 0:
                raw = raw[:at] + bytes([chance.randint(0, 255)]) + raw[at + 1 :]
            case 1:
                raw = raw[:at] + chance.choice(PIECES) + raw[at:]
            case 2:
                raw = raw[:at] + raw[end:]
            case 3:
                raw = raw[:end] + raw[at:]
            case 4:
                raw = raw[end:] + raw[:at]
            case _:
                raw = raw[:at] + raw[at:end] * chance.randint(2, 200) + raw[end:]
    return raw
