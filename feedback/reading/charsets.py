"""Bytes to text with charsets that mails are written in, and no others.

UTF-7 turns harmless letters into markup and some codecs of Python unpack archives; what is not
listed is read as UTF-8, else as Windows-1252.
"""

import codecs
import re

KNOWN = frozenset(
    """
    utf-8 ascii iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8
    iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 cp1250 cp1251
    cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp866 cp874 koi8-r koi8-u
    mac-roman big5 big5hkscs gb2312 gbk gb18030 shift_jis cp932 euc_jp iso2022_jp euc_kr cp949
    iso2022_kr tis-620 utf-16 utf-16-le utf-16-be
    """.split()  # noqa: SIM905 -- a block of names reads better than a list
)
# What says Latin-1 was mostly written on Windows, which has quotation marks where Latin-1 has none.
ON_WINDOWS = frozenset(("ascii", "iso8859-1"))
NAME = re.compile(r"[A-Za-z0-9_.:-]{1,40}")


def decoded(raw: bytes, charset: str | None) -> str:
    """The text of the bytes; never raises, never looks further than the list above."""
    name = _known(charset)
    if name is None or name in ON_WINDOWS:
        return _guessed(raw)
    return raw.decode(name, "replace")


def _known(charset: str | None) -> str | None:
    bare = (charset or "").strip("\"' ")
    if not NAME.fullmatch(bare):
        return None
    try:
        name = codecs.lookup(bare).name
    except LookupError:
        return None
    return name if name in KNOWN else None


def _guessed(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
