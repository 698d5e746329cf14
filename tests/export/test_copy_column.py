"""Copy column: the small copies beside the text, and WordPress blocks."""

from dataclasses import replace

import pytest

from feedback.export.copy_column import copy_column
from feedback.export.small_copies import excerpt, tags
from tests.export.read_back import html_page
from tests.export.sheets import a_printed, a_sheet

NOTE = (
    "Editor’s note: Here is what readers said to Mrs. Smith of the U.S. Senate. Write us.—Ann Lee"
)
JANE = a_printed("Meetings are cheap.", "I would rather have seizures.")


def test_the_excerpt_is_the_notes_words_without_its_furniture() -> None:
    sheet = a_sheet((None, [JANE]), editors_note=NOTE)
    assert excerpt(sheet) == "Here is what readers said to Mrs. Smith of the U.S. Senate. Write us."


def test_without_a_note_it_is_the_first_letter_that_still_stands() -> None:
    other = a_printed("Hens are enough.", ref="WHY-00002")
    sheet = a_sheet((None, [JANE, other]))
    assert excerpt(sheet) == "Meetings are cheap. I would rather have seizures."
    assert excerpt(sheet.without({JANE.ref})) == "Hens are enough."
    assert excerpt(sheet.without({JANE.ref, other.ref})) == ""
    assert excerpt(a_sheet()) == ""


def test_it_has_whole_sentences_and_at_most_55_words() -> None:
    sentence = "One two three four five six seven eight nine ten."
    sheet = a_sheet((None, [a_printed(" ".join([sentence] * 7))]))
    assert excerpt(sheet) == " ".join([sentence] * 5)
    endless = a_sheet((None, [a_printed("word " * 80)]))
    assert excerpt(endless) == "word " * 54 + "word…"


def test_tags_are_the_subheads_once_each_the_unprinted_first_as_well() -> None:
    sheet = a_sheet(
        ("Fentanyl", [JANE]), ("Debt", [JANE]), ("Debt", [JANE]), ("Empty", []), (None, [JANE])
    )
    assert tags(sheet) == ("Fentanyl", "Debt")


def test_a_draft_is_known_as_one() -> None:
    draft = copy_column(a_sheet((None, [JANE]), provisional=True))
    assert draft.is_draft
    for large in (draft.html, draft.wordpress, draft.text):
        assert "Draft: not published" in large
    assert not copy_column(a_sheet((None, [JANE]))).is_draft


def test_wordpress_gets_a_block_for_every_part() -> None:
    letter = replace(JANE, headline="Cheap", abridged=True)
    sheet = a_sheet((None, [JANE]), ("Debt", [letter, JANE]), editors_note="Editor’s note: Eggs.")
    copied = copy_column(sheet)
    assert copied.title == sheet.title
    assert sheet.title not in copied.wordpress, "a site has a field for the title"
    blocks = copied.wordpress.removesuffix("\n").split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [
        "<!-- wp:paragraph -->",
        "<!-- wp:paragraph -->",
        "<!-- wp:paragraph -->",
        "<!-- wp:heading -->",
        '<!-- wp:heading {"level":3} -->',
        "<!-- wp:paragraph -->",
        "<!-- wp:paragraph -->",
        "<!-- wp:separator -->",
        "<!-- wp:paragraph -->",
        "<!-- wp:paragraph -->",
    ]
    assert blocks[3].split("\n")[1] == '<h2 class="wp-block-heading">Debt</h2>'
    assert blocks[4].split("\n")[1] == '<h3 class="wp-block-heading">Cheap</h3>'
    assert blocks[6].split("\n")[1] == (
        "<p>I would rather have seizures."
        "<strong>—Jane Q. Reader, Spokane, Wash.</strong> <em>(Abridged.)</em></p>"
    )
    assert blocks[7].split("\n")[1] == (
        '<hr class="wp-block-separator has-alpha-channel-opacity"/>'
    )


@pytest.mark.parametrize(
    "words", ["[gallery ids=1]", "<!-- /wp:paragraph --><!-- wp:html -->", "[[x]] [embed]"]
)
def test_wordpress_reads_nothing_of_its_own_in_a_letter(words: str) -> None:
    copied = copy_column(a_sheet((words, [a_printed(words)]), (words, [a_printed(words)])))
    assert "[" not in copied.wordpress
    assert copied.wordpress.count("wp:html") == words.count("wp:html") * 3
    assert "<!-- wp:html" not in copied.wordpress
    page = html_page(f"<div>{copied.wordpress}</div>")
    assert [p.text_content() for p in page.xpath("//p")] == [
        f"{words}—Jane Q. Reader, Spokane, Wash."
    ] * 2
