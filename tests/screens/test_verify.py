"""The confirm link: a look answers nothing, a button answers, once."""

from datetime import timedelta

import pytest

from feedback.desk.decide import Wish, decide
from feedback.desk.edit import Edits, edit
from feedback.domain.editor import Role
from feedback.domain.gates import gates
from feedback.domain.link import Purpose
from feedback.domain.state import Decision, State
from feedback.domain.verification import Method, Outcome
from feedback.store import letters, links
from tests.channel.reader import Reader, Shown
from tests.factories.account import an_editor
from tests.factories.article import an_article
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter

CHIEF = an_editor(Role.CHIEF)


@pytest.fixture
def reader(app_with_csrf, clock) -> Reader:
    """Somebody who opens the link that was mailed."""
    return Reader(app_with_csrf.test_client(), clock)


@pytest.fixture
def link(store):
    """`link(letter)`: the address that the receipt has."""

    def find(letter):
        with store.work() as work:
            return "/verify/" + links.token(work, letter.id, Purpose.VERIFY)

    return find


def now(store, letter):
    """The letter as it stands."""
    with store.read() as work:
        return letters.by_ref(work, letter.ref)


def test_the_letter_is_shown_with_the_question_and_nothing_happens(reader, store, link):
    letter = a_letter(store, article=an_article(store, "Working Group With Beijing"))
    path = link(letter)
    for look in (reader.browser.get, reader.browser.head):
        assert look(path).status_code == 200
    shown = reader.opens(path)
    assert shown.heading == "Did you write this letter?"
    assert "Meetings are cheap." in shown.main
    assert "—Jane Q. Reader, Spokane, Wash." in shown.main
    assert "Working Group With Beijing" in shown.main
    assert [b.text_content() for b in shown.tree.iter("button")] == [
        "Yes, I wrote this",
        "No, I did not",
    ]
    assert now(store, letter).verifications == []


def test_a_yes_verifies_and_leads_to_the_writers_own_page(reader, store, link):
    letter = a_letter(store, article=an_article(store))
    path = link(letter)
    answer = reader.presses(reader.opens(path), path, answer="yes")
    assert answer.status_code == 303
    after = now(store, letter)
    assert gates(after)["verified"]
    assert [(v.method, v.outcome) for v in after.verifications] == [
        (Method.LINK, Outcome.CONFIRMED)
    ]
    own = reader.opens(answer.location)
    assert own.heading == "Your letter is with the editors"
    assert "You said it is yours" in own.main


def test_a_no_holds_the_letter_for_the_desk(reader, store, link):
    letter = a_letter(store, article=an_article(store))
    path = link(letter)
    told = Shown(reader.presses(reader.opens(path), path, answer="no"))
    assert told.heading == "You have said that you did not write this letter"
    after = now(store, letter)
    assert after.state is State.HELD
    assert not gates(after)["verified"]


def test_a_link_is_for_one_answer(reader, store, link, clock):
    letter = a_letter(store, article=an_article(store))
    path = link(letter)
    first = reader.opens(path)
    answers = [reader.presses(first, path, answer="yes") for _ in range(2)]  # a double click
    assert {(one.status_code, one.location) for one in answers} == {(303, answers[0].location)}
    assert len(now(store, letter).verifications) == 1
    never = reader.browser.get(path[:-1]).get_data()
    gone = reader.browser.get(path)
    assert (gone.status_code, gone.get_data()) == (404, never)
    assert reader.presses(first, path, answer="no").status_code == 404
    clock.advance(timedelta(seconds=31))
    assert reader.presses(first, path, answer="yes").status_code == 404
    assert gates(now(store, letter))["verified"]
    fresh = link(letter)  # for a later question
    assert fresh != path
    assert reader.opens(fresh).status == 200


def test_the_answer_approves_what_an_editor_wanted(reader, store, link):
    letter = a_letter(store, article=an_article(store))
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        decide(work, found, Wish(Decision.APPROVE, when_ready=True), CHIEF, None)
    path = link(letter)
    reader.presses(reader.opens(path), path, answer="yes")
    assert now(store, letter).state is State.APPROVED


def test_an_edited_letter_is_shown_as_it_would_print(reader, store, link):
    letter = a_letter(store, "Meetings are cheap, and so is talk.", article=an_article(store))
    with store.work() as work:
        edits = Edits(edited="Meetings are cheap.")
        edit(work, letters.by_ref(work, letter.ref), edits, CHIEF, None)
    shown = reader.opens(link(letter))
    assert "and so is talk" not in shown.main
    assert "as the editors would print it now" in shown.main


def test_what_is_neither_yes_nor_no_is_asked_again(reader, store, link):
    letter = a_letter(store)
    path = link(letter)
    shown = reader.opens(path)
    for odd in ("", "maybe", "YES", "yes\x00"):
        again = Shown(reader.presses(shown, path, answer=odd))
        assert again.status == 422
        assert "Press one of the two buttons." in again.main
    token = shown.form(path)["csrf_token"]
    both = reader.browser.post(path, data={"csrf_token": token, "answer": ["no", "yes"]})
    assert both.status_code == 422
    assert now(store, letter).verifications == []


def test_without_the_pages_own_token_nothing_is_answered(reader, store, link):
    letter = a_letter(store)
    path = link(letter)
    answer = reader.presses(reader.opens(path), path, answer="yes", csrf_token="x")
    assert answer.status_code == 400
    assert now(store, letter).verifications == []


def test_after_a_withdrawal_the_link_opens_nothing(reader, store, link):
    letter = a_letter(store)
    path = link(letter)
    shown = reader.opens(path)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        decide(work, found, Wish(Decision.WITHDRAW, reason="by telephone"), CHIEF, None)
    gone = reader.browser.get(path)
    never = reader.browser.get(path[:-1])
    assert gone.status_code == 404
    assert gone.get_data() == never.get_data()
    assert reader.presses(shown, path, answer="yes").status_code == 404


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.SPIKE])
def test_declined_and_spiked_letters_are_answered_for_alike(reader, store, link, decision):
    letter = a_letter(store, article=an_article(store))
    with store.work() as work:
        decide(work, letters.by_ref(work, letter.ref), Wish(decision), CHIEF, None)
    path = link(letter)
    assert reader.opens(path).heading == "Did you write this letter?"
    assert reader.presses(reader.opens(path), path, answer="yes").status_code == 303


def test_after_print_a_no_is_still_heard_and_a_yes_is_too_late(reader, store, link):
    letter = a_letter(store, article=an_article(store), verified=True, to=State.APPROVED)
    path = link(letter)
    shown = reader.opens(path)
    an_edition(store, groups=[(None, [letter])], published=True)
    printed = reader.opens(path)
    assert printed.heading == "This letter has been printed"
    assert [b.text_content() for b in printed.tree.iter("button")] == ["No, I did not"]
    assert reader.presses(shown, path, answer="yes").status_code == 409
    told = Shown(reader.presses(printed, path, answer="no"))
    assert "so that we can take it down" in told.main
    after = now(store, letter)
    assert (after.state, gates(after)["verified"]) == (State.PUBLISHED, False)
