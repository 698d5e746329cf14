"""The formats, one a file: a new one is a file here and its name in the list."""

from feedback.export.format import Format
from feedback.export.formats import (
    atom,
    csv,
    docx,
    epub,
    html,
    icml,
    json,
    jsonl,
    markdown,
    ninjs,
    nitf,
    text,
    wxr,
)

_FILES = (html, markdown, text, json, csv, jsonl, docx, icml, nitf, ninjs, wxr, atom, epub)

FORMATS: dict[str, Format] = {file.FORMAT.name: file.FORMAT for file in _FILES}
