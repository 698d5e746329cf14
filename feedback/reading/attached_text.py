"""A letter that hangs on a mail as a file: its text.

What is unpacked is counted, entities are not resolved, nothing is fetched; but the libraries that
read such files can be made to take long and much, so whoever calls this for a stranger's file does
it apart, with limits (`feedback.intake.unpack`).
"""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from feedback.reading.charsets import decoded
from feedback.reading.cleaning import clean_text
from feedback.reading.wrapping import rejoined

MOST_PACKED = 20 * 1024 * 1024  # bytes of a file that is read
MOST_UNPACKED = 20 * 1024 * 1024  # of all that it holds
MOST_INSIDE = 2000  # files in it
MOST_TEXT = 200_000  # characters
MOST_PAGES = 100
MOST_SPACES = 100  # that one mark may stand for
PAGE_MARGIN = 150  # characters of a line on paper
CHUNK = 256 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# What Word shows of a document that keeps its changes: what was struck out is not there.
WORD_HIDDEN = frozenset((f"{WORD}del", f"{WORD}moveFrom", f"{WORD}instrText", FALLBACK))
BETWEEN = {f"{WORD}tab": " ", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
ODF_HIDDEN = frozenset((f"{OFFICE}annotation", f"{ODF}tracked-changes", f"{ODF}note"))
ODF_BETWEEN = {f"{ODF}tab": " ", f"{ODF}line-break": "\n"}


class TextKind(StrEnum):
    """What sort of file a letter can be."""

    PLAIN = "txt"  # a text file
    WORD = "docx"  # Microsoft Word, since 2007
    ODT = "odt"  # LibreOffice
    PDF = "pdf"  # with its words in it; a scan is a picture


class Trouble(StrEnum):
    """Why a file gives no text."""

    TOO_LARGE = "too large"  # it, or what it unpacks to
    TOO_LONG = "took too long"  # to read
    BROKEN = "could not be read"  # it is not what its name says, or locked
    NO_WORDS = "no words in it"  # a scan, an empty page


@dataclass(frozen=True)
class _Form:
    """How an XML format writes paragraphs, what in it no reader sees, where its words stand."""

    paragraphs: frozenset[str]
    not_shown: frozenset[str]
    words: Callable[[etree._Element], str]
    has_tails: bool


class NoTextError(Exception):
    """There is no text to be had; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


KINDS = {
    "text/plain": TextKind.PLAIN,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": TextKind.WORD,
    "application/vnd.oasis.opendocument.text": TextKind.ODT,
    "application/pdf": TextKind.PDF,
}


def text_kind(name: str, content_type: str) -> TextKind | None:
    """What sort of letter a file can be, by its name, else by its content type; else None."""
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if ending in set(TextKind):
        return TextKind(ending)
    return KINDS.get(content_type)


def text_in(content: bytes, kind: TextKind) -> str:
    """The text of a file, 200,000 characters at most; raises NoTextError."""
    if len(content) > MOST_PACKED:
        raise NoTextError(Trouble.TOO_LARGE)
    try:
        text = READERS[kind](content)
    except NoTextError:
        raise
    except MemoryError as error:
        raise NoTextError(Trouble.TOO_LARGE) from error
    except Exception as error:  # the libraries raise what they like
        raise NoTextError(Trouble.BROKEN) from error
    if not any(char.isalnum() for char in text):
        raise NoTextError(Trouble.NO_WORDS)
    return text


def _plain(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = decoded(content[: MOST_TEXT * 2], "utf-16")
    else:
        text = decoded(content[: MOST_TEXT * 4].removeprefix(b"\xef\xbb\xbf"), None)
    return clean_text(rejoined(clean_text(text[:MOST_TEXT])))


def _docx(content: bytes) -> str:
    import docx

    _counted(content)
    body = docx.Document(io.BytesIO(content)).element.body
    return _joined(_lines(body, WORD_FORM))


def _odt(content: bytes) -> str:
    raw = _counted(content).get("content.xml")
    if raw is None:
        raise NoTextError(Trouble.BROKEN)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    body = etree.fromstring(raw, parser).find(f"{OFFICE}body")
    if body is None:
        raise NoTextError(Trouble.BROKEN)
    return _joined(_lines(body, ODF_FORM))


def _pdf(content: bytes) -> str:
    import pypdf

    logging.getLogger("pypdf").disabled = True  # it complains of each fault; the words are hostile
    reader = pypdf.PdfReader(io.BytesIO(content))
    pages: list[str] = []
    length = 0
    for page in reader.pages[:MOST_PAGES]:
        pages.append(page.extract_text()[: MOST_TEXT - length])
        length += len(pages[-1])
        if length >= MOST_TEXT:
            break
    return clean_text(rejoined(clean_text("\n".join(pages)), PAGE_MARGIN))


READERS: dict[TextKind, Callable[[bytes], str]] = {
    TextKind.PLAIN: _plain,
    TextKind.WORD: _docx,
    TextKind.ODT: _odt,
    TextKind.PDF: _pdf,
}


def _counted(content: bytes) -> dict[str, bytes]:
    """`content.xml` of an archive, once all of it was unpacked and counted; raises NoTextError."""
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = archive.infolist()
        if len(inside) > MOST_INSIDE or sum(one.file_size for one in inside) > MOST_UNPACKED:
            raise NoTextError(Trouble.TOO_LARGE)
        for one in inside:
            pieces: list[bytes] = []
            with archive.open(one) as file:
                while piece := file.read(CHUNK):
                    left -= len(piece)
                    if left < 0:
                        raise NoTextError(Trouble.TOO_LARGE)
                    if one.filename == "content.xml":
                        pieces.append(piece)
            if pieces:
                found[one.filename] = b"".join(pieces)
    return found


def _lines(body: etree._Element, form: _Form) -> Iterator[str]:
    """The text of each paragraph; one that stands inside of another comes before it."""
    open_ones: list[list[str]] = []
    length = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in form.not_shown:
                walk.skip_subtree()
                continue
            if element.tag in form.paragraphs:
                open_ones.append([])
            if open_ones:
                open_ones[-1].append(form.words(element))
            continue
        if element.tag in form.paragraphs and element.tag not in form.not_shown:
            line = "".join(open_ones.pop())
            length += len(line)
            yield line
            if length > MOST_TEXT:
                return
        if form.has_tails and open_ones:
            open_ones[-1].append(_squeezed(element.tail))


def _word_words(element: etree._Element) -> str:
    if element.tag == f"{WORD}t":
        return element.text or ""
    return BETWEEN.get(element.tag, "")


def _odt_words(element: etree._Element) -> str:
    """What an element says before its first inner one; spaces are written as a number of them."""
    if element.tag == f"{ODF}s":
        told = element.get(f"{ODF}c", "1")
        return " " * min(int(told), MOST_SPACES) if re.fullmatch(r"[0-9]{1,9}", told) else " "
    if element.tag in ODF_BETWEEN:
        return ODF_BETWEEN[element.tag]
    return _squeezed(element.text) if isinstance(element.tag, str) else ""


def _squeezed(text: str | None) -> str:
    """Line breaks in the file are none in the text."""
    return re.sub(r"\s+", " ", text or "")


WORD_FORM = _Form(frozenset((f"{WORD}p",)), WORD_HIDDEN, _word_words, has_tails=False)
ODF_FORM = _Form(frozenset((f"{ODF}p", f"{ODF}h")), ODF_HIDDEN, _odt_words, has_tails=True)


def _joined(lines: Iterator[str]) -> str:
    """Paragraphs apart: by the blank lines that the writer typed, else by one between any two."""
    typed = list(lines)
    while typed and not typed[-1].strip():
        typed.pop()
    blank = sum(not line.strip() for line in typed)
    return clean_text(("\n" if blank else "\n\n").join(typed)[:MOST_TEXT]).strip("\n")
