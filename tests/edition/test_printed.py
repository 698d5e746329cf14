"""What readers see: the frozen edition, and nothing of a letter that was taken down."""

import json
from datetime import timedelta

import pytest

from feedback.desk.decide import Wish, decide
from feedback.desk.undo import undo
from feedback.domain.column import SalutationRule
from feedback.domain.editor import Role
from feedback.domain.proofsheet import Proofsheet
from feedback.domain.state import Decision
from feedback.edition.printed import printed_editions, printed_sheet
from feedback.export.copy_column import copy_column
from feedback.export.feed import FeedEntry, atom
from feedback.export.formats import FORMATS
from feedback.store import articles, columns, editions, letters
from feedback.store.work import Store
from tests.export.read_back import words_of
from tests.factories import a_column, an_article, an_edition, an_editor, approved

CHIEF = an_editor(Role.CHIEF)
BASE = "https://letters.example.com"


def sheet(store: Store, slug: str = "eggs") -> Proofsheet:
    with store.read() as work:
        return printed_sheet(editions.by_slug(work, slug))


def every_way_out(store: Store) -> dict[str, str]:
    """The edition `eggs` in each format, in the feed, on the clipboard."""
    whole = sheet(store)
    out = {name: words_of(one.render(whole)) for name, one in FORMATS.items()}
    with store.read() as work:
        entries = [FeedEntry(p.sheet, p.published_at, p.changed_at) for p in printed_editions(work)]
    copied = copy_column(whole)
    out["feed"] = atom(entries, BASE, "We Hear You", "Ledger", store.clock()).decode()
    out["copy"] = repr(copied)
    return out


def kill(store: Store, ref: str) -> None:
    with store.work() as work:
        wish = Wish(Decision.KILL, reason="She did not write it.")
        decide(work, letters.by_ref(work, ref, to_change=True), wish, CHIEF, None)


def test_what_is_changed_after_print_does_not_change_what_was_printed(store: Store) -> None:
    article = an_article(store, "Eggs Are Dear")
    some = approved(store, "Your report “Eggs Are Dear” is right.", article=article)
    an_edition(store, slug="eggs", groups=[(None, [some])], published=True)
    before = every_way_out(store)
    with store.work() as work:
        columns.first(work).publication = "Another Paper"
        columns.first(work).salutation_rule = SalutationRule.NONE
        articles.by_id(work, article.id).headline = "Eggs Are Cheap"
    after = every_way_out(store)
    assert after == before


def test_a_draft_says_so_in_every_format_and_a_published_one_does_not(store: Store) -> None:
    an_edition(store, slug="eggs", groups=[(None, [approved(store)])])
    draft = {name: words_of(one.render(sheet(store))) for name, one in FORMATS.items()}
    marks = {
        "html": "[Draft: not published]",
        "markdown": "**\\[Draft: not published\\]**",
        "text": "[Draft: not published]",
        "json": '"state": "draft",\n  "provisional": true',
        "csv": ",true,",
        "jsonl": '"provisional": true',
        "docx": "[Draft: not published]",
        "icml": "[Draft: not published]",
        "nitf": "[Draft: not published]",
        "wxr": "Draft: not published",
        "epub": "[Draft: not published]",
        "atom": "Draft: not published",
        "ninjs": '"pubStatus": "withheld"',
    }
    assert marks.keys() == FORMATS.keys()
    for name, mark in marks.items():
        assert mark in draft[name]
    with store.work() as work:
        from feedback.edition.publish import publish

        publish(work, editions.by_slug(work, "eggs", to_change=True), CHIEF, None)
    for name, mark in marks.items():
        assert mark not in words_of(FORMATS[name].render(sheet(store)))


def test_a_letter_that_was_taken_down_leaves_a_line_and_nothing_else(store: Store) -> None:
    article = an_article(store, "A Headline About Zebras")
    bad = approved(
        store,
        "My neighbor keeps zebras, see “A Headline About Zebras.”",
        article=article,
        name="Zoe Zebulon",
        town="Zillah",
        affiliation="zoo",
    )
    good = approved(store, "Hens are enough for me.")
    an_edition(store, slug="eggs", groups=[(None, [bad, good])], published=True)
    assert all("ebra" in text for text in every_way_out(store).values())

    kill(store, bad.ref)
    for name, text in every_way_out(store).items():
        for gone in ("ebra", "Zebulon", "Zillah", "zoo"):
            assert gone not in text, name
        if name != "jsonl":
            assert "Hens are enough for me." in text
        says = "killed" if name in ("json", "csv", "jsonl") else "taken down"
        assert says in text, name
    by_ref = {letter.ref: letter for letter in sheet(store).letters()}
    assert by_ref[bad.ref].record["state"] == "killed"
    assert by_ref[bad.ref].record.keys() == by_ref[good.ref].record.keys()
    assert [letter.ref for letter in sheet(store).letters()] == [bad.ref, good.ref]


def test_undoing_that_brings_the_letter_back(store: Store) -> None:
    letter = approved(store, "Hens are enough for me.")
    an_edition(store, slug="eggs", groups=[(None, [letter])], published=True)
    before = every_way_out(store)
    kill(store, letter.ref)
    with store.work() as work:
        undo(work, letters.by_ref(work, letter.ref, to_change=True), CHIEF, None)
    assert every_way_out(store) == before


def test_published_editions_come_newest_first_with_when_they_changed(store: Store, clock) -> None:
    first = approved(store)
    an_edition(store, slug="one", groups=[(None, [first])], published=True)
    printed_at = clock()
    clock.advance(timedelta(hours=1))
    an_edition(store, slug="two", groups=[(None, [approved(store)])], published=True)
    an_edition(store, slug="draft", groups=[(None, [approved(store)])])
    clock.advance(timedelta(hours=1))
    kill(store, first.ref)
    with store.read() as work:
        out = printed_editions(work)
    assert [p.edition.slug for p in out] == ["two", "one"]
    assert [p.changed_at for p in out] == [None, clock()]
    assert out[1].published_at == printed_at
    assert out[1].sheet.letters()[0].is_taken_down
    with store.read() as work:
        assert len(printed_editions(work, limit=1)) == 1


@pytest.mark.parametrize("published", [False, True])
def test_a_withheld_name_is_nowhere(store: Store, published: bool) -> None:
    a_column(store, signed_by="Ann Editor")
    letter = approved(
        store,
        "The board knows what it did to the town.",
        name="Quentin Q. Quimby",
        town="Cheney",
        is_withheld=True,
        withhold_reason="Quimby works there.",
        affiliation="Quimby & Sons",
    )
    assert letter.is_withheld
    an_edition(store, slug="eggs", groups=[(None, [letter])], published=published)
    for name, text in every_way_out(store).items():
        assert "uimby" not in text, name
        assert "Quentin" not in text, name
    assert sheet(store).letters()[0].signature == "Name withheld, Cheney, Wash."


def test_an_original_that_is_signed_stays_at_the_desk_where_the_name_is_withheld(
    store: Store,
) -> None:
    from feedback.desk.edit import Edits, edit

    letter = approved(
        store,
        "The board knows what it did. It knows it well, and so do we.\n\nQuentin Quimby",
        name="Quentin Q. Quimby",
        is_withheld=True,
    )
    with store.work() as work:
        text = "The board knows what it did. It knows it well, and so do we."
        edit(work, letters.by_ref(work, letter.ref), Edits(edited=text), CHIEF, None)
    an_edition(store, slug="eggs", groups=[(None, [letter])])
    for name, text in every_way_out(store).items():
        assert "uimby" not in text, name


def test_no_way_out_has_contact_data(store: Store) -> None:
    letter = approved(store, email="canary@example.com", phone="555 0100 7788")
    an_edition(store, slug="eggs", groups=[(None, [letter])], published=True)
    for name, text in every_way_out(store).items():
        assert "canary" not in text, name
        assert "7788" not in text, name


def test_an_edition_that_was_frozen_by_an_older_version_is_still_read(store: Store) -> None:
    letter = approved(store)
    an_edition(store, slug="eggs", groups=[(None, [letter])], published=True)
    with store.work() as work:
        edition = editions.by_slug(work, "eggs")
        raw = json.loads(edition.proofsheet or "")
        for one in raw["sections"][0]["letters"]:
            del one["is_taken_down"]
        edition.proofsheet = json.dumps(raw)
    assert [one.ref for one in sheet(store).letters()] == [letter.ref]
