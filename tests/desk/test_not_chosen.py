"""Old post is cleared by a rule of the house, in one list with one Undo."""

from datetime import timedelta

import pytest

from feedback.desk.batch import undo_batch
from feedback.desk.not_chosen import choose_no_more
from feedback.domain.editor import Role
from feedback.domain.letter import Channel
from feedback.domain.owed_mail import MailState
from feedback.domain.state import State
from feedback.store import batches, columns, letters, mails
from tests.factories import a_letter, an_edition, approved
from tests.factories.account import an_editor
from tests.factories.letter import ANN

DAY = timedelta(days=1)
EDITOR = an_editor(Role.EDITOR)


@pytest.fixture
def appear(store, clock):
    """`appear()`: an edition is published, a day later."""

    def publish() -> None:
        clock.advance(DAY)
        an_edition(store, groups=[(None, [approved(store)])], published=True)

    return publish


def sweep(store):
    with store.work() as work:
        batch = choose_no_more(work, columns.first(work))
        return batch.id if batch else None


def state(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref).state


def test_a_letter_nobody_decided_about_is_not_chosen_after_two_weeks_and_two_editions(
    store, clock, appear
):
    letter = a_letter(store)
    appear()
    appear()
    clock.advance(12 * DAY - timedelta(seconds=1))
    assert sweep(store) is None
    clock.advance(timedelta(seconds=1))
    batch = sweep(store)
    assert state(store, letter) is State.DECLINED
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).state_reason == "not_chosen"
        waiting = [m for m in mails.of_letter(work, letter.id) if m.state is MailState.WAITING]
        assert [mail.kind.value for mail in waiting] in ([], ["receipt"])
    with store.work() as work:
        done = undo_batch(work, batches.by_id(work, batch), EDITOR)
        assert [one.ref for one in done.done] == [letter.ref]
    assert state(store, letter) is State.RECEIVED
    assert sweep(store) is None  # an editor has looked


def test_one_edition_is_not_enough(store, clock, appear):
    a_letter(store)
    appear()
    clock.advance(30 * DAY)
    assert sweep(store) is None


def test_archives_and_letters_somebody_decided_about_wait_for_people(store, clock, appear):
    old = a_letter(store, channel=Channel.IMPORT)
    held = a_letter(store, to=State.HELD)
    restored = a_letter(store, to=State.SHORTLISTED)
    with store.work() as work:
        letters.by_ref(work, restored.ref, to_change=True).move(State.RECEIVED, ANN, work.now)
    appear()
    appear()
    clock.advance(30 * DAY)
    assert sweep(store) is None
    assert (state(store, old), state(store, held)) == (State.RECEIVED, State.HELD)
    assert state(store, restored) is State.RECEIVED


def test_what_came_to_this_desk_lately_is_young_whatever_its_date(store, clock, appear):
    appear()
    appear()
    letter = a_letter(store, received_at=clock.now - 400 * DAY)
    assert sweep(store) is None
    assert state(store, letter) is State.RECEIVED


def test_a_house_can_let_letters_wait_for_ever(store, clock, appear):
    a_letter(store)
    appear()
    appear()
    clock.advance(90 * DAY)
    with store.work() as work:
        column = columns.first(work)
        column.rules = column.rules.but(not_chosen_days=0)
    assert sweep(store) is None
