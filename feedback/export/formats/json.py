"""JSON: the edition as data, each letter with its record and its printed parts.

    {"column", "publication", "title", "slug", "date", "state": "published" or "draft",
     "provisional", "editors_note", "divider", "first_subhead_printed", "invitation",
     "sections": [{"subhead", "letters": [{…record…, "printed": {…}}]}]}

`printed` has `salutation, headline, paragraphs, links [{words, url}], signature, tagline,
editors_reply, abridged, taken_down, article {headline, url, author, published_on} or null`.
Letters that were taken out by themselves have no title, slug and date.
"""

import json
from typing import Any

from feedback.domain.proofsheet import PrintedLetter, Proofsheet
from feedback.export.format import Format, utf8
from feedback.export.house_form import web_address


def render(sheet: Proofsheet) -> bytes:
    """Readable JSON in UTF-8 with a newline at its end."""
    whole = {
        "column": sheet.column_name,
        "publication": sheet.publication,
        "title": sheet.title,
        "slug": sheet.slug,
        "date": sheet.date.isoformat() if sheet.date else None,
        "state": "draft" if sheet.provisional else "published",
        "provisional": sheet.provisional,
        "editors_note": sheet.editors_note,
        "divider": sheet.divider,
        "first_subhead_printed": sheet.first_subhead_printed,
        "invitation": sheet.invitation,
        "sections": [
            {"subhead": section.subhead, "letters": [_letter(one) for one in section.letters]}
            for section in sheet.sections
        ],
    }
    return utf8(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")


def _letter(letter: PrintedLetter) -> dict[str, Any]:
    article = letter.article
    printed = {
        "salutation": letter.salutation,
        "headline": letter.headline,
        "paragraphs": list(letter.paragraphs),
        "links": [
            {"words": link.words, "url": link.url} for link in letter.links if web_address(link.url)
        ],
        "signature": letter.signature,
        "tagline": letter.tagline,
        "editors_reply": letter.editors_reply,
        "abridged": letter.abridged,
        "taken_down": letter.is_taken_down,
        "article": {
            "headline": article.headline,
            "url": article.url,
            "author": article.author,
            "published_on": article.published_on.isoformat() if article.published_on else None,
        }
        if article
        else None,
    }
    return {**letter.record, "printed": printed}


FORMAT = Format("json", "application/json", "json", render)
