"""The writer takes the letter back: from wherever it stands before print, for good."""

import pytest

from feedback.domain.actor import ActorKind
from feedback.domain.owed_mail import MailState
from feedback.domain.state import Decision, State
from feedback.store import letters
from feedback.writer.withdraw import withdraw
from tests.desk.desk import CHIEF, ONE_ENGINE, Desk, refused
from tests.factories import a_letter, an_article, an_edition, approved

pytestmark = ONE_ENGINE


def taken_back(desk: Desk, store, letter):
    with store.work() as work:
        withdraw(work, letters.by_ref(work, letter.ref, to_change=True))
    return desk.now(letter)


@pytest.mark.parametrize(
    "state",
    [State.RECEIVED, State.SHORTLISTED, State.APPROVED, State.HELD, State.DECLINED, State.SPIKED],
)
def test_before_print_it_is_gone_for_good(desk: Desk, store, state) -> None:
    letter = a_letter(store, article=an_article(store), verified=True, to=state)
    assert taken_back(desk, store, letter).state is State.WITHDRAWN
    last = desk.history(letter)[-1]
    assert (last.by_kind, last.why) == (ActorKind.WRITER, "Withdrawn by the writer.")
    assert {state for _kind, state in desk.mails(letter)} == {MailState.CANCELLED}
    for decision in Decision:
        if decision is Decision.UNDO:
            refused("move", desk.undo, letter, CHIEF)
        else:
            refused("move", desk.decide, letter, decision, CHIEF, reason="x")


def test_it_leaves_the_edition_that_is_being_made(desk: Desk, store) -> None:
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])])
    after = taken_back(desk, store, letter)
    assert (after.state, after.section_id) == (State.WITHDRAWN, None)


def test_a_second_time_changes_nothing(desk: Desk, store) -> None:
    letter = a_letter(store)
    version = taken_back(desk, store, letter).version
    assert taken_back(desk, store, letter).version == version


@pytest.mark.parametrize("is_killed", [False, True])
def test_what_is_printed_stays(desk: Desk, store, is_killed) -> None:
    letter = approved(store)
    an_edition(store, groups=[(None, [letter])], published=True)
    if is_killed:
        desk.decide(letter, Decision.KILL, CHIEF, reason="a mistake")
    assert "has been printed" in refused("move", taken_back, desk, store, letter).message


def test_withdrawn_for_the_writer_it_can_be_undone_by_the_desk(desk: Desk, store) -> None:
    letter = a_letter(store)
    desk.decide(letter, Decision.WITHDRAW, reason="rang up")
    assert desk.undo(letter).state is State.RECEIVED
    taken_back(desk, store, letter)
    refused("move", desk.undo, letter, CHIEF)
