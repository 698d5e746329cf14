"""A writer's drawer and the panel on the letter's page."""

from datetime import timedelta

import pytest

from feedback.domain.event import EventKind
from feedback.domain.note import Note
from feedback.domain.writer import Writer
from feedback.intake.recheck import recheck_new
from feedback.store import letters, writer_pages
from tests.factories import a_letter, an_edition, approved
from tests.fixtures_database import MORNING
from tests.screens.desk_page import open_page


def known(store):
    with store.work() as work:
        while recheck_new(work):
            pass


def writer_of(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref).writer_id


@pytest.fixture
def jane(store):
    """Three letters by Jane, one of them printed; her neighbor's; her husband's."""
    day = timedelta(days=1)
    printed = approved(store, "The first of my letters.", at=MORNING - 9 * day)
    an_edition(store, groups=[(None, [printed])], published=True)
    a_letter(store, "The second of my letters.", at=MORNING - 5 * day)
    third = a_letter(store, "The third of my letters.", phone="509 555 0100")
    a_letter(store, "A neighbor writes.", name="Max Writer", email="max@example.com")
    a_letter(store, "A husband writes.", name="John Reader", email="john@example.com")
    known(store)
    return third


def test_the_letters_page_says_the_gist(log_in, store, jane):
    page = open_page(log_in("reader_editor"), f"/desk/letters/{jane.ref}")
    assert "Writer: third letter, one printed" in page.main
    assert "The second of my letters." in page.part("drawer")
    assert page.link("All of this writer") == f"/desk/writers/{writer_of(store, jane)}"


def test_the_drawer_has_all_of_a_writer_and_the_household_apart(log_in, store, jane):
    with store.work() as work:
        number = letters.by_ref(work, jane.ref).writer_id
        work.session.add(
            Note(writer_id=number, text="Signs as she was born.", by_name="Ann", at=work.now)
        )
    page = open_page(log_in("reader_editor"), f"/desk/writers/{number}")
    for words in (
        "Jane Q. Reader",
        "3 letters, one printed, the last on Nov. 8, 2026",
        "The first of my letters.",
        "The same household, perhaps",
        "A husband writes.",
        "We Hear You: Fentanyl and Student Debt",
        "Signs as she was born.",
        "The writer wrote it",
        "Receipt",
    ):
        assert words in page.main, words
    assert "A neighbor writes." not in page.main
    assert "jane@example.com" not in page.response.text


def test_a_note_stands_on_the_writers_page_and_on_their_letters(log_in, store, jane):
    number = writer_of(store, jane)
    page = open_page(log_in("reader_editor"), f"/desk/writers/{number}").press(
        "Save note", note=" "
    )
    assert page.status == 422
    assert "Write the note first." in page.main
    page = page.press("Save note", note="Rings on Mondays. <b>&")
    assert "Noted." in page.says
    assert "Rings on Mondays. <b>&" in page.main
    assert "1 note" in page.browse(f"/desk/letters/{jane.ref}").part("drawer")


def test_contact_data_is_one_click_that_is_logged(log_in, store, jane):
    number = writer_of(store, jane)
    desk = log_in("editor")
    page = open_page(desk, f"/desk/writers/{number}").press("Show contact data")
    assert "jane@example.com" in page.main
    assert "509 555 0100" in page.main
    with store.read() as work:
        seen = [
            event.by_name
            for event in letters.history(work, letters.by_ref(work, jane.ref).id)
            if event.kind is EventKind.CONTACT_SEEN
        ]
    assert seen == [desk.account.name]


@pytest.mark.parametrize("role", ["reader_editor", "publisher"])
def test_who_may_not_see_contact_data_has_no_button(log_in, store, jane, role):
    number = writer_of(store, jane)
    desk = log_in(role)
    assert "Show contact data" not in open_page(desk, f"/desk/writers/{number}").buttons
    assert desk.post(f"/desk/writers/{number}/contacts").status_code == 403


@pytest.mark.parametrize("path", ["0", "999", f"{2**70}", "1?after=x", "jane@example.com"])
def test_no_such_writer(log_in, path):
    assert log_in().get(f"/desk/writers/{path}").status_code == 404


def test_pages_of_letters_follow_one_another(store):
    for hour in range(7):
        a_letter(store, f"Number {hour}.", at=MORNING - timedelta(hours=hour))
    a_letter(store, "Number 7.", name="John Reader", email="john@example.com")
    known(store)
    with store.read() as work:
        people = [one.id for one in work.session.query(Writer).all()]
        seen, after = [], None
        while True:
            page = writer_pages.letters_of(work, people, after, 3)
            seen += [letter.opening for letter in page.rows]
            after = page.next
            if after is None:
                break
        assert sorted(seen) == [f"Number {n}." for n in range(8)]
        assert seen[-1] == "Number 6."


def test_a_cursor_that_is_not_ours_is_refused(log_in, store, jane):
    answer = log_in().get(f"/desk/writers/{writer_of(store, jane)}?after=x")
    assert answer.status_code in (400, 422)
