"""What leaves, what does not, and what becomes of what was put off or cut off."""

from datetime import timedelta

import pytest

from feedback.domain.column import VerificationPolicy
from feedback.domain.errors import Refused
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision, State
from feedback.outbox import messages, prepare
from feedback.outbox.send import PAUSES, TRY_AGAIN
from feedback.outbox.ways import CutOff, Never, NobodyThere, NotNow
from feedback.store import letters, mails
from feedback.store.mails import LEASE
from feedback.store.work import Store
from feedback.writer import verify, withdraw
from tests.factories import a_column, a_letter, an_article, an_edition, approved
from tests.fixtures_database import Clock
from tests.outbox.desk import LETTERHEAD, Pile, a_postman, decided, mail_of, states


class Moment:
    """Seconds since some start, set by the test."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_receipt_leaves_at_once_and_is_noted(store: Store, clock: Clock) -> None:
    letter = a_letter(store, email="jane@example.com")
    pile = Pile()
    assert a_postman(store, pile).turn() == 1
    (ready,) = pile.taken
    assert (ready.to, ready.kind, ready.sender) == (
        "jane@example.com", MailKind.RECEIPT, "letters@example.com",
    )  # fmt: skip
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, clock.now, 1)
    assert mail.lease_until is None
    assert mail.text is None, "the words hold secret links: they are composed, never kept"
    assert a_postman(store, pile).turn() == 0


def test_one_receipt_an_address_a_day(store: Store, clock: Clock) -> None:
    for email in ("jane@example.com", "JANE@example.com", "max@example.com"):
        a_letter(store, email=email)
    pile = Pile()
    a_postman(store, pile).turn()
    assert sorted(ready.to.lower() for ready in pile.taken) == [
        "jane@example.com",
        "max@example.com",
    ]
    assert sorted(states(store)[MailKind.RECEIPT]) == [
        MailState.SENT,
        MailState.SENT,
        MailState.SKIPPED,
    ]
    clock.advance(timedelta(hours=24, seconds=1))
    a_letter(store, email="jane@example.com")
    a_postman(store, pile).turn()
    assert len(pile.taken) == 3


def test_a_receipt_that_waits_for_another_try_counts_as_well(store: Store) -> None:
    a_letter(store)
    a_letter(store)
    pile = Pile(answers=[NotNow("451 later")])
    a_postman(store, pile).turn()
    assert pile.taken == []
    assert sorted(states(store)[MailKind.RECEIPT]) == [MailState.SKIPPED, MailState.WAITING]


def test_no_more_receipts_than_a_cap_an_hour(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "RECEIPTS_AN_HOUR", 3)
    for number in range(5):
        a_letter(store, email=f"reader{number}@example.com")
    pile = Pile()
    a_postman(store, pile).turn()
    assert len(pile.taken) == 3
    assert states(store)[MailKind.RECEIPT].count(MailState.SKIPPED) == 2
    clock.advance(timedelta(hours=1, seconds=1))
    a_letter(store, email="later@example.com")
    a_postman(store, pile).turn()
    assert len(pile.taken) == 4


def test_many_that_do_not_leave_hold_up_none(store: Store) -> None:
    for _ in range(prepare.LOOKED_AT + 3):
        a_letter(store, email="jane@example.com")
    a_letter(store, email="max@example.com")
    pile = Pile()
    a_postman(store, pile).turn()
    assert [ready.to for ready in pile.taken] == ["jane@example.com", "max@example.com"]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [(Decision.SPIKE, None), (Decision.DECLINE, "not_chosen"), (Decision.WITHDRAW, "By phone.")],
)
def test_nothing_more_leaves_about_a_letter_that_is_over(
    store: Store, decision: Decision, reason: str | None
) -> None:
    letter = a_letter(store)
    decided(store, letter, decision, reason=reason)
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []
    assert states(store)[MailKind.RECEIPT] == [MailState.CANCELLED]


def test_a_withdrawal_by_the_writer_stops_what_waits(store: Store) -> None:
    letter = a_letter(store)
    with store.work() as work:
        withdraw.withdraw(work, letters.by_ref(work, letter.ref))
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []


def test_a_decline_leaves_after_the_grace_delay(store: Store, clock: Clock) -> None:
    letter = a_letter(store, mails=False)
    decided(store, letter, Decision.DECLINE, tell="mail")
    pile = Pile()
    a_postman(store, pile).turn()
    clock.advance(timedelta(minutes=9, seconds=59))
    a_postman(store, pile).turn()
    assert pile.taken == []
    clock.advance(timedelta(seconds=1))
    a_postman(store, pile).turn()
    assert [ready.kind for ready in pile.taken] == [MailKind.DECLINED]


def test_undo_within_the_grace_delay_undoes_the_mail(store: Store, clock: Clock) -> None:
    letter = a_letter(store, mails=False)
    decided(store, letter, Decision.DECLINE, tell="mail")
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        event = letters.history(work, letter.id)[-1]
        for mail in mails.of_letter(work, letter.id):
            mail.state = MailState.CANCELLED
        found.take_back(event, event.by, work.now)
    clock.advance(timedelta(hours=1))
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []


def test_a_letter_that_was_restored_gets_no_decline(store: Store, clock: Clock) -> None:
    letter = a_letter(store, mails=False)
    decided(store, letter, Decision.DECLINE, tell="mail")
    decided(store, letter, Decision.RESTORE)
    clock.advance(timedelta(hours=1))
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []
    assert states(store)[MailKind.DECLINED] == [MailState.CANCELLED]


def test_a_letter_that_was_taken_down_is_not_announced(store: Store, clock: Clock) -> None:
    letter = approved(store, mails=False)
    an_edition(store, groups=[(None, [letter])], published=True)
    decided(store, letter, Decision.KILL, reason="A mistake.")
    clock.advance(timedelta(hours=1))
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []


def test_a_question_that_was_answered_meanwhile_is_not_asked(store: Store) -> None:
    letter = a_letter(store, article=an_article(store), mails=False)
    decided(store, letter, Decision.APPROVE, when_ready=True)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        verify.answer(work, found, wrote_it=True)
        found.move(State.APPROVED, found.wanted_actor, work.now)
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []


def test_who_sends_is_the_column_then_the_setting_then_the_address(store: Store) -> None:
    column = a_column(store, sender="", address="letters@paper.example", name="We Hear You")
    box = prepare.sender_of(column, None)
    assert (box.name, box.address) == ("We Hear You", "letters@paper.example")
    assert prepare.sender_of(column, "Desk <desk@paper.example>").address == "desk@paper.example"
    column.sender = "Letters <out@paper.example>"
    box = prepare.sender_of(column, "Desk <desk@paper.example>")
    assert (box.name, box.address) == ("Letters", "out@paper.example")


def test_oldest_first(store: Store, clock: Clock) -> None:
    for number in range(3):
        a_letter(store, email=f"reader{number}@example.com")
        clock.advance(timedelta(seconds=1))
    pile = Pile()
    a_postman(store, pile).turn()
    assert [ready.to[:7] for ready in pile.taken] == ["reader0", "reader1", "reader2"]


def test_what_is_put_off_waits_longer_each_time_then_fails(store: Store, clock: Clock) -> None:
    began = clock.now
    letter = a_letter(store)
    for tries, pause in enumerate(TRY_AGAIN, start=1):
        a_postman(store, Pile(answers=[NotNow("The mail server says: 451 later")])).turn()
        mail = mail_of(store, letter, MailKind.RECEIPT)
        assert (mail.state, mail.attempts) == (MailState.WAITING, tries)
        assert mail.due_at - clock.now == pause
        assert mail.lease_until is None
        clock.now = mail.due_at
    assert timedelta(hours=46) < clock.now - began < timedelta(hours=52)
    a_postman(store, Pile(answers=[NotNow("The mail server says: 451 later")])).turn()
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert mail.state is MailState.FAILED
    assert mail.problem == "Given up after two days. The mail server says: 451 later"


def test_a_refusal_is_for_good_and_holds_up_nobody(store: Store) -> None:
    bad = a_letter(store, email="gone@example.com")
    good = a_letter(store, email="jane@example.com")
    pile = Pile(answers=[Never("The mail server says: 550 no such user")])
    a_postman(store, pile).turn()
    assert mail_of(store, bad, MailKind.RECEIPT).state is MailState.FAILED
    assert mail_of(store, bad, MailKind.RECEIPT).problem.endswith("no such user")
    assert mail_of(store, good, MailKind.RECEIPT).state is MailState.SENT


def test_an_address_that_cannot_be_written_holds_up_nobody(store: Store) -> None:
    bad = a_letter(store, email="zoë@example.com")
    good = a_letter(store, email="jane@example.com")
    pile = Pile()
    a_postman(store, pile).turn()
    assert mail_of(store, bad, MailKind.RECEIPT).state is MailState.FAILED
    assert mail_of(store, good, MailKind.RECEIPT).state is MailState.SENT


def test_while_nobody_is_there_everything_waits_and_no_try_is_counted(store: Store) -> None:
    letter = a_letter(store)
    moment = Moment()
    pile = Pile(answers=[NobodyThere("The mail server did not answer within 30 seconds.")])
    postman = a_postman(store, pile, since_start=moment)
    assert postman.turn() == 0
    mail = mail_of(store, letter, MailKind.RECEIPT)
    assert (mail.state, mail.attempts, mail.lease_until) == (MailState.WAITING, 0, None)
    assert mail.problem == "The mail server did not answer within 30 seconds."
    moment.now = PAUSES[0] - 0.1
    assert postman.turn() == 0, "it pauses"
    moment.now = PAUSES[0] + 0.1
    assert postman.turn() == 1
    assert mail_of(store, letter, MailKind.RECEIPT).problem == ""


def test_connections_that_end_one_after_the_other_are_the_servers_trouble(store: Store) -> None:
    for number in range(5):
        a_letter(store, email=f"reader{number}@example.com")
    pile = Pile(answers=[CutOff("closed") for _ in range(3)])
    a_postman(store, pile).turn()
    assert pile.taken == []
    with store.read() as work:
        tried = [mail.attempts for mail in mails.newest(work)]
    assert sorted(tried) == [0, 0, 1, 1, 1]


def test_a_worker_that_dies_in_between_sends_again_under_the_same_message_id(
    store: Store, clock: Clock
) -> None:
    letter = a_letter(store)
    with store.work() as work:  # claimed, written, then the process was killed
        claimed = prepare.next_due(work, LETTERHEAD)
    assert claimed is not None
    first = claimed.write()
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == [], "the lease holds"
    clock.advance(LEASE + timedelta(seconds=1))
    a_postman(store, pile).turn()
    (again,) = pile.taken
    known = mail_of(store, letter, MailKind.RECEIPT).message_id
    assert known is not None
    assert f"Message-ID: {known}\r\n".encode() in first.raw
    assert f"Message-ID: {known}\r\n".encode() in again.raw
    assert again.to == first.to


def test_a_mail_that_may_have_left_cannot_be_undone(store: Store, clock: Clock) -> None:
    from feedback.desk.undo import undo
    from tests.factories import an_editor

    letter = a_letter(store, mails=False)
    decided(store, letter, Decision.DECLINE, tell="mail")
    clock.advance(timedelta(minutes=10))
    a_postman(store, Pile(answers=[NotNow("silence", may_have_left=True)])).turn()
    with pytest.raises(Refused, match="Its mail has gone"), store.work() as work:
        undo(work, letters.by_ref(work, letter.ref), an_editor(), None)


def test_a_letter_without_an_address_any_more_gets_nothing(store: Store) -> None:
    letter = a_letter(store)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        found.contact.email = found.contact.email_key = None
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []
    assert states(store)[MailKind.RECEIPT] == [MailState.SKIPPED]


def test_the_words_of_an_account_mail_go_once_it_has_left_the_house(store: Store) -> None:
    """They hold a link that opens an account; the built-in outbox is where it is read."""
    for keeps, left in ((True, "Open this: …"), (False, None)):
        with store.work() as work:
            mail = messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
        a_postman(store, Pile(keeps_words=keeps)).turn()
        with store.read() as work:
            found = mails.newest(work)[0]
        assert (found.id, found.state, found.text) == (mail.id, MailState.SENT, left)


def test_a_confirmed_letter_is_not_asked_to_confirm(store: Store) -> None:
    a_column(store, verification_policy=VerificationPolicy.LINK)
    a_letter(store, verified=True)
    pile = Pile()
    a_postman(store, pile).turn()
    assert b"/verify/" not in pile.taken[0].raw
    assert b"/letters/" in pile.taken[0].raw
