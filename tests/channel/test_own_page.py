"""The reader's own page: what it says in each state, what it keeps to itself."""

from datetime import date, timedelta

import pytest

from feedback.desk.decide import Wish, decide
from feedback.domain.column import PlaceRule, VerificationPolicy
from feedback.domain.editor import Role
from feedback.domain.owed_mail import MailState
from feedback.domain.state import Decision, State
from feedback.domain.verification import Method, Outcome
from feedback.store import letters, mails
from feedback.writer import verify
from tests.channel.reader import Shown
from tests.factories.account import an_editor
from tests.factories.article import an_article
from tests.factories.column import a_column
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved

CHIEF = an_editor(Role.CHIEF)


def decided(store, letter, decision: Decision, **more) -> None:
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        decide(work, found, Wish(decision, **more), CHIEF, None)


def test_a_letter_just_sent_names_the_step_that_is_left(reader, store):
    an_article(store, "Working Group With Beijing")
    answer = reader.writes()
    shown = reader.opens(answer.location)
    assert shown.heading == "Your letter has arrived"
    assert "A mail to jane@example.com is on its way" in shown.main
    assert shown.steps[0].startswith("done: Arrived Nov. 9, 9:34 a.m.")
    assert shown.steps[1:] == [
        "now: You say that it is yours (now) by the link in our mail",
        "ahead: With the editors",
        "ahead: Decision",
        "ahead: Printed we mail you where",
    ]
    assert "Meetings are cheap." in shown.main
    assert "—Jane Q. Reader, Spokane, Wash." in shown.main


@pytest.mark.parametrize(
    ("became", "says"),
    [
        (MailState.SENT, "We have mailed you at jane@example.com: open the link there"),
        (MailState.FAILED, "Our mail to jane@example.com did not get through"),
        (MailState.SKIPPED, "We have not mailed you about this one."),
    ],
)
def test_it_says_honestly_what_became_of_the_mail(reader, store, own_page, became, says):
    letter = a_letter(store, article=an_article(store))
    with store.work() as work:
        (receipt,) = mails.of_letter(work, letter.id)
        receipt.state = became
    assert says in reader.opens(own_page(letter)).main


def test_after_the_writers_yes_it_is_with_the_editors(reader, store, own_page):
    letter = a_letter(store, article=an_article(store), verified=True)
    shown = reader.opens(own_page(letter))
    assert shown.heading == "Your letter is with the editors"
    assert shown.steps[1] == "done: You said it is yours Nov. 9, 9:30 a.m."
    assert shown.steps[2].startswith("now: With the editors (now) since Nov. 9, 2026")


@pytest.mark.parametrize(
    ("to", "heading"),
    [
        (State.SHORTLISTED, "Your letter is with the editors"),
        (State.HELD, "Your letter has been set aside for now"),
        (State.APPROVED, "Your letter has been chosen"),
        (State.WITHDRAWN, "Your letter has been withdrawn"),
    ],
)
def test_each_state_reads_plainly(reader, store, own_page, to, heading):
    letter = a_letter(store, article=an_article(store), verified=True, to=to, why="internal")
    shown = reader.opens(own_page(letter))
    assert shown.heading == heading
    assert "internal" not in shown.response.text
    assert "Ann Editor" not in shown.response.text


def test_a_held_letter_says_until_when(reader, store, own_page):
    letter = a_letter(store, article=an_article(store), verified=True)
    decided(store, letter, Decision.HOLD, until=date(2026, 12, 5), reason="ask the lawyer")
    shown = reader.opens(own_page(letter))
    assert "by Dec. 5, 2026" in shown.main
    assert "lawyer" not in shown.response.text


@pytest.mark.parametrize("decision", [Decision.DECLINE, Decision.SPIKE])
def test_declined_and_spiked_read_the_same_and_only_after_the_grace_delay(
    reader, store, own_page, decision
):
    letter = a_letter(store, article=an_article(store), verified=True)
    page = own_page(letter)
    before = reader.opens(page)
    reader.clock.advance(timedelta(hours=1))
    decided(store, letter, decision, reason="uncivil" if decision is Decision.DECLINE else "rude")
    during = reader.opens(page)
    assert (during.heading, during.steps) == (before.heading, before.steps)
    reader.clock.advance(timedelta(minutes=10))
    after = reader.opens(page)
    assert after.heading == "We do not plan to print your letter"
    assert after.steps[-1] == "done: Decided: not to be printed Nov. 9, 2026"
    assert "spike" not in after.response.text.lower()
    assert "uncivil" not in after.response.text
    assert "rude" not in after.response.text


def test_a_printed_letter_leads_to_its_place_in_the_column(reader, store, own_page):
    first, second = approved(store), approved(store)
    an_edition(store, groups=[(None, [first, second])], published=True, slug="fentanyl")
    shown = reader.opens(own_page(second))
    assert shown.heading == "Your letter has been printed"
    assert shown.links()["Read it in the column"] == "/editions/fentanyl#letter-2"
    assert "Withdraw my letter…" not in shown.links()
    assert shown.steps[-1] == "done: Printed Nov. 8, 2026"


def test_a_letter_in_an_edition_and_one_taken_down_say_so(reader, store, own_page):
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])], slug="soon")
    assert reader.opens(own_page(letter)).heading == "Your letter is being made ready for print"
    other = approved(store)
    an_edition(store, groups=[(None, [other])], published=True, slug="out")
    decided(store, other, Decision.KILL, reason="a name was wrong")
    shown = reader.opens(own_page(other))
    assert shown.heading == "Your letter has been taken down"
    assert "a name was wrong" not in shown.response.text


def test_somebody_elses_no_is_told_with_the_way_back(reader, store, own_page):
    letter = a_letter(store, article=an_article(store))
    with store.work() as work:
        verify.answer(work, letters.by_ref(work, letter.ref), wrote_it=False)
    shown = reader.opens(own_page(letter))
    assert shown.heading == "Somebody said that this letter is not theirs"


def test_a_letter_that_an_editor_wants_asks_the_writer(reader, store, own_page):
    letter = a_letter(store, article=an_article(store))
    decided(store, letter, Decision.APPROVE, when_ready=True)
    shown = reader.opens(own_page(letter))
    assert shown.heading == "We would like to print your letter"
    assert "jane@example.com" in shown.main


def test_where_nobody_is_asked_by_link_no_step_says_so(reader, store, own_page):
    a_column(store, verification_policy=VerificationPolicy.EDITOR)
    shown = reader.opens(own_page(a_letter(store, article=an_article(store))))
    assert shown.heading == "Your letter is with the editors"
    assert [one for one in shown.steps if "yours" in one] == []


# --- what is missing


def test_the_articles_it_may_mean_are_offered_and_the_answer_is_kept(reader, store, stored):
    an_article(store, "Who Pays for the Levee?")
    meant = an_article(store, "Levee Board Puts Off Vote to May")
    page = reader.writes(article="the levee").location
    shown = reader.opens(page)
    assert "One question: which article do you mean?" in shown.main
    assert len(shown.cards()) == 3
    answer = reader.presses(shown, f"{page}/details", article_id=str(meant.id))
    assert (answer.status_code, answer.location) == (303, page)
    after = reader.opens(page)
    assert "Saved. Nothing more is missing." in after.main
    assert after.cards() == []
    assert stored()[0].article_id == meant.id
    assert "Saved" not in reader.opens(page).main


def test_an_answer_of_nothing_is_said_beside_the_question(reader, store):
    an_article(store, "Who Pays for the Levee?")
    an_article(store, "Levee Board Puts Off Vote to May")
    page = reader.writes(article="the levee").location
    for answer in ({}, {"article_id": "none"}):
        shown = Shown(reader.presses(reader.opens(page), f"{page}/details", **answer))
        assert (shown.status, shown.errors) == (422, ["article"])
        assert shown.title.startswith("Error: ")
        assert "#article-1" in shown.links().values()


def test_other_words_for_the_article_are_looked_up_anew(reader, store, stored):
    meant = an_article(store, "Levee Board Puts Off Vote to May")
    page = reader.writes(article="that thing about water").location
    shown = reader.opens(page)
    assert shown.cards() == []
    sent = {"article": "levee board puts off vote to may"}
    assert reader.presses(shown, f"{page}/details", **sent).status_code == 303
    assert stored()[0].article_id == meant.id


def test_a_last_answer_approves_what_an_editor_wanted(reader, store, stored, own_page):
    meant = an_article(store, "Levee Board Puts Off Vote to May")
    letter = a_letter(store, verified=True)
    decided(store, letter, Decision.APPROVE, when_ready=True)
    page = own_page(letter)
    sent = {"article": meant.url}
    assert reader.presses(reader.opens(page), f"{page}/details", **sent).status_code == 303
    (after,) = stored()
    assert after.state is State.APPROVED
    assert reader.opens(page).heading == "Your letter has been chosen"


def test_name_and_place_are_asked_for_where_they_are_missing(reader, store, stored, own_page):
    a_column(store, place_rule=PlaceRule.REQUIRED)
    letter = a_letter(store, article=an_article(store), name=None, town=None, state=None)
    page = own_page(letter)
    shown = reader.opens(page)
    nothing = Shown(reader.presses(shown, f"{page}/details"))
    assert (nothing.status, nothing.errors) == (422, ["name", "town"])
    wrong = Shown(reader.presses(shown, f"{page}/details", name="N" * 200, state="Narnia"))
    assert (wrong.status, set(wrong.errors)) == (422, {"name", "state"})
    assert wrong.form(f"{page}/details")["state"] == "Narnia"
    right = {"name": "Max Writer", "town": "Limon", "state": "colorado"}
    assert reader.presses(shown, f"{page}/details", **right).status_code == 303
    assert stored()[0].signature.printed() == "Max Writer, Limon, Colo."


def test_a_bad_token_or_a_letter_that_is_over_changes_nothing(reader, store, stored, own_page):
    meant = an_article(store, "Levee Board Puts Off Vote to May")
    letter = a_letter(store)
    page = own_page(letter)
    shown = reader.opens(page)
    sent = {"article": meant.url, "csrf_token": "x"}
    again = Shown(reader.presses(shown, f"{page}/details", **sent))
    assert again.status == 400
    assert again.form(f"{page}/details")["article"] == meant.url
    decided(store, letter, Decision.WITHDRAW, reason="asked by telephone")
    late = reader.presses(shown, f"{page}/details", article=meant.url)
    assert late.status_code == 409
    assert stored()[0].article_id is None


def test_where_a_call_is_needed_too_the_writers_own_yes_is_still_asked_for(reader, store, own_page):
    a_column(store, verification_policy=VerificationPolicy.LINK_AND_CALL)
    letter = a_letter(store, article=an_article(store))
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        verify.record(work, found, Method.PHONE, Outcome.CONFIRMED, "rung back", CHIEF)
    assert reader.opens(own_page(letter)).heading == "Your letter has arrived"
    with store.work() as work:
        verify.answer(work, letters.by_ref(work, letter.ref), wrote_it=True)
    assert reader.opens(own_page(letter)).heading == "Your letter is with the editors"
