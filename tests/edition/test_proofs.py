"""From letters on the desk to the column in the house form."""

import pytest

from feedback.desk.edit import Edits, edit
from feedback.domain.column import Divider, SalutationRule
from feedback.domain.proofsheet import Link, Proofsheet
from feedback.edition.printed import printed_sheet
from feedback.edition.proofs import proofsheet_of_letters
from feedback.export.formats import FORMATS
from feedback.store import columns, editions, letters
from feedback.store.work import Store
from tests.factories import a_column, a_letter, an_article, an_edition, an_editor, approved

# The example of the house form, to the character.
EXAMPLE = """\
We Hear You: Fentanyl and Student Debt

Editor’s note: Here is what our readers said this week about talks with Beijing. \
Write us at letters@example.com.—Ann Editor

Dear Daily Signal: Regarding Jo Byline’s report, “Working Group With Beijing,” \
I would judge it by seizures.

Meetings are cheap.—Jane Q. Reader, Spokane, Wash.

***

My brother died of it. That is all I have to say.—Max Writer, Ohio

Student Debt

Dear Daily Signal: Who pays (“The Bill Comes Due”)? We do.—Ann Lee, Kyiv, Ukraine
"""


def sheet(store: Store) -> Proofsheet:
    with store.read() as work:
        return printed_sheet(editions.by_slug(work, "eggs"))


def text(store: Store) -> str:
    return FORMATS["text"].render(sheet(store)).decode()


def edited(store: Store, ref: str, **edits: object) -> None:
    with store.work() as work:
        edit(work, letters.by_ref(work, ref), Edits(**edits), an_editor(), None)


def example(store: Store, *, published: bool = True) -> None:
    """The edition of the house form's example, from letters as readers type them."""
    a_column(store, publication="Daily Signal", signed_by="Ann Editor")
    beijing = an_article(
        store, "Working Group With Beijing", url="https://news.example.com/beijing"
    )
    bill = an_article(store, "The Bill Comes Due", url="https://news.example.com/bill")
    jane = approved(
        store,
        'Regarding Jo Byline\'s report, "Working Group With Beijing," I would judge it by '
        "seizures.\n\nMeetings are cheap.",
        article=beijing,
    )
    brother = "My brother died of it.  That is all I have to say."
    max_writer = approved(store, brother, article=beijing, name="Max Writer", town=None, state="OH")
    ann = approved(
        store,
        "Who pays? We do.",
        article=bill,
        name="Ann Lee",
        town="Kyiv",
        state=None,
        country="Ukraine",
    )
    edited(store, ann.ref, has_bracket=True)
    an_edition(
        store,
        slug="eggs",
        groups=[("Fentanyl", [jane, max_writer]), ("Student Debt", [ann])],
        editors_note="Here is what our readers said this week about talks with Beijing. "
        "Write us at letters@example.com.",
        published=published,
    )


def test_the_example_of_the_house_form_to_the_character(store: Store) -> None:
    example(store)
    assert text(store) == EXAMPLE


def test_the_draft_of_the_same_says_so_below_its_title(store: Store) -> None:
    example(store, published=False)
    title, rest = EXAMPLE.split("\n\n", maxsplit=1)
    assert text(store) == f"{title}\n\n[Draft: not published]\n\n{rest}"


def test_the_articles_are_linked_where_they_are_named(store: Store) -> None:
    example(store)
    links = [letter.links for letter in sheet(store).letters()]
    assert links == [
        (Link("Working Group With Beijing", "https://news.example.com/beijing"),),
        (),
        (Link("The Bill Comes Due", "https://news.example.com/bill"),),
    ]


@pytest.mark.parametrize(
    ("rules", "begins"),
    [
        ({}, [True, False, True]),
        ({"salutation_rule": SalutationRule.EVERY}, [True, True, True]),
        ({"salutation_rule": SalutationRule.NONE}, [False, False, False]),
        ({"salutation": ""}, [False, False, False]),
    ],
)
def test_who_is_greeted_is_a_rule_of_the_column(
    store: Store, rules: dict[str, object], begins: list[bool]
) -> None:
    example(store, published=False)
    a_column(store, **rules)
    assert [
        letter.salutation == "Dear Daily Signal: " for letter in sheet(store).letters()
    ] == begins
    if not any(begins):
        assert not any(letter.salutation for letter in sheet(store).letters())


@pytest.mark.parametrize("typed", ["To the Editor:", " To the Editor:  "])
def test_a_salutation_ends_with_one_space_however_it_was_typed(store: Store, typed: str) -> None:
    example(store, published=False)
    a_column(store, salutation=typed)
    assert sheet(store).letters()[0].salutation == "To the Editor: "


def test_dividers_and_the_first_subhead_are_rules_of_the_column(store: Store) -> None:
    example(store)
    a_column(store, divider=Divider.NONE, first_subhead_printed=True)
    assert text(store) == EXAMPLE, "what is published stays"
    an_edition(store, slug="more", groups=[("Eggs", [approved(store), approved(store)])])
    with store.read() as work:
        more = FORMATS["text"].render(printed_sheet(editions.by_slug(work, "more"))).decode()
    assert "\n\nEggs\n\nDear Daily Signal: Meetings" in more
    assert "***" not in more


def test_empty_sections_leave_no_trace(store: Store) -> None:
    one, two = approved(store), approved(store)
    an_edition(store, slug="eggs", groups=[("A", []), ("B", [one]), ("C", []), ("D", [two])])
    printed = text(store)
    assert [section.subhead for section in sheet(store).sections] == ["B", "D"]
    assert "\nB\n" not in printed, "the first group that prints has no subhead"
    assert "\nD\n" in printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", None),
        ("We asked about eggs.", "Editor’s note: We asked about eggs.—Ann Editor"),
        ("Editor's note: We asked.", "Editor’s note: We asked.—Ann Editor"),
        ("We asked.--Bo Deputy", "Editor’s note: We asked.—Bo Deputy"),
        ("Write to us", "Editor’s note: Write to us.—Ann Editor"),
    ],
)
def test_the_note_begins_and_ends_as_the_house_has_it(
    store: Store, typed: str, printed: str | None
) -> None:
    a_column(store, signed_by="Ann Editor")
    an_edition(store, slug="eggs", groups=[(None, [approved(store)])], editors_note=typed)
    assert sheet(store).editors_note == printed


def test_a_note_in_a_column_that_nobody_signs(store: Store) -> None:
    an_edition(store, slug="eggs", groups=[(None, [approved(store)])], editors_note="Eggs again.")
    assert sheet(store).editors_note == "Editor’s note: Eggs again."


def test_what_an_editor_set_on_a_letter_prints(store: Store) -> None:
    letter = approved(store, 'It isn\'t "cheap" -- not at all.', name="Ann Lee")
    edited(
        store,
        letter.ref,
        headline="It isn't cheap",
        standing="President, Example Research Center",
        is_abridged=True,
    )
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    (printed,) = sheet(store).letters()
    assert printed.headline == "It isn’t cheap"
    assert printed.paragraphs == ("It isn’t “cheap”—not at all.",)
    assert printed.signature == "Ann Lee, President, Example Research Center, Spokane, Wash."
    assert printed.abridged
    assert text(store).endswith(
        "It isn’t cheap\n\nDear We Hear You: It isn’t “cheap”—not at all."
        "—Ann Lee, President, Example Research Center, Spokane, Wash. (Abridged.)\n"
    )


@pytest.mark.parametrize(
    ("headline", "remarks", "linked"),
    [
        ("Guns", "Guns are loud. Your story “Guns” is not.", "Guns"),
        ("Guns", "Guns are loud.", None),
        ("Who Pays for It?", "I read Who pays for it? and wept.", "Who pays for it?"),
        ('He Said "No" to It', "Your “He Said ‘No’ to It” is right.", "He Said ‘No’ to It"),
        ("A Story Nobody Named", "I liked it.", None),
    ],
)  # fmt: skip
def test_a_headline_is_linked_as_the_writer_wrote_it(
    store: Store, headline: str, remarks: str, linked: str | None
) -> None:
    letter = approved(store, remarks, article=an_article(store, headline))
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    (printed,) = sheet(store).letters()
    assert [link.words for link in printed.links] == ([linked] if linked else [])


def test_a_short_headline_leads_away_from_its_quotation_not_from_the_word(store: Store) -> None:
    remarks = "Guns are loud.\n\nGuns, I say. Your story “Guns” is not."
    letter = approved(store, remarks, article=an_article(store, "Guns", url="https://x.example/g"))
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    page = FORMATS["html"].render(sheet(store)).decode()
    assert '<p>Guns, I say. Your story “<a href="https://x.example/g">Guns</a>” is not.' in page


def test_letters_by_themselves_are_a_provisional_column_without_title(store: Store) -> None:
    a_column(store, publication="Daily Signal")
    some = [a_letter(store, f"Letter {n}.", verified=True) for n in (1, 2)]
    with store.read() as work:
        found = [letters.by_ref(work, letter.ref) for letter in some]
        apart = proofsheet_of_letters(found, columns.first(work))
    assert FORMATS["text"].render(apart).decode() == (
        "[Draft: not published]\n\n"
        "Dear Daily Signal: Letter 1.—Jane Q. Reader, Spokane, Wash.\n\n***\n\n"
        "Letter 2.—Jane Q. Reader, Spokane, Wash.\n"
    )


def test_a_letter_taken_out_by_itself_knows_its_edition(store: Store) -> None:
    placed = approved(store)
    an_edition(store, slug="eggs", groups=[(None, [placed])])
    refs = [placed.ref, approved(store).ref]
    with store.read() as work:
        found = [letters.by_ref(work, ref) for ref in refs]
        apart = proofsheet_of_letters(found, columns.first(work))
    assert [letter.record["edition"] for letter in apart.letters()] == ["eggs", None]


def test_a_letter_without_a_name_has_no_dash(store: Store) -> None:
    letter = a_letter(store, "I say nothing.", name=None, town=None, state=None)
    with store.read() as work:
        apart = proofsheet_of_letters([letters.by_ref(work, letter.ref)], columns.first(work))
    assert FORMATS["text"].render(apart).decode().endswith("I say nothing.\n")
