"""A name for a column or a letter that is the same in every file and every export."""

import uuid

from feedback.domain.proofsheet import PrintedLetter, Proofsheet

# Ours; drawn once, since a name made from it is to last.
_OURS = uuid.UUID("6f0d1b52-3c0b-4f6e-9a55-8b7c5d1f2e40")


def sheet_urn(sheet: Proofsheet) -> str:
    """Of an edition by its slug; of letters by themselves by which letters they are."""
    what = sheet.slug or "\n".join(letter.ref for letter in sheet.letters())
    return _urn(sheet, "edition" if sheet.slug else "letters", what)


def column_urn(sheet: Proofsheet) -> str:
    """Of the column in which the edition stands."""
    return _urn(sheet, "column", "")


def letter_urn(sheet: Proofsheet, letter: PrintedLetter) -> str:
    """Of a letter by its reference, in whatever edition it stands."""
    return _urn(sheet, "letter", letter.ref)


def _urn(sheet: Proofsheet, kind: str, what: str) -> str:
    # As JSON strings would do: no part can pretend to be two.
    whole = repr((sheet.publication, sheet.column_name, kind, what))
    return uuid.uuid5(_OURS, whole).urn
