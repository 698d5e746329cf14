"""When letters are checked again: print and its undo, the day of a finding, changed rules."""

from datetime import date, timedelta

import pytest

from feedback.domain.finding import Result
from feedback.domain.gates import gates
from feedback.domain.house_rules import HouseRules, Strictness
from feedback.domain.state import Decision, State
from feedback.edition.publish import unpublish
from feedback.intake import check_again
from feedback.intake.check_again import note_changed_rules, note_due
from feedback.intake.learn_spam import learn_spam
from feedback.intake.recheck import end_holds, recheck_new
from feedback.store import check_facts, editions, letters
from tests.desk.desk import CHIEF, ONE_ENGINE, Desk
from tests.factories import a_column, a_letter, an_edition, approved

STRICT = HouseRules(quota=Strictness.HOLD)  # 1 in 30 days, a person


@pytest.fixture
def desk(store) -> Desk:
    return Desk(store)


def checked(store) -> int:
    done = 0
    with store.work() as work:
        while more := recheck_new(work):
            done += more
    return done


def quota_of(store, letter):
    with store.read() as work:
        now = letters.by_ref(work, letter.ref)
        (finding,) = [f for f in now.findings if f.check == "quota"]
        return finding.outcome, finding.until, gates(now)["within_quota"], now.version


def test_print_shuts_the_quota_of_the_writers_other_letters_and_its_undo_opens_it(
    store, desk, clock
):
    a_column(store, rules=STRICT)
    printed = approved(store, "First words.", mails=False)
    other = a_letter(store, "Other words.", mails=False)
    stranger = a_letter(store, "Third.", email="bo@example.com", name="Bo Smith", mails=False)
    checked(store)
    version = quota_of(store, other)[3]
    assert quota_of(store, other)[:3] == (Result.PASS, None, True)
    edition = an_edition(store, groups=[(None, [printed])], on=date(2026, 11, 8), published=True)
    checked(store)
    assert quota_of(store, other) == (Result.HOLD, date(2026, 12, 8), False, version)
    assert quota_of(store, printed)[2] is True, "what is in print does not count against itself"
    assert quota_of(store, stranger)[0] is Result.PASS
    with store.work() as work:
        found = editions.by_slug(work, edition.slug, to_change=True)
        unpublish(work, found, CHIEF, None)
    checked(store)
    assert quota_of(store, other)[:3] == (Result.PASS, None, True)


def test_a_letter_over_quota_waits_until_the_quota_opens_and_comes_back(store, desk, clock):
    a_column(store, rules=STRICT)
    printed = approved(store, "First words.", mails=False)
    other = a_letter(store, "Other words.", mails=False)
    checked(store)
    an_edition(store, groups=[(None, [printed])], on=date(2026, 11, 8), published=True)
    checked(store)
    until = quota_of(store, other)[1]
    desk.decide(other, Decision.HOLD, until=until, reason="Over the quota.")
    clock.now += timedelta(days=28)  # Monday, December 7
    with store.work() as work:
        assert (end_holds(work), note_due(work)) == (0, 0)
    clock.now += timedelta(days=1)
    with store.work() as work:
        assert (end_holds(work), note_due(work)) == (1, 1)
    assert checked(store) == 1
    assert quota_of(store, other)[:3] == (Result.PASS, None, True)
    assert desk.now(other).state is State.RECEIVED
    with store.work() as work:
        assert note_due(work) == 0, "a finding that was looked at again is not due any more"


@ONE_ENGINE
def test_two_letters_of_one_writer_in_one_edition_are_one_too_many(store, desk):
    a_column(store, rules=STRICT)
    first = approved(store, "First words.", mails=False)
    second = approved(store, "Second words.", mails=False)
    checked(store)
    an_edition(store, groups=[(None, [first, second])], on=date(2026, 11, 15))
    checked(store)
    assert [quota_of(store, one)[2] for one in (first, second)] == [True, False]


@ONE_ENGINE
def test_changed_rules_are_asked_again_of_open_letters_alone(store, desk, clock, monkeypatch):
    with store.work() as work:
        assert note_changed_rules(work) is False
    waits = [a_letter(store, "one two three four", mails=False) for _ in range(3)]
    declined = a_letter(store, "one two three four", to=State.DECLINED, mails=False)
    checked(store)
    a_column(store, words_limit=3)
    monkeypatch.setattr(check_again, "SLICE", 2)
    turns = 0
    while turns < 9:
        with store.work() as work:
            if not note_changed_rules(work):
                break
        turns += 1
    assert checked(store) == len(waits)
    assert turns == 3
    for letter, outcome in ((waits[0], Result.NOTE), (declined, Result.PASS)):
        (finding,) = [f for f in desk.now(letter).findings if f.check == "length"]
        assert finding.outcome is outcome
    with store.work() as work:
        assert note_changed_rules(work) is False
    a_column(store, rules=HouseRules(not_chosen_days=20))
    with store.work() as work:
        assert note_changed_rules(work) is False, "no check reads this rule"


def test_the_filter_learns_from_spam_alone_and_only_from_enough(store, desk):
    spam = "Cheap watches discount offer click pills"
    with store.work() as work:
        for n in range(25):
            a_letter(work, spam, to=State.SPIKED, why="spam", email=f"s{n}@example.com")
            a_letter(work, "Wretched liberals", to=State.SPIKED, why="abuse")
            a_letter(work, "Wretched liberals", to=State.DECLINED, why="not_chosen")
        for n in range(174):
            a_letter(work, f"The council bridge vote {n}", to=State.SHORTLISTED)
    assert learn_spam(store) is None, "199 decisions are too few"
    a_letter(store, "The council bridge vote", to=State.SHORTLISTED, mails=False)
    learned = learn_spam(store)
    assert learned is not None
    assert (learned.spam, learned.kept) == (25, 175)
    assert "wretched" not in learned.words
    new = a_letter(store, "A discount offer: cheap watches and pills!", mails=False)
    checked(store)
    (finding,) = [f for f in desk.now(new).findings if f.check == "spam"]
    assert finding.outcome is Result.NOTE
    assert "watches" in finding.evidence
    with store.read() as work:
        assert check_facts.has_learned(work) == (25, 175)
