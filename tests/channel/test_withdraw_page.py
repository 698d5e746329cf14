"""The writer takes the letter back: asked first, done by a button, for good."""

import pytest

from feedback.desk.decide import Wish, decide
from feedback.desk.undo import undo
from feedback.domain.editor import Role
from feedback.domain.errors import Refused
from feedback.domain.owed_mail import MailState
from feedback.domain.state import Decision, State
from feedback.store import letters, mails
from tests.channel.reader import Shown
from tests.factories.account import an_editor
from tests.factories.article import an_article
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved

CHIEF = an_editor(Role.CHIEF)


def withdrawn(reader, page):
    """The writer goes the way from the page to the button."""
    asked = reader.opens(reader.opens(page).links()["Withdraw my letter…"])
    return reader.presses(asked, f"{page}/withdraw")


def test_the_consequence_stands_on_a_page_of_its_own_and_a_look_does_nothing(
    reader, store, stored, own_page
):
    page = own_page(a_letter(store))
    asked = reader.opens(f"{page}/withdraw")
    assert asked.heading == "Withdraw your letter?"
    assert "nobody can undo that" in asked.main
    assert asked.links()["Keep it and go back"] == page
    assert stored()[0].state is State.RECEIVED


@pytest.mark.parametrize("to", [State.RECEIVED, State.SHORTLISTED, State.HELD, State.APPROVED])
def test_until_print_it_is_taken_back_for_good(reader, store, stored, own_page, to):
    letter = a_letter(store, article=an_article(store), verified=True, to=to)
    page = own_page(letter)
    answer = withdrawn(reader, page)
    assert (answer.status_code, answer.location) == (303, page)
    assert reader.opens(page).heading == "You have withdrawn your letter"
    assert "Withdraw my letter…" not in reader.opens(page).links()
    assert stored()[0].state is State.WITHDRAWN
    with store.read() as work:
        assert {m.state for m in mails.of_letter(work, letter.id)} == {MailState.CANCELLED}


def test_it_leaves_the_edition_that_is_being_made(reader, store, stored, own_page):
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])])
    assert withdrawn(reader, own_page(letter)).status_code == 303
    assert (stored()[0].state, stored()[0].section_id) == (State.WITHDRAWN, None)


def test_what_was_declined_can_be_taken_back_so_that_no_undo_prints_it(
    reader, store, stored, own_page
):
    letter = a_letter(store, article=an_article(store), verified=True)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        decide(work, found, Wish(Decision.DECLINE), CHIEF, None)
    assert withdrawn(reader, own_page(letter)).status_code == 303
    assert stored()[0].state is State.WITHDRAWN
    with store.work() as work, pytest.raises(Refused):
        undo(work, letters.by_ref(work, letter.ref), CHIEF, None)


def test_a_second_press_changes_nothing(reader, store, stored, own_page):
    page = own_page(a_letter(store))
    asked = reader.opens(f"{page}/withdraw")
    assert reader.presses(asked, f"{page}/withdraw").status_code == 303
    version = stored()[0].version
    assert reader.presses(asked, f"{page}/withdraw").status_code == 303
    assert stored()[0].version == version
    assert reader.opens(f"{page}/withdraw").response.location == page


def test_a_printed_letter_stays(reader, store, stored, own_page):
    letter = approved(store)
    page = own_page(letter)
    asked = reader.opens(f"{page}/withdraw")
    an_edition(store, groups=[(None, [letter])], published=True)
    late = Shown(reader.presses(asked, f"{page}/withdraw"))
    assert late.status == 409
    assert "has been printed" in late.main
    assert stored()[0].state is State.PUBLISHED


def test_without_the_pages_own_token_nothing_is_withdrawn(reader, store, stored, own_page):
    page = own_page(a_letter(store))
    asked = reader.opens(f"{page}/withdraw")
    again = Shown(reader.presses(asked, f"{page}/withdraw", csrf_token="x"))
    assert again.status == 400
    assert again.title.startswith("Error: ")
    assert stored()[0].state is State.RECEIVED
    assert reader.presses(again, f"{page}/withdraw").status_code == 303
