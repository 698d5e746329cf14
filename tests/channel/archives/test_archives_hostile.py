"""Archives that were made to break things: bounded, counted, never fatal."""

import io
import os
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.channel.archives import zipped
from feedback.channel.archives.mail_files import Fault, mails_of
from feedback.channel.archives.mails import keys_of, sent_at
from feedback.channel.archives.shape import Shape, shape_of
from feedback.channel.archives.take import import_archive
from feedback.domain.errors import Refused
from feedback.reading.mail_headers import Headers
from feedback.reading.mbox import DIVIDES, mails_in_mbox
from feedback.reading.outlook import NotOutlook, as_mail
from feedback.reading.printed_column import letters_in
from feedback.reading.wordpress_export import NotAnExport, posts_in
from tests.channel.archives.columns import CLASSIC, OURS, an_export, an_item
from tests.channel.archives.mails import DIVIDES as A_LINE
from tests.channel.archives.mails import LETTER, OTHER, an_mbox
from tests.channel.archives.outlook_files import a_message
from tests.fixtures_database import MORNING

ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
OUTLOOK = a_message(subject="Levees", body=LETTER, sender="Jane", smtp="jane@example.com")
PIECES = st.sampled_from(
    [
        A_LINE.encode(),
        LETTER.encode(),
        b"\n",
        b"\r\n",
        b">From me\n",
        b"From me\n",
        b"\x00\xff",
        b"x",
    ]
)


def packed(**files: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def flipped(raw: bytes, places: list[tuple[int, int]]) -> bytes:
    changed = bytearray(raw)
    for place, value in places:
        changed[place % len(changed)] = value
    return bytes(changed)


FLIPS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=12)


@given(st.lists(st.binary(max_size=80).filter(lambda raw: b"From " not in raw), max_size=6))
def test_what_an_mbox_holds_comes_out_as_it_went_in(bodies: list[bytes]) -> None:
    mails = [b"Subject: x\n\n" + body + b"\n" for body in bodies]
    raw = b"".join(A_LINE.encode() + mail + b"\n" for mail in mails)
    assert list(mails_in_mbox(io.BytesIO(raw), 10_000)) == mails


@given(st.lists(PIECES, max_size=30).map(b"".join), st.integers(1, 2000))
def test_any_mbox_is_taken_apart_within_bounds(raw: bytes, most: int) -> None:
    found = list(mails_in_mbox(io.BytesIO(raw), most))
    assert all(mail is None or len(mail) <= most for mail in found)
    assert len(found) <= len(DIVIDES.findall(raw))


@given(st.one_of(st.binary(max_size=3000), FLIPS.map(lambda flips: flipped(OUTLOOK, flips))))
def test_any_message_of_outlook_is_read_or_refused(raw: bytes) -> None:
    with suppress(NotOutlook):
        assert as_mail(raw)


def test_a_message_whose_tables_have_no_end_is_refused() -> None:
    raw = bytearray(OUTLOOK)
    struct.pack_into("<I", raw, 44, 2**32 - 1)
    struct.pack_into("<I", raw, 72, 2**25)
    with pytest.raises(NotOutlook):
        as_mail(bytes(raw))


def test_outlook_s_own_headers_count_and_html_is_taken_without_text() -> None:
    headers = (
        "Microsoft Mail\r\nFrom: Max <max@example.com>\r\n"
        "Content-Type: multipart/mixed;\r\n\tboundary=b\r\nSubject: Hi\r\n there\r\n"
    )
    mail = as_mail(a_message(headers=headers, html="<p>Né".encode("cp1252"), page=1252))
    assert b"From: Max <max@example.com>\nSubject: Hi\n there\n" in mail
    assert b"boundary" not in mail
    assert mail.endswith("\n\n<p>Né\n".encode())


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_html_of_a_column_gives_an_answer(text: str, more: str) -> None:
    for html in (text, CLASSIC + text, OURS.replace("<p>", f"<p>{more}"), f"<{text}" * 3):
        assert all(one.text and one.signature for one in letters_in(html))


def test_a_long_column_takes_no_long_time() -> None:
    for part in ("<p", "<!--", "[a ", "—A, ", "Dear A", "* ", "\n ", "<figure>", "&amp;", "“”’)"):
        letters_in(part * (500_000 // len(part)))


@given(FLIPS)
def test_any_export_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    raw = flipped(an_export(an_item(), an_item(number=2)).encode(), flips)
    with suppress(NotAnExport):
        assert len(list(posts_in(io.BytesIO(raw)))) <= 2


def test_an_export_is_not_held_in_memory(tmp_path: Path) -> None:
    import tracemalloc

    class Endless(io.RawIOBase):
        left = 3000

        def read(self, most: int = -1) -> bytes:
            self.left -= 1
            return an_item(html="word " * 2000).encode() if self.left > 0 else b""

    class Joined:
        def __init__(self) -> None:
            self.head = io.BytesIO(an_export().partition("</channel>")[0].encode())
            self.rest = Endless()

        def read(self, most: int) -> bytes:
            return self.head.read(most) or self.rest.read()

    tracemalloc.start()
    assert sum(1 for _post in posts_in(Joined())) > 2500
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * 1024 * 1024


def test_a_post_without_end_is_refused() -> None:
    class Endless:
        def read(self, most: int) -> bytes:
            return b"<a/>" * (most // 4)

    with pytest.raises(NotAnExport):
        list(posts_in(Endless()))


@pytest.fixture
def many_bytes(tmp_path: Path, monkeypatch) -> Path:
    """A bomb: a small archive that unpacks to more than it may."""
    monkeypatch.setattr(zipped, "LEAST_UNPACKED", 1_000_000)
    huge = LETTER.encode() + b"\n" * 30_000_000
    file = tmp_path / "bomb.zip"
    file.write_bytes(packed(**{"a.eml": LETTER.encode(), "b.eml": huge, "c.eml": OTHER.encode()}))
    return file


def test_a_bomb_is_left_where_it_begins(newsroom, stored, many_bytes: Path) -> None:
    outcome = import_archive(newsroom, many_bytes)
    assert (outcome.added, outcome.is_whole) == (1, False)
    assert "unpacks to more" in outcome.problems[0]


def test_sizes_that_lie_are_not_believed(many_bytes: Path) -> None:
    raw = many_bytes.read_bytes()
    small = struct.pack("<I", 10)
    many_bytes.write_bytes(raw.replace(struct.pack("<I", len(LETTER) + 30_000_000), small))
    faults = {piece.fault for piece in mails_of(many_bytes, Shape.ZIP, lambda _n: None)}
    assert faults <= {None, Fault.BROKEN, Fault.ENDLESS}


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_of_packing_are_left_out(tmp_path: Path, how: int) -> None:
    file = tmp_path / "rare.zip"
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr("a.eml", LETTER)
    (piece,) = mails_of(file, Shape.ZIP, lambda _n: None)
    assert piece.fault is Fault.BROKEN


def test_a_list_of_files_that_is_too_long_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(zipped, "MOST_LISTED", 50)
    file = tmp_path / "a.zip"
    file.write_bytes(packed(**{"a.eml": b"x", "b.eml": b"y"}))
    with pytest.raises(Refused, match="too many files"):
        list(mails_of(file, Shape.ZIP, lambda _n: None))


@FEW
@given(flips=FLIPS)
@ONE_ENGINE
def test_any_zip_is_read_or_refused(newsroom, tmp_path: Path, flips) -> None:
    file = tmp_path / "any.zip"
    file.write_bytes(flipped(packed(**{"a.eml": LETTER.encode(), "b.msg": OUTLOOK}), flips))
    with suppress(Refused):
        import_archive(newsroom, file)


@FEW
@given(
    raw=st.one_of(
        st.binary(max_size=400),
        st.lists(PIECES, max_size=8).map(b"".join),
        FLIPS.map(lambda flips: flipped(an_mbox(LETTER, OTHER), flips)),
        FLIPS.map(lambda flips: flipped(OUTLOOK, flips)),
        FLIPS.map(lambda flips: flipped(an_export(an_item()).encode(), flips)),
    )
)
@ONE_ENGINE
def test_any_file_is_taken_or_refused_and_taken_once(newsroom, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "any"
    file.write_bytes(raw)
    with suppress(Refused):
        import_archive(newsroom, file)
        assert import_archive(newsroom, file).added == 0


def test_what_is_no_file_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.eml")
    (tmp_path / "b.eml").symlink_to("/dev/zero")
    assert list(mails_of(tmp_path, Shape.FOLDER, lambda _n: None)) == []


@pytest.mark.parametrize(
    ("raw", "shape"),
    [
        (an_mbox(LETTER), Shape.MBOX),
        (LETTER.encode(), Shape.MAIL),
        (b"\xef\xbb\xbf" + LETTER.encode(), Shape.MAIL),
        (OUTLOOK, Shape.OUTLOOK),
        (packed(a=b""), Shape.ZIP),
        (an_export().encode(), Shape.COLUMNS),
        (b'{"remarks": "x"}\n', Shape.ROWS),
        (b"remarks,name\nx,y\n", Shape.ROWS),
        (b"From,Subject,remarks\na,b,c\n", Shape.ROWS),
        (zlib.compress(b"x"), Shape.ROWS),
        (b"", Shape.ROWS),
    ],
)
def test_the_content_tells_the_kind(tmp_path: Path, raw: bytes, shape: Shape) -> None:
    file = tmp_path / "letters.csv"
    file.write_bytes(raw)
    assert shape_of(file) is shape


@given(st.text(max_size=60))
def test_any_date_is_one_that_can_be(text: str) -> None:
    at = sent_at(Headers(b"Date: " + text.encode("utf-8", "replace")), MORNING)
    assert at.year >= 1990
    assert at <= MORNING


@given(st.binary(max_size=60))
def test_the_keys_of_a_mail_are_those_of_its_other_line_ends(raw: bytes) -> None:
    other = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert keys_of(other)[0] in keys_of(raw)
