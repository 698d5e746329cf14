"""Which pieces follow each other, in every case that the house form knows."""

from dataclasses import replace

import pytest

from feedback.domain.proofsheet import Link, Proofsheet
from feedback.export.formats import FORMATS
from feedback.export.house_form import Style, lay_out, web_address
from tests.export.sheets import RECORD, a_printed, a_sheet

JANE = a_printed("Meetings are cheap.")
MAX = a_printed("My brother died of it.", ref="WHY-00002", signature="Max Writer, Ohio")


def text(sheet: Proofsheet) -> str:
    return FORMATS["text"].render(sheet).decode()


def kinds(sheet: Proofsheet) -> list[str]:
    return [piece.kind for piece in lay_out(sheet)]


def test_groups_are_parted_by_subheads_letters_by_dividers() -> None:
    sheet = a_sheet(("One", [JANE, MAX]), ("Two", [JANE, MAX]))
    assert kinds(sheet) == [
        "title",
        "letter",
        "break",
        "letter",
        "subhead",
        "letter",
        "break",
        "letter",
    ]


def test_groups_without_subheads_are_parted_by_the_divider() -> None:
    assert kinds(a_sheet((None, [JANE]), (None, [MAX]))) == ["title", "letter", "break", "letter"]


def test_without_a_divider_nothing_stands_between() -> None:
    sheet = a_sheet((None, [JANE, MAX]), (None, [JANE]), divider="none")
    assert kinds(sheet) == ["title", "letter", "letter", "letter"]


def test_the_first_subhead_prints_where_that_is_set() -> None:
    sheet = a_sheet(("One", [JANE]), first_subhead_printed=True)
    assert kinds(sheet) == ["title", "subhead", "letter"]


def test_empty_groups_are_passed_over() -> None:
    sheet = a_sheet(("None", []), ("One", [JANE]), ("Nobody", []), ("Two", [MAX]))
    assert kinds(sheet) == ["title", "letter", "subhead", "letter"]


def test_an_edition_without_letters_is_its_title() -> None:
    assert text(a_sheet()) == "We Hear You: Fentanyl and Student Debt\n"
    assert text(a_sheet(title=None)) == "\n"


@pytest.mark.parametrize(("divider", "line"), [("***", "***"), ("rule", "---")])
def test_the_divider_stands_on_a_line_of_its_own(divider: str, line: str) -> None:
    sheet = a_sheet((None, [JANE, MAX]), title=None, divider=divider)
    assert text(sheet) == (
        f"Meetings are cheap.—Jane Q. Reader, Spokane, Wash.\n\n{line}\n\n"
        "My brother died of it.—Max Writer, Ohio\n"
    )


def test_what_may_follow_a_letter() -> None:
    letter = replace(
        MAX, abridged=True, tagline="The writer is a nurse.", editors_reply="We are sorry."
    )
    sheet = a_sheet((None, [letter]), title=None, invitation="Write to us.\n\nWe read it all.")
    assert text(sheet) == (
        "My brother died of it.—Max Writer, Ohio (Abridged.)\n\n"
        "The writer is a nurse.\n\n"
        "[Editor’s note: We are sorry.]\n\n"
        "Write to us.\n\n"
        "We read it all.\n"
    )


def test_signature_and_abridged_run_in_and_have_styles_of_their_own() -> None:
    (piece,) = lay_out(
        a_sheet((None, [replace(MAX, salutation="Dear You: ", abridged=True)]), title=None)
    )
    assert [(run.style, run.text) for run in piece.paragraphs[0]] == [
        (Style.SALUTATION, "Dear You: "),
        (Style.PLAIN, "My brother died of it."),
        (Style.SIGNATURE, "—Max Writer, Ohio"),
        (Style.PLAIN, " "),
        (Style.ITALIC, "(Abridged.)"),
    ]


def test_a_letter_that_only_has_a_signature_still_has_a_paragraph() -> None:
    empty = replace(JANE, paragraphs=())
    assert text(a_sheet((None, [empty]), title=None)) == "—Jane Q. Reader, Spokane, Wash.\n"


def test_labels_name_the_letter_but_never_a_withheld_writer() -> None:
    withheld = replace(
        JANE,
        signature="Name withheld, Spokane, Wash.",
        record={**RECORD, "signature": {"name": None, "withheld": True}},
    )
    sheet = a_sheet((None, [JANE, withheld, MAX])).without({MAX.ref})
    labels = [piece.label for piece in lay_out(sheet) if piece.kind == "letter"]
    assert labels == [
        "Letter from Jane Q. Reader, Spokane, Wash.",
        "Letter, name withheld",
        "Letter, taken down",
    ]


def test_headlines_of_letters_stand_one_level_below_what_is_above_them() -> None:
    letter = replace(JANE, headline="Cheap")
    pieces = lay_out(a_sheet((None, [letter]), ("Two", [letter])))
    assert [piece.headline_level for piece in pieces if piece.kind == "letter"] == [2, 3]


def test_two_links_in_one_paragraph_and_none_twice() -> None:
    letter = a_printed(
        "See “One” and “Two,” then “One” again.",
        links=(Link("Two", "https://x.example/2"), Link("One", "https://x.example/1")),
    )
    (piece,) = lay_out(a_sheet((None, [letter]), title=None))
    links = [(run.text, run.url) for run in piece.paragraphs[0] if run.style is Style.LINK]
    assert links == [("One", "https://x.example/1"), ("Two", "https://x.example/2")]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", " javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x",
        "//x.example", "/relative", "mailto:a@example.com", "http://", "http:x", "https://[", "",
        None,
        "https://x.example/a b", "java\nscript:x", "https://x.example/\x00",
        "https://x/" + "a" * 2000,
        "vbscript:x", "ftp://x.example",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_web_addresses_stay_as_they_are() -> None:
    for url in (
        "https://x.example/a_(b)?c=1&d=[2]#e",
        "HTTP://X.example",
        "http://127.0.0.1:8000/",
    ):
        assert web_address(url) == url
