"""The builder: letters are placed and ordered by buttons, what is typed goes along with each."""

import re
from datetime import timedelta

import pytest

from feedback.domain.edition import Edition, EditionState
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import State
from feedback.store import editions, letters, mails
from tests.factories import a_column, a_letter, an_article, an_edition, approved
from tests.outbox.desk import Pile, a_postman


@pytest.fixture
def levee(store):
    return an_article(store, "Who Pays for the Levee?")


@pytest.fixture
def draft(store) -> Edition:
    """A draft with two letters under one subhead and one under another."""
    groups = [
        ("Fentanyl", [approved(store, name="Ann Lee"), approved(store, name="Bo Day")]),
        ("Snow Days", [approved(store, name="Cy Young")]),
    ]
    return an_edition(store, "We Hear You: Snow", slug="snow", groups=groups)


def edition_of(store, slug: str = "snow") -> Edition:
    with store.read() as work:
        return editions.by_slug(work, slug)


def outline(store, slug: str = "snow") -> list[tuple[str | None, list[str]]]:
    return [(s.subhead, [x.name for x in s.letters]) for s in edition_of(store, slug).sections]


def press(desk, edition: Edition, do: str, **more: object):
    """Press a button of the page as it stood when `edition` was read."""
    sent = {"do": do, "version": edition.version, **more}
    return desk.post(f"/desk/editions/{edition.slug}", data=sent)


def ref_of(edition: Edition, name: str) -> str:
    return next(letter.ref for letter in edition.letters() if letter.name == name)


def test_approved_letters_stand_beside_the_outline_under_their_articles(
    log_in, store, levee
) -> None:
    one = approved(store, "The first.", article=levee)
    other = approved(store, "The second.", article=levee)
    a_letter(store, "Not approved.")
    an_edition(store, slug="empty")
    page = log_in("editor").get("/desk/editions/empty").text
    pool = page[page.index('id="pool"') : page.index('aria-labelledby="outline-title"')]
    assert pool.count("Who Pays for the Levee?") == 1
    for letter in (one, other):
        assert f'value="place:{letter.ref}"' in pool
    assert "Place<span" in pool.replace("\n", "")
    assert "Not approved." not in pool


def test_place_in_edition(log_in, store, levee) -> None:
    first, second = approved(store, article=levee), approved(store, article=levee)
    edition = an_edition(store, slug="new")
    desk = log_in("editor")
    answer = press(desk, edition, f"place:{first.ref}")
    assert (answer.status_code, answer.location) == (303, "/desk/editions/new")
    press(desk, edition_of(store, "new"), f"place:{second.ref}")
    edition = edition_of(store, "new")
    assert [[x.ref for x in s.letters] for s in edition.sections] == [[first.ref, second.ref]]
    assert edition.sections[0].subhead == "Who Pays for the Levee?"
    assert {letter.state for letter in edition.letters()} == {State.PLACED}
    assert f"place:{first.ref}" not in desk.get("/desk/editions/new").text


def test_letters_are_ordered_moved_and_taken_out(log_in, store, draft) -> None:
    desk = log_in("editor")
    press(desk, draft, f"up:{ref_of(draft, 'Bo Day')}")
    assert outline(store) == [("Fentanyl", ["Bo Day", "Ann Lee"]), ("Snow Days", ["Cy Young"])]
    press(desk, edition_of(store), f"down:{ref_of(draft, 'Ann Lee')}")
    assert outline(store) == [("Fentanyl", ["Bo Day"]), ("Snow Days", ["Ann Lee", "Cy Young"])]
    ref = ref_of(draft, "Bo Day")
    press(desk, edition_of(store), f"to:{ref}", **{f"to-{ref}": "1"})
    assert outline(store) == [("Fentanyl", []), ("Snow Days", ["Ann Lee", "Cy Young", "Bo Day"])]
    press(desk, edition_of(store), "remove_section:0")
    answer = press(desk, edition_of(store), f"out:{ref}")
    assert answer.status_code == 303
    assert outline(store) == [("Snow Days", ["Ann Lee", "Cy Young"])]
    with store.read() as work:
        assert letters.by_ref(work, ref).state is State.APPROVED
    assert "is taken out; it is approved as before." in desk.get("/desk/editions/snow").text


def test_what_is_typed_is_saved_with_every_step(log_in, store, draft) -> None:
    first, second = draft.sections
    typed = {
        "title": "We Hear You: Fentanyl and Snow",
        "editors_note": "Editor’s note: On snow.\r\nWrite us.",
        f"subhead-{first.id}": "  Fentanyl,  Again ",
        f"subhead-{second.id}": "",
    }
    press(log_in("editor"), draft, f"up:{ref_of(draft, 'Bo Day')}", **typed)
    edition = edition_of(store)
    assert edition.title == typed["title"]
    assert edition.editors_note == "Editor’s note: On snow.\nWrite us."
    assert outline(store) == [("Fentanyl, Again", ["Bo Day", "Ann Lee"]), (None, ["Cy Young"])]


def test_save_without_a_change_touches_nothing(log_in, store, draft) -> None:
    typed = {"title": draft.title, "editors_note": draft.editors_note}
    typed |= {f"subhead-{section.id}": section.subhead for section in draft.sections}
    press(log_in("editor"), draft, "save", **typed)
    assert edition_of(store).version == draft.version


def test_sections_are_added_and_ordered(log_in, store, draft) -> None:
    desk = log_in("editor")
    press(desk, draft, "add_section")
    press(desk, edition_of(store), "section_up:2")
    assert outline(store)[1] == (None, [])
    press(desk, edition_of(store), "section_down:0")
    assert [subhead for subhead, _ in outline(store)] == [None, "Fentanyl", "Snow Days"]


def test_a_title_is_suggested_from_the_letters(log_in, store, draft) -> None:
    desk = log_in("editor")
    assert "<q>We Hear You: Fentanyl and Snow Days</q>" in desk.get("/desk/editions/snow").text
    press(desk, draft, "suggest")
    assert edition_of(store).title == "We Hear You: Fentanyl and Snow Days"
    assert 'id="suggestion"' not in desk.get("/desk/editions/snow").text


def test_the_words_are_counted_against_the_columns_budget(log_in, store, draft) -> None:
    words = sum(letter.word_count for letter in draft.letters())
    a_column(store, words_budget=100)
    page = " ".join(log_in("editor").get("/desk/editions/snow").text.split())
    assert f'aria-label="{words} of 100 words"' in page
    assert f"of 100 words, {100 - words} left" in page
    a_column(store, words_budget=10)
    page = " ".join(log_in("editor").get("/desk/editions/snow").text.split())
    assert f"of 10 words, {words - 10} over" in page


def test_the_preview_shows_what_will_print(log_in, store, draft) -> None:
    page = log_in("reader_editor").get("/desk/editions/snow").text
    preview = page[page.index('id="preview-sheet"') :]
    assert "[Draft: not published]" in preview
    assert "Dear We Hear You:" in preview
    assert re.search(r"—Ann</span> Lee, Spokane, Wash\.", preview)
    assert page.count("<h1") == 1


def test_a_stale_step_is_told_and_nothing_typed_is_lost(log_in, store, draft) -> None:
    desk, ref = log_in("editor"), ref_of(draft, "Cy Young")
    press(desk, draft, f"out:{ref}", title="We Hear You: Fentanyl")
    gone = draft.sections[1]
    mine = {"title": "We Hear You: Mine", f"subhead-{gone.id}": "My Subhead"}
    answer = press(log_in("chief"), draft, f"up:{ref_of(draft, 'Bo Day')}", **mine)
    assert answer.status_code == 409
    assert "Somebody else saved while you were writing." in answer.text
    assert 'value="We Hear You: Mine"' in answer.text
    assert "<q>We Hear You: Fentanyl</q>" in answer.text
    assert "My Subhead" in answer.text  # its section has gone
    assert outline(store) == [("Fentanyl", ["Ann Lee", "Bo Day"])]  # nothing was done
    version = re.search(r'id="edition-version" value="(\d+)"', answer.text)[1]
    again = desk.post("/desk/editions/snow", data={**mine, "do": "save", "version": version})
    assert again.status_code == 303
    assert edition_of(store).title == "We Hear You: Mine"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"editors_note": "x" * 5001}, "editors_note"),
    ],
)
def test_a_wrong_text_is_told_beside_its_field_and_stops_the_step(
    log_in, store, draft, typed, field
) -> None:
    answer = press(log_in("editor"), draft, f"up:{ref_of(draft, 'Bo Day')}", **typed)
    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)-error"', answer.text) == [field]
    assert outline(store)[0] == ("Fentanyl", ["Ann Lee", "Bo Day"])


def test_a_subhead_that_is_too_long_is_told_and_kept(log_in, store, draft) -> None:
    name = f"subhead-{draft.sections[0].id}"
    answer = press(log_in("editor"), draft, "save", **{name: "y" * 201})
    assert answer.status_code == 422
    assert "Shorten the subhead to 200 characters." in answer.text
    assert "y" * 201 in answer.text


def test_a_letter_of_another_edition_is_not_placed_twice(log_in, store, draft) -> None:
    other = an_edition(store, slug="other")
    answer = press(log_in("editor"), other, f"place:{ref_of(draft, 'Cy Young')}")
    assert answer.status_code == 409
    assert "stands in another edition" in answer.text
    assert edition_of(store, "other").sections == []


@pytest.mark.parametrize("do", ["fly", "up", "up:", "up:WHY-00000", "to:x", "remove_section:9", ""])
def test_a_step_that_there_is_not_does_nothing(log_in, store, draft, do) -> None:
    before = outline(store)
    assert press(log_in("editor"), draft, do).status_code == 422
    assert outline(store) == before


@pytest.mark.parametrize("version", ["", "x", "9" * 20])
def test_a_step_without_its_version_does_nothing(log_in, store, draft, version) -> None:
    sent = {"do": "save", "title": "Mine", "version": version}
    assert log_in("editor").post("/desk/editions/snow", data=sent).status_code == 422
    assert edition_of(store).title == draft.title


def test_a_reader_editor_looks_and_touches_nothing(log_in, client, store, draft) -> None:
    desk = log_in("reader_editor")
    page = desk.get("/desk/editions/snow").text
    for button in ("Publish edition", "Copy column", "Place<", "Move up", ">Export<", "Take out"):
        assert button not in page
    assert "Ann Lee, Spokane, Wash." in page
    for do in ("save", "publish", f"out:{ref_of(draft, 'Ann Lee')}"):
        assert press(desk, draft, do).status_code == 403
    assert client.get("/desk/editions/snow").status_code == 303
    assert press(client, draft, "publish").status_code == 401
    assert desk.get("/desk/editions/nowhere").status_code == 404
    assert press(log_in("editor"), draft, "override", override="x").status_code == 403
    assert edition_of(store).state is EditionState.DRAFT


def test_publish_undo_and_publish_again(log_in, store, draft) -> None:
    desk = log_in("publisher")
    answer = press(desk, draft, "publish", title="We Hear You: Out")
    assert answer.status_code == 303
    edition = edition_of(store)
    assert (edition.state, edition.title) == (EditionState.PUBLISHED, "We Hear You: Out")
    page = desk.get("/desk/editions/snow").text
    assert 'name="do" value="undo"' in page
    assert 'href="/editions/snow"' in page
    assert "Publish edition" not in page
    assert "We Hear You: Out" in desk.get("/editions/snow").text
    press(desk, edition, "undo")
    assert edition_of(store).state is EditionState.DRAFT
    assert desk.get("/editions/snow").status_code == 404
    with store.read() as work:
        owed = [m for x in draft.letters() for m in mails.of_letter(work, x.id)]
    assert {m.state for m in owed if m.kind is MailKind.PRINTED} == {MailState.CANCELLED}
    press(desk, edition_of(store), "publish")
    assert edition_of(store).state is EditionState.PUBLISHED


def test_undo_ends_when_a_writer_was_told(log_in, store, clock, draft) -> None:
    desk = log_in("chief")
    press(desk, draft, "publish")
    edition = edition_of(store)
    clock.advance(timedelta(minutes=11))
    a_postman(store, Pile()).turn()
    assert 'value="undo"' not in desk.get("/desk/editions/snow").text
    answer = press(desk, edition, "undo")
    assert answer.status_code == 409
    assert "A writer has been told already" in answer.text


def test_what_is_not_ready_is_told_letter_by_letter(log_in, store, draft) -> None:
    with store.work() as work:
        for letter in editions.by_slug(work, "snow").letters()[:2]:
            letter.verifications.clear()
    desk = log_in("editor")
    page = " ".join(desk.get("/desk/editions/snow").text.split())
    assert "2 letters are not ready:" in page
    assert f'<a href="/desk/letters/{ref_of(draft, "Ann Lee")}">Ann Lee, Spokane, Wash.</a>' in page
    assert "The writer has not confirmed it." in page
    assert "Publish all the same" not in page
    answer = press(desk, edition_of(store), "publish")
    assert answer.status_code == 409
    assert "2 of its letters are not ready." in answer.text
    assert edition_of(store).state is EditionState.DRAFT


def test_a_chief_publishes_all_the_same_and_says_why(log_in, store, draft) -> None:
    with store.work() as work:
        editions.by_slug(work, "snow").letters()[0].verifications.clear()
    desk = log_in("chief")
    assert "Publish all the same" in desk.get("/desk/editions/snow").text
    for reason in ("", "  ", "x" * 2001):
        answer = press(desk, edition_of(store), "override", override=reason)
        assert answer.status_code == 422
        assert 'id="override-error"' in answer.text
    press(desk, edition_of(store), "override", override="He called me\nhimself.")
    assert edition_of(store).state is EditionState.PUBLISHED
    with store.read() as work:
        history = letters.history(work, draft.letters()[0].id)
    assert [e.why for e in history if e.kind is EventKind.OVERRIDDEN] == ["He called me himself."]


def test_an_empty_edition_is_not_published(log_in, store) -> None:
    edition = an_edition(store, slug="empty")
    answer = press(log_in("editor"), edition, "publish")
    assert answer.status_code == 422
    assert "There is no letter in it yet." in answer.text


def test_copies_stand_in_fields_that_need_no_script(log_in, store, draft) -> None:
    page = log_in("editor").get("/desk/editions/snow?copies=1").text
    assert '<details class="copies" id="copies" open>' in page
    for name in ("title", "excerpt", "tags", "wordpress", "html", "text"):
        assert f'id="copies-{name}"' in page
    assert 'value="Fentanyl, Snow Days"' in page
    assert "&lt;!-- wp:paragraph --&gt;" in page
    closed = log_in("editor").get("/desk/editions/snow").text
    assert '<details class="copies" id="copies">' in closed


def test_markup_in_a_letter_is_text_everywhere_on_the_page(log_in, store) -> None:
    letter = approved(store, "<script>alert(1)</script> {{7*7}} </textarea><b>", name="<b>Ann</b>")
    an_edition(store, slug="hostile", title="<i>T</i>", groups=[("<u>S</u>", [letter])])
    page = log_in("chief").get("/desk/editions/hostile?copies=1").text
    for markup in ("<script>alert", "<b>", "<i>T", "<u>S"):
        assert markup not in page


def test_a_step_without_its_token_is_refused(app_with_csrf, log_in, store, draft) -> None:
    desk = log_in("editor", app=app_with_csrf)
    assert press(desk, draft, "save", title="Mine").status_code == 400
    page = desk.get("/desk/editions/snow").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page[page.index('id="outline"') :])[1]
    assert press(desk, draft, "save", title="Mine", csrf_token=token).status_code == 303
