"""Letters as files, made by hand: what writers attach, and what nobody sends by mistake."""

import io
import zipfile

import docx

LETTER = (
    "To the editor:",
    "The county counts its boats every May. It should count its sandbags, and say how many.",
    "Water does not wait for the next budget.",
)
SIGNED = ("Jane Q. Reader", "Spokane, Wash.")
TEXT = "\n\n".join((*LETTER, *SIGNED))
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*paragraphs: str) -> bytes:
    """A Word file."""
    made = docx.Document()
    for one in paragraphs:
        made.add_paragraph(one)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def word_of(inner: str) -> bytes:
    """A Word file with a body as it is written."""
    xml = f'<?xml version="1.0"?><w:document {WORD}><w:body>{inner}</w:body></w:document>'
    return with_member(word("x"), "word/document.xml", xml.encode())


def odt(inner: str, head: str = '<?xml version="1.0"?>') -> bytes:
    """A file of LibreOffice."""
    xml = (
        f"{head}<office:document-content {ODF}><office:body><office:text>{inner}"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": xml})


def odt_of(*paragraphs: str) -> bytes:
    """The same of plain paragraphs."""
    return odt("".join(f"<text:p>{one}</text:p>" for one in paragraphs))


def pdf(*lines: str, more: bytes = b"") -> bytes:
    """One page with its words in it."""
    words = "\n".join(f"({one}) Tj 0 -14 Td" for one in lines)
    return pdf_of(f"BT /F1 11 Tf 72 720 Td\n{words}\nET".encode("latin-1"), more)


def pdf_of(content: bytes, more: bytes = b"") -> bytes:
    """One page that draws this; `more` stands in its stream's dictionary."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s >>"
        % b"/Resources << /Font << /F1 5 0 R >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(raw)
    return raw + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (table, start)
    )


def zipped(members: dict[str, bytes | str]) -> bytes:
    """An archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_member(raw: bytes, name: str, content: bytes) -> bytes:
    """An archive with one member put in another's place, or added."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**members, name: content})
