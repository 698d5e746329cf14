"""The built-in outbox: every mail is one file, whole."""

import stat
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from feedback.domain.owed_mail import MailKind, MailState
from feedback.outbox import prepare
from feedback.outbox.ways import Kept
from feedback.store.mails import LEASE
from feedback.store.work import Store
from tests.factories import a_letter
from tests.fixtures_database import Clock
from tests.outbox.desk import LETTERHEAD, a_postman, mail_of

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def test_a_mail_becomes_a_file_that_its_owner_alone_reads(store: Store, tmp_path: Path) -> None:
    letter = a_letter(store, email="jane@example.com")
    folder = tmp_path / "outbox"
    a_postman(store, Kept(folder)).turn()
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.SENT
    (file,) = folder.iterdir()
    assert file.name == f"20261109-{mail.id:08d}-receipt.eml"
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert read["To"] == "jane@example.com"
    assert read["Subject"] == f"[{letter.ref}] We have your letter"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_mail_that_is_kept_twice_is_one_file(store: Store, clock: Clock, tmp_path: Path) -> None:
    a_letter(store)
    way = Kept(tmp_path / "outbox")
    way.open()
    with store.work() as work:
        claimed = prepare.next_due(work, LETTERHEAD)
    assert claimed is not None
    way.deliver(claimed.write())  # then the process was killed
    clock.advance(LEASE + timedelta(seconds=1))
    a_postman(store, way).turn()
    assert len(list((tmp_path / "outbox").iterdir())) == 1


def test_a_folder_that_cannot_be_written_keeps_the_mail_waiting(
    store: Store, tmp_path: Path
) -> None:
    letter = a_letter(store)
    (tmp_path / "outbox").write_text("a file where the folder should be")
    a_postman(store, Kept(tmp_path / "outbox")).turn()
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    assert mail.problem.startswith("The outbox folder cannot be")
