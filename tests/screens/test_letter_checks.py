"""Findings on a letter's page: the words marked, the one thing to do about each, questions (cq)."""

from datetime import date

import pytest

from feedback.domain.editor import Role
from feedback.domain.finding import Result, StoredFinding
from feedback.domain.house_rules import HouseRules, Strictness
from feedback.domain.link import Purpose
from feedback.domain.state import State
from feedback.intake.recheck import recheck_new
from feedback.screens.evidence import marked, marks_of
from feedback.store import letters, links
from tests.desk.desk import ONE_ENGINE
from tests.factories import a_column, a_letter, an_article, an_edition, approved
from tests.screens.desk_page import open_page, words

TEXT = "You ZORBLAX, <b>they</b> paid $3.4 million. Nobody asked us."


def checked(store) -> None:
    with store.work() as work:
        recheck_new(work)


def page_of(browser, letter, query=""):
    return open_page(browser, f"/desk/letters/{letter.ref}{query}")


def marks_in_text(page) -> list[str]:
    return [words(one) for one in page.tree.get_element_by_id("letter-text").iter("mark")]


@ONE_ENGINE
def test_the_words_that_a_check_saw_are_marked_in_the_letter(log_in, store):
    a_column(store, rules=HouseRules(slurs=("zorblax",)))
    letter = a_letter(store, TEXT, article=an_article(store), mails=False)
    checked(store)
    page = page_of(log_in(Role.READER_EDITOR), letter)
    assert marks_in_text(page) == ["ZORBLAX"]
    assert marks_in_text(page_of(page.browser, letter, "?view=original")) == ["ZORBLAX"]
    assert "Slurs: holds The list of slurs has “zorblax”. ZORBLAX" in page.part("finding--hold")
    assert "checks passed" in page.part("letter-rail")


@ONE_ENGINE
def test_a_source_is_asked_for_by_one_button_and_settled_beside_it(log_in, store):
    letter = a_letter(store, TEXT, article=an_article(store), verified=True, mails=False)
    checked(store)
    page = page_of(log_in(Role.EDITOR), letter)
    (key,) = [b for b in page.tree.iter("button") if b.get("data-key") == "q"]
    assert key.get("aria-keyshortcuts") == "q"
    page = page.press("Ask for a source")
    assert "A mail leaves in 10 minutes." in page.says
    assert "1 question wants a source." in page.part("letter-rail")
    quote = "You ZORBLAX, <b>they</b> paid $3.4 million."
    assert marks_in_text(page) == [quote]
    with store.work() as work:
        token = links.token(work, letter.id, Purpose.STATUS)
    own = page.browser.get(f"/letters/{token}")
    assert "Where does this come from?" in own.text
    assert "&lt;b&gt;they&lt;/b&gt; paid $3.4 million." in own.text
    assert "Say what shows" in page.press("It stands").part("notice")
    page = page_of(page.browser, letter).press("It stands", source="City budget, page 12")
    assert "Settled: no question is open." in page.says
    assert "City budget, page 12" in page.part("letter-rail")
    assert "Where does this come from?" not in page.browser.get(f"/letters/{token}").text
    page = page_of(page.browser, letter, "?do=source")
    page = page.press("Ask for a source", quote="These are not its words.")
    assert page.value("quote") == "These are not its words."
    history = page_of(page.browser, letter, "?view=history").part("history-lines")
    assert "Source asked for" in history
    assert "Question settled It stands" in history


@ONE_ENGINE
def test_a_letter_over_quota_is_held_until_it_opens_or_spared_as_an_answer(log_in, store):
    a_column(store, rules=HouseRules(quota=Strictness.HOLD))
    printed = approved(store, "First words.", mails=False)
    letter = a_letter(store, "Other words.", mails=False)
    checked(store)
    an_edition(store, groups=[(None, [printed])], on=date(2026, 11, 8), published=True)
    checked(store)
    editor = log_in(Role.EDITOR)
    page = page_of(editor, letter)
    assert "Quota: holds 1 in print by this writer" in page.part("letter-rail")
    page.press("Hold until Dec. 8, 2026")
    with store.read() as work:
        now = letters.by_ref(work, letter.ref)
        assert (now.state, now.hold_until) == (State.HELD, date(2026, 12, 8))
    page_of(editor, letter).press("It answers criticism")
    checked(store)
    page = page_of(editor, letter)
    assert "It answers criticism: the quota does not count." in page.part("letter-rail")
    page.press("It is no answer to criticism")
    checked(store)
    assert "Hold until Dec. 8, 2026" in page_of(editor, letter).buttons


@ONE_ENGINE
@pytest.mark.parametrize(("button", "reason"), [("Spike", "spam"), ("Spike as abuse", "abuse")])
def test_a_spike_says_whether_the_filter_learns_from_it(log_in, store, button, reason):
    letter = a_letter(store, mails=False)
    page_of(log_in(Role.EDITOR), letter).press(button)
    with store.read() as work:
        now = letters.by_ref(work, letter.ref)
        assert (now.state, now.state_reason) == (State.SPIKED, reason)


def test_marks_stand_on_whole_words_and_escape_what_is_around_them():
    noted = StoredFinding(check="links", outcome=Result.NOTE, evidence=["a<b", "the", "x"])
    passed = StoredFinding(check="hidden", outcome=Result.PASS, evidence=["there"])
    marks = marks_of([noted, passed])
    assert str(marked("<i> the other, a<b there", marks)) == (
        '&lt;i&gt; <mark class="evidence">the</mark> other, '
        '<mark class="evidence">a&lt;b</mark> there'
    )
    assert marks_of([passed]) is None
    assert str(marked("<i>", None)) == "&lt;i&gt;"
