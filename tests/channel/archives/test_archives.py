"""Archives of mails come in once, without robots, whatever holds them."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedback.channel.archives import mails as reading
from feedback.channel.archives.outcome import Outcome
from feedback.channel.archives.take import import_archive
from feedback.channel.mail.keep import keep
from feedback.channel.mail.read import read
from feedback.domain.errors import Refused
from feedback.domain.raw_mail import Door, Fate
from feedback.newsroom import Newsroom
from feedback.store import mails
from tests.channel.archives.mails import EMPTY, LETTER, LIST, OTHER, ROBOT, an_mbox
from tests.channel.archives.outlook_files import a_message
from tests.factories import an_article

OUTLOOK = a_message(
    subject="Re: Who Pays for the Levee?",
    body=LETTER.partition("\n\n")[2].replace("boats", "barges").replace("\n", "\r\n"),
    sender="Jane Reader",
    smtp="jane@example.com",
    sent=datetime(2018, 5, 6, 7, 8, 9, tzinfo=UTC),
)


def told(outcome: Outcome) -> tuple:
    return outcome.added, outcome.known, outcome.skipped, dict(outcome.refused)


def as_mbox(tmp_path: Path) -> Path:
    file = tmp_path / "old mails"
    file.write_bytes(an_mbox(LETTER, OTHER, ROBOT, LIST, EMPTY))
    return file


def as_maildir(tmp_path: Path) -> Path:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "box" / folder).mkdir(parents=True)
    for number, mail in enumerate((LETTER, OTHER, ROBOT, LIST, EMPTY)):
        folder = "new" if number % 2 else "cur"
        (tmp_path / "box" / folder / f"1551537000.{number}:2,S").write_text(mail)
    (tmp_path / "box/tmp/half").write_text(LETTER.replace("May", "April"))
    return tmp_path / "box"


def as_folder(tmp_path: Path) -> Path:
    top = tmp_path / "saved"
    (top / "2019").mkdir(parents=True)
    for number, mail in enumerate((LETTER, OTHER, ROBOT, LIST, EMPTY)):
        (top / "2019" / f"{number}.eml").write_text(mail)
    (top / "link.eml").symlink_to(top / "2019/0.eml")
    (top / "picture.png").write_bytes(b"\x89PNG")
    return top


def as_zip(tmp_path: Path) -> Path:
    file = tmp_path / "saved.bin"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in as_folder(tmp_path).rglob("*"):
            if not path.is_symlink():
                packed.write(path, path.name)
        packed.writestr("__MACOSX/._0.eml", b"\x00\x05\x16\x07")
    return file


@pytest.mark.parametrize("made", [as_mbox, as_maildir, as_folder, as_zip])
def test_letters_come_in_once_and_robots_stay_out(newsroom, stored, tmp_path, made) -> None:
    an_article(newsroom.store, headline="Who Pays for the Levee?")
    archive = made(tmp_path)
    refused = {"auto_reply": 1, "list": 1, "empty": 1}
    assert told(import_archive(newsroom, archive)) == (2, 0, 0, refused)
    letter = next(one for one in stored() if one.name == "Jane Q. Reader")
    assert letter.channel.value == "import"
    assert letter.state.value == "received"
    assert letter.original.consent == "none-yet"
    assert letter.received_at == datetime(2019, 3, 2, 14, 30, tzinfo=UTC)
    assert letter.article.headline == "Who Pays for the Levee?"
    assert "From what I saw in May" in letter.original.remarks, "the quoting of the mbox is gone"
    assert not letter.verifications
    assert told(import_archive(newsroom, archive)) == (0, 2, 0, refused)
    assert len(stored()) == 2
    with newsroom.store.read() as work:
        assert mails.newest(work) == []


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_mail_that_came_in_and_lies_in_an_archive_is_one_letter(
    newsroom, stored, tmp_path, line_end
) -> None:
    raw = LETTER.encode().replace(b"\n", line_end)
    assert read(newsroom, keep(newsroom, raw, Door.LMTP)) is Fate.LETTER
    assert told(import_archive(newsroom, as_mbox(tmp_path)))[:2] == (1, 1)
    assert len(stored()) == 2


def test_a_mail_of_an_archive_that_comes_in_again_is_one_letter(newsroom, stored, tmp_path) -> None:
    import_archive(newsroom, as_mbox(tmp_path))
    assert read(newsroom, keep(newsroom, LETTER.encode(), Door.PIPE)) is Fate.LETTER
    assert len(stored()) == 2


def test_a_mail_that_stands_twice_in_an_archive_is_one_letter(newsroom, stored, tmp_path) -> None:
    file = tmp_path / "twice"
    file.write_bytes(an_mbox(LETTER, LETTER) + an_mbox(LETTER).replace(b"\n", b"\r\n"))
    assert told(import_archive(newsroom, file))[:2] == (1, 2)
    assert len(stored()) == 1


def test_outlook_s_messages_are_mails(newsroom, stored, tmp_path) -> None:
    (tmp_path / "one.msg").write_bytes(OUTLOOK)
    (tmp_path / "two.msg").write_bytes(OUTLOOK[: len(OUTLOOK) // 2])
    outcome = import_archive(newsroom, tmp_path)
    assert told(outcome) == (1, 0, 1, {})
    assert outcome.problems == ["two.msg: this mail cannot be read"]
    (letter,) = stored()
    assert letter.signature.printed() == "Jane Q. Reader, Spokane, Wash."
    assert letter.contact.email == "jane@example.com"
    assert letter.received_at == datetime(2018, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert told(import_archive(newsroom, tmp_path / "one.msg"))[:2] == (0, 1)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "Date: soon\n",
        "Date: Tue, 1 Jan 2999 00:00:00 +0000\n",
        "Date: Mon, 1 Jan 1980 00:00:00 +0000\n",
        "Date: Mon, 99 Jan 2019 99:00:00 +9999\n",
    ],
)
def test_a_date_that_cannot_be_is_today(newsroom: Newsroom, stored, clock, tmp_path, date) -> None:
    mail = LETTER.replace("Date: Sat, 02 Mar 2019 09:30:00 -0500\n", date)
    (tmp_path / "one.eml").write_text(mail)
    import_archive(newsroom, tmp_path / "one.eml")
    assert [one.received_at for one in stored()] == [clock()]


def test_headers_by_which_alone_nobody_tells_a_mail(newsroom, stored, tmp_path) -> None:
    (tmp_path / "one.eml").write_text("Authentication-Results: mx; spf=pass\n" + LETTER)
    assert told(import_archive(newsroom, tmp_path))[:2] == (1, 0)
    assert stored()[0].name == "Jane Q. Reader"


def test_more_mails_than_an_archive_may_have_are_told(newsroom, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_MAILS", 2)
    outcome = import_archive(newsroom, as_mbox(tmp_path))
    assert outcome.added == 2
    assert not outcome.is_whole


def test_a_mail_that_is_too_large_is_refused_by_name(newsroom, tmp_path, monkeypatch) -> None:
    from feedback.channel.archives import mail_files

    monkeypatch.setattr(mail_files, "MOST_BYTES", 5_000)
    huge = LETTER + "x" * 6_000 + "\n"
    (tmp_path / "box").write_bytes(an_mbox(huge, OTHER))
    (tmp_path / "one.eml").write_text(huge)
    outcome = import_archive(newsroom, tmp_path)
    assert told(outcome) == (1, 0, 0, {"too_large": 2})


def test_writers_are_mailed_where_that_is_asked(newsroom, tmp_path) -> None:
    (tmp_path / "one.eml").write_text(LETTER)
    import_archive(newsroom, tmp_path, mails=True)
    with newsroom.store.read() as work:
        assert len(mails.newest(work)) == 1


def test_progress_goes_up_to_the_end(newsroom, tmp_path) -> None:
    from feedback.channel.archives.take import size_of_archive

    heard: list[int] = []
    archive = as_mbox(tmp_path)
    import_archive(newsroom, archive, told=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == size_of_archive(archive) == archive.stat().st_size


def test_a_zip_that_is_none_is_refused_with_a_sentence(newsroom, tmp_path) -> None:
    file = tmp_path / "letters.zip"
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(Refused, match="zip archive is broken"):
        import_archive(newsroom, file)
