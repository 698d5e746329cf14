"""What is no letter goes to the desk whose post it is; its writer is told; Undo calls both off."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from feedback.desk.route_on import route_on
from feedback.desk.undo import undo
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Refused, Stale
from feedback.domain.event import EventKind
from feedback.domain.house_rules import HouseRules
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.sender_auth import SenderAuth
from feedback.domain.state import Decision, State
from feedback.store import columns, letters, mails
from tests.factories import a_letter, an_editor
from tests.outbox.desk import Pile, a_postman, decided

ANN = an_editor()
TEXT = "My paper has not come since Monday.\n\nPlease help."


@pytest.fixture(autouse=True)
def _desks(store):
    with store.work() as work:
        rules = HouseRules(desks={"subscription": "help@news.example.com"})
        columns.first(work).rules = rules


def hand_on(store, letter, to="subscription", by=ANN, version=None):
    with store.work() as work:
        return route_on(work, letters.by_ref(work, letter.ref, to_change=True), to, by, version)


def leave(store, clock):
    clock.advance(timedelta(minutes=11))
    pile = Pile()
    a_postman(store, pile).turn()
    return {
        ready.kind: message_from_bytes(ready.raw, policy=policy.default) for ready in pile.taken
    }


def states(store, letter):
    with store.read() as work:
        return {mail.kind: mail.state for mail in mails.of_letter(work, letter.id)}


def test_the_colleague_can_answer_the_writer_who_is_told(store, clock):
    letter = a_letter(store, TEXT, email="jane@example.com", phone="509 555 0100", mails=False)
    hand_on(store, letter)
    with store.read() as work:
        found = letters.by_ref(work, letter.ref)
        kinds = [event.kind for event in letters.history(work, letter.id)]
    assert (found.state, found.state_reason) == (State.DECLINED, "routed_on")
    assert kinds[-2:] == [EventKind.CONTACT_SEEN, EventKind.MOVED]
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []  # not before the grace delay is over
    sent = leave(store, clock)
    to_colleague, to_writer = sent[MailKind.COLLEAGUE], sent[MailKind.ROUTED_ON]
    assert to_colleague["To"] == "help@news.example.com"
    assert to_colleague["Reply-To"] == "jane@example.com"
    body = to_colleague.get_body(("plain",)).get_content()
    assert "My paper has not come since Monday." in body
    assert "509 555 0100" not in str(to_colleague)
    assert to_writer["To"] == "jane@example.com"
    assert to_writer["Reply-To"] != "jane@example.com"
    assert "My paper" not in str(to_writer)
    assert "help@news" not in str(to_writer)


def test_undo_calls_both_mails_off_until_they_have_left(store, clock):
    letter = a_letter(store, TEXT)
    hand_on(store, letter)
    assert states(store, letter)[MailKind.RECEIPT] is MailState.CANCELLED
    with store.work() as work:
        undo(work, letters.by_ref(work, letter.ref, to_change=True), ANN, None)
    assert states(store, letter) == {
        MailKind.RECEIPT: MailState.WAITING,
        MailKind.COLLEAGUE: MailState.CANCELLED,
        MailKind.ROUTED_ON: MailState.CANCELLED,
    }
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).state is State.RECEIVED
    hand_on(store, letter)
    assert set(leave(store, clock)) == {MailKind.COLLEAGUE, MailKind.ROUTED_ON}
    with store.work() as work, pytest.raises(Refused, match="Its mail has gone"):
        undo(work, letters.by_ref(work, letter.ref, to_change=True), ANN, None)


def test_a_letter_that_is_restored_meanwhile_goes_nowhere(store, clock):
    letter = a_letter(store, TEXT, mails=False)
    hand_on(store, letter)
    decided(store, letter, Decision.RESTORE)
    assert leave(store, clock) == {}


@pytest.mark.parametrize(
    ("to", "says"),
    [("news_tip", "has no address yet"), ("sports", "Choose a desk"), ("", "Choose a desk")],
)
def test_a_desk_that_is_unknown_or_has_no_address_is_refused(store, to, says):
    letter = a_letter(store)
    with pytest.raises(Refused, match=says):
        hand_on(store, letter, to)
    assert set(states(store, letter)) == {MailKind.RECEIPT}


def test_who_may_not_decide_and_what_is_decided(store):
    letter = a_letter(store)
    for role in (Role.READER_EDITOR, Role.PUBLISHER):
        with pytest.raises(NotAllowed):
            hand_on(store, letter, by=an_editor(role))
    with pytest.raises(Stale):
        hand_on(store, letter, version=99)
    hand_on(store, letter)
    with pytest.raises(Refused):
        hand_on(store, letter)


def test_without_an_address_the_colleague_answers_the_desk(store, clock):
    letter = a_letter(store, TEXT, email=None)
    hand_on(store, letter)
    sent = leave(store, clock)
    assert set(sent) == {MailKind.COLLEAGUE}
    assert "letters@example.com" in sent[MailKind.COLLEAGUE]["Reply-To"]
    assert "gave no email address" in str(sent[MailKind.COLLEAGUE])


def test_where_dmarc_failed_the_colleague_is_warned_and_nobody_else_is_told(store, clock):
    letter = a_letter(store, TEXT, auth=SenderAuth(dmarc="fail"))
    hand_on(store, letter)
    sent = leave(store, clock)
    assert set(sent) == {MailKind.COLLEAGUE}
    assert "may not come from the address" in str(sent[MailKind.COLLEAGUE])
    assert states(store, letter)[MailKind.ROUTED_ON] is MailState.SKIPPED
