"""Many letters at once: who may, how many, what stays, what an Undo takes back."""

import pytest

from feedback.desk import batch
from feedback.desk.batch import decide_all, undo_batch
from feedback.desk.decide import Wish, decide
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Refused
from feedback.domain.state import Decision, State
from feedback.store import batches, letters
from tests.factories import a_letter
from tests.factories.account import an_editor

EDITOR, READER = an_editor(Role.EDITOR), an_editor(Role.READER_EDITOR)
NOT_CHOSEN = Wish(Decision.DECLINE, reason="not_chosen")


def states(store, *refs):
    with store.read() as work:
        return [letters.by_ref(work, ref).state for ref in refs]


def decided(store, wish, by, *refs):
    with store.work() as work:
        done = decide_all(work, batches.to_change(work, refs), wish, by)
        return done, done.batch.id if done.batch else None


def test_letters_that_may_not_go_there_stay_and_are_named(store):
    one, gone = a_letter(store).ref, a_letter(store, to=State.SPIKED).ref
    done, number = decided(store, NOT_CHOSEN, EDITOR, one, gone)
    assert [letter.ref for letter in done.done] == [one]
    assert [letter.ref for letter, _why in done.left] == [gone]
    assert states(store, one, gone) == [State.DECLINED, State.SPIKED]
    assert number is not None


def test_what_has_moved_on_stays_when_a_batch_is_undone(store):
    refs = [a_letter(store).ref for _ in range(3)]
    _done, number = decided(store, NOT_CHOSEN, EDITOR, *refs)
    with store.work() as work:
        again = letters.by_ref(work, refs[0], to_change=True)
        decide(work, again, Wish(Decision.RESTORE), EDITOR, None)
        decide(work, again, Wish(Decision.SHORTLIST), EDITOR, None)
    with store.work() as work:
        done = undo_batch(work, batches.by_id(work, number), EDITOR)
        assert [letter.ref for letter, _why in done.left] == [refs[0]]
    assert states(store, *refs) == [State.SHORTLISTED, State.RECEIVED, State.RECEIVED]
    with store.work() as work, pytest.raises(Refused):
        undo_batch(work, batches.by_id(work, number), EDITOR)


def test_only_who_may_decide_decides_about_many(store):
    ref = a_letter(store).ref
    with store.work() as work, pytest.raises(NotAllowed):
        decide_all(work, batches.to_change(work, [ref]), NOT_CHOSEN, READER)
    _done, number = decided(store, Wish(Decision.SHORTLIST), READER, ref)
    assert states(store, ref) == [State.SHORTLISTED]
    with store.work() as work:
        undo_batch(work, batches.by_id(work, number), READER)


@pytest.mark.parametrize("decision", [Decision.APPROVE, Decision.WITHDRAW, Decision.KILL])
def test_what_wants_a_look_at_each_letter_is_not_done_for_many(store, decision):
    ref = a_letter(store).ref
    with store.work() as work, pytest.raises(Refused):
        decide_all(work, batches.to_change(work, [ref]), Wish(decision, reason="all"), EDITOR)


def test_a_batch_has_an_end(store, monkeypatch):
    monkeypatch.setattr(batch, "MOST", 2)
    refs = [a_letter(store).ref for _ in range(3)]
    with store.work() as work, pytest.raises(Refused):
        decide_all(work, batches.to_change(work, refs), NOT_CHOSEN, EDITOR)
    assert set(states(store, *refs)) == {State.RECEIVED}
