"""A whole edition in every format, to the character: `make golden` writes the files anew."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from feedback.domain.proofsheet import Link, PrintedArticle, PrintedLetter, Proofsheet
from feedback.export.copy_column import copy_column
from feedback.export.feed import FeedEntry, atom
from feedback.export.formats import FORMATS
from feedback.export.formats.html import render_body
from tests.export.read_back import opened_up
from tests.export.sheets import RECORD, a_printed, a_sheet
from tests.golden_files import Golden

BEIJING = PrintedArticle(
    "Working Group With Beijing",
    "https://news.example.com/2026/03/02/working-group/",
    "Jo Byline",
    dt.date(2026, 3, 2),
)
BILL = PrintedArticle("The Bill Comes Due", None, None, None)


def a_letter(
    ref: str, *paragraphs: str, name: str | None, place: tuple[str | None, ...], **parts: Any
) -> PrintedLetter:
    """A letter whose record agrees with how it prints."""
    town, state, country = place
    letter = a_printed(*paragraphs, ref=ref, **parts)
    article = letter.article
    record = {
        **RECORD,
        "ref": ref,
        "word_count": len(" ".join(paragraphs).split()),
        "article": {
            "id": 7,
            "url": article.url,
            "headline": article.headline,
            "author": article.author,
            "published_on": article.published_on.isoformat() if article.published_on else None,
        }
        if article
        else None,
        "signature": {
            "name": name,
            "standing": None,
            "town": town,
            "state": state,
            "country": country,
            "printed": letter.signature,
            "withheld": name is None,
        },
        "remarks": {
            "original": "\n\n".join(paragraphs),
            "edited": None,
            "headline": letter.headline,
            "cut_percent": 0,
            "added_percent": 0,
            "abridged": letter.abridged,
        },
    }
    return replace(letter, record=record)


def the_edition() -> Proofsheet:
    """Every part that a column can have."""
    greeting = "Dear Daily Signal: "
    fentanyl = [
        a_letter(
            "WHY-7Q2KD",
            "Regarding Jo Byline’s report, “Working Group With Beijing,” I would judge it by "
            "seizures.",
            "Meetings are cheap.",
            name="Jane Q. Reader",
            place=("Spokane", "WA", "US"),
            salutation=greeting,
            signature="Jane Q. Reader, Spokane, Wash.",
            article=BEIJING,
            links=(Link(BEIJING.headline, BEIJING.url or ""),),
        ),
        a_letter(
            "WHY-3XM9T",
            "My brother died of it. That is all I have to say.",
            name="Max Writer",
            place=(None, "OH", "US"),
            signature="Max Writer, Ohio",
            article=BEIJING,
        ),
        a_letter(
            "WHY-5KEEP",
            "It was taken down after print; nobody reads this.",
            name="Nobody Known",
            place=("Nowhere", "KS", "US"),
            signature="Nobody Known, Nowhere, Kan.",
        ),
    ]
    debt = [
        a_letter(
            "WHY-9ANN0",
            "Who pays (“The Bill Comes Due”)? We do.",
            name="Ann Lee",
            place=("Kyiv", None, "Ukraine"),
            salutation=greeting,
            signature="Ann Lee, Kyiv, Ukraine",
            article=BILL,
        ),
        a_letter(
            "WHY-0HDE1",
            "1. I owe *everything* & more. [No link](javascript:alert(1)), no <b>bold</b>.",
            "—It began at 18.",
            "—It ends at 81.",
            name=None,
            place=("Cheney", "WA", "US"),
            headline="What I Owe",
            signature="Name withheld, Cheney, Wash.",
            tagline="The writer is a notary.",
            editors_reply="The bank did not answer our questions.",
            abridged=True,
        ),
    ]
    plain = [
        a_letter(
            "WHY-2FRM8",
            '=HYPERLINK("https://x.example") is how it begins; =1+1 is how it goes on.',
            name="Al Lee",
            place=("Limon", "CO", "US"),
            signature="Al (“Cap”) Lee, Limon, Colo.",
        )
    ]
    sheet = a_sheet(
        ("Fentanyl", fentanyl),
        ("Student Debt", debt),
        (None, plain),
        editors_note="Editor’s note: Here is what our readers said this week about talks with "
        "Beijing. Write us at letters@example.com.—Ann Editor",
        invitation="What do you say? Write to letters@example.com.",
    )
    return sheet.without({"WHY-5KEEP"})


@pytest.mark.parametrize("name", FORMATS)
def test_the_edition_in_each_format(golden: Golden, name: str) -> None:
    one = FORMATS[name]
    data = one.render(the_edition())
    kind = f"{one.extension}.xml" if data.startswith(b"PK") else one.extension
    golden(f"edition/edition.{kind}", opened_up(data))


def test_the_body_for_another_page(golden: Golden) -> None:
    golden("edition/body.html", render_body(the_edition()))


@pytest.mark.parametrize("name", ["html", "markdown", "text"])
def test_a_draft_of_it(golden: Golden, name: str) -> None:
    one = FORMATS[name]
    draft = replace(the_edition(), provisional=True, divider="rule", first_subhead_printed=True)
    golden(f"edition/draft.{one.extension}", one.render(draft))


def test_the_column_on_the_clipboard(golden: Golden) -> None:
    copied = copy_column(the_edition())
    golden("edition/rich_text.html", copied.html + "\n")
    golden("edition/wordpress.html", copied.wordpress)
    small = {"title": copied.title, "excerpt": copied.excerpt, "tags": list(copied.tags)}
    golden("edition/small_copies.json", json.dumps(small, ensure_ascii=False, indent=2) + "\n")


def test_the_feed(golden: Golden) -> None:
    at = dt.datetime(2026, 3, 8, 9, 0, tzinfo=dt.UTC)
    entry = FeedEntry(the_edition(), at, at + dt.timedelta(hours=3))
    data = atom([entry], "https://letters.example.com", "We Hear You", "Daily Signal", at)
    golden("edition/feed.atom", data)
