"""Letters that were sent before, and those that many people send alike."""

import random
from datetime import timedelta

import pytest

from feedback.desk.batch import undo_batch
from feedback.desk.campaigns import belong, decide_about
from feedback.desk.decide import Wish
from feedback.domain.campaign import Membership
from feedback.domain.editor import Role
from feedback.domain.finding import Result
from feedback.domain.letter_record import letter_record
from feedback.domain.state import Decision, State
from feedback.intake.compare import compare_new
from feedback.intake.recheck import recheck_new
from feedback.store import batches, campaigns, letters
from feedback.store.letter_filter import LetterFilter
from tests.factories import a_letter
from tests.factories.account import an_editor
from tests.reading.form_letters import a_copy, a_text, written

EDITOR = an_editor(Role.EDITOR)


@pytest.fixture
def mailbag(store, clock):
    """Five copies of a form letter by five people, and two honest letters; all compared."""
    chance = random.Random(11)
    form = a_text(chance)
    refs = []
    for n in range(5):
        name, email = f"Sender {n}", f"sender{n}@example.com"
        text = written(a_copy(chance, form))
        refs.append(a_letter(store, text, name=name, email=email).ref)
        clock.advance(timedelta(minutes=1))
    for n in range(2):
        a_letter(store, written(a_text(chance)), name=f"Honest {n}", email=f"h{n}@example.com")
    compare(store)
    return refs


def compare(store):
    with store.work() as work:
        recheck_new(work)
    while True:
        with store.work() as work:
            if not compare_new(work, 3):
                return


def found(store, ref):
    with store.read() as work:
        letter = letters.by_ref(work, ref)
        return letter, {one.check: one for one in letter.findings}


def test_copies_of_one_text_by_several_people_are_a_campaign(mailbag, store):
    every = [found(store, ref)[0] for ref in mailbag]
    (number,) = {letter.campaign_id for letter in every}
    assert {letter.membership for letter in every} == {Membership.SUGGESTED}
    assert {letter.version for letter in every} == {1}
    with store.read() as work:
        campaign = campaigns.by_id(work, number)
        assert (campaign.letter_count, campaign.lead_id) == (5, every[0].id)
        page = letters.page(work, LetterFilter(campaign_id=number))
        assert {letter.ref for letter in page.rows} == set(mailbag)
        assert letter_record(letters.by_ref(work, mailbag[1]))["campaign"] == number
    finding = found(store, mailbag[1])[1]["campaign"]
    assert finding.outcome is Result.NOTE
    assert mailbag[0] in finding.says


def test_what_was_set_apart_is_never_suggested_again(mailbag, store):
    letter, _ = found(store, mailbag[2])
    with store.work() as work:
        campaign = campaigns.by_id(work, letter.campaign_id, to_change=True)
        assert belong(work, campaign, [letter], Membership.APART, EDITOR) == 1
        assert campaign.letter_count == 4
    with store.read() as work:
        assert letter_record(letters.by_ref(work, letter.ref))["campaign"] is None
    again = a_letter(store, letter.original.remarks, name="Other", email="other@example.com")
    compare(store)
    assert found(store, mailbag[2])[0].membership is Membership.APART
    assert found(store, again.ref)[1]["same_text"].outcome is Result.NOTE


def test_a_whole_campaign_is_decided_about_and_comes_back_with_one_undo(mailbag, store):
    number = found(store, mailbag[0])[0].campaign_id
    with store.work() as work:
        wish = Wish(Decision.DECLINE, reason="not_chosen")
        done = decide_about(work, campaigns.by_id(work, number), wish, EDITOR)
        batch = done.batch.id
    assert {found(store, ref)[0].state for ref in mailbag} == {State.DECLINED}
    with store.work() as work:
        assert len(undo_batch(work, batches.by_id(work, batch), EDITOR).done) == 5
    assert {found(store, ref)[0].state for ref in mailbag} == {State.RECEIVED}


def test_the_same_text_by_the_same_person_is_no_campaign(store):
    text = written(a_text(random.Random(2)))
    first = a_letter(store, text)
    again = a_letter(store, text.replace(". ", ".\n\n"))
    compare(store)
    letter, findings = found(store, again.ref)
    assert letter.campaign_id is None
    assert "The same writer" in findings["same_text"].says
    assert first.ref in findings["same_text"].says
    assert findings["campaign"].outcome is Result.PASS


def test_many_at_once_are_an_alarm(store):
    chance = random.Random(4)
    form = a_text(chance)
    for n in range(campaigns.BURST):
        a_letter(store, written(a_copy(chance, form)), name=f"S {n}", email=f"s{n}@example.com")
    compare(store)
    with store.read() as work:
        (campaign,) = campaigns.in_burst(work)
        assert campaign.letter_count == campaigns.BURST
