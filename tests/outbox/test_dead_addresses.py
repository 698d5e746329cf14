"""Addresses that do not exist: noted by the mail server's answer, left alone, lifted again."""

from datetime import timedelta

import pytest

from feedback.desk.send_on import send_on, set_byline
from feedback.domain.dead_address import LAPSES, WHY_NOT
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, NotFound, Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Channel, Letter
from feedback.domain.owed_mail import MailKind, MailState
from feedback.outbox import messages
from feedback.outbox.lift import lift
from feedback.outbox.retry import retry
from feedback.outbox.smtp_answer import is_dead_address
from feedback.outbox.ways import Never
from feedback.store import articles, dead_addresses, letters, mails
from feedback.store.work import Store
from tests.factories import a_letter, an_article, an_editor
from tests.fixtures_database import Clock
from tests.outbox.desk import Pile, a_postman, mail_of

JANE = "jane@example.com"


def refused(store: Store, **more: object) -> Letter:
    """A letter whose receipt the mail server refused: nobody of that address."""
    letter = a_letter(store, email=JANE, **more)
    gone = Never("The mail server says: 550 5.1.1 unknown", is_dead_address=True)
    a_postman(store, Pile(answers=[gone])).turn()
    return letter


def owed(store: Store, letter: Letter, kind: MailKind) -> None:
    with store.work() as work:
        messages.owe_writer(work, letters.by_ref(work, letter.ref), kind)


def turn(store: Store) -> list[str]:
    pile = Pile()
    a_postman(store, pile).turn()
    return [ready.to for ready in pile.taken]


@pytest.mark.parametrize(
    ("code", "words", "to_recipient", "is_dead"),
    [
        (550, "5.1.1 <x@example.com>: Recipient address rejected: User unknown", True, True),
        (550, b"5.1.1 The email account that you tried to reach\n5.1.1 does not exist", True, True),
        (550, "5.1.1 unknown", False, True),
        (553, "5.1.2 no such host", True, True),
        (501, "5.1.3 bad syntax", True, True),
        (556, "5.1.10 Recipient address has null MX", True, True),
        (550, "No such user here", True, True),
        (550, "User john@example.com does not exist", True, True),
        (550, "Requested action not taken: mailbox unavailable", True, False),
        (550, "No such user here", False, False),
        (551, "No such user here", True, False),
        (550, "5.7.1 User unknown, says our policy", True, False),
        (550, "5.1.7 Sender address rejected", True, False),
        (550, "5.1.8 Sender domain does not exist", True, False),
        (550, "Sender address does not exist", True, False),
        (552, "5.2.2 Mailbox full", True, False),
        (550, "5.4.1 Recipient address rejected: Access denied", True, False),
        (450, "4.1.1 unknown for now", True, False),
        (450, "5.1.1 in one of two minds", True, False),
        (550, "", True, False),
        (550, "5.1.1.1 is no status code", True, False),
    ],
)
def test_which_answers_say_that_nobody_is_there(
    code: int, words: str | bytes, to_recipient: bool, is_dead: bool
) -> None:
    assert is_dead_address(code, words, to_recipient=to_recipient) is is_dead


def test_an_answer_of_any_length_is_read_quickly() -> None:
    assert not is_dead_address(550, "user " * 400_000, to_recipient=True)


def test_no_more_mails_go_to_an_address_that_does_not_exist(store: Store) -> None:
    letter = refused(store)
    owed(store, letter, MailKind.ASK)
    later = a_letter(store, email=JANE.upper())
    a_letter(store, email="max@example.com")
    assert turn(store) == ["max@example.com"]
    mail = mail_of(store, later, MailKind.RECEIPT)
    assert mail.state is MailState.SKIPPED
    assert mail.problem.startswith(WHY_NOT)
    assert "Feb. 7" in mail.problem


def test_a_refusal_for_another_reason_stops_nothing_more(store: Store) -> None:
    a_letter(store, email=JANE)
    a_postman(store, Pile(answers=[Never("The mail server says: 550 5.7.1 spam")])).turn()
    a_letter(store, email=JANE)
    assert turn(store) == [JANE]


def test_it_lapses(store: Store, clock: Clock) -> None:
    letter = refused(store)
    clock.advance(LAPSES - timedelta(seconds=1))
    with store.read() as work:
        assert dead_addresses.dead(work, letter.contact.email_key)
    clock.advance(timedelta(seconds=1))
    with store.work() as work:
        assert dead_addresses.dead(work, letter.contact.email_key) is None
        dead_addresses.forget_old(work)
    with store.work() as work:
        assert not dead_addresses.lift(work, letter.contact.email_key), "it was forgotten"


def test_a_letter_by_mail_from_that_address_lifts_it_and_one_by_the_form_does_not(
    store: Store, clock: Clock
) -> None:
    refused(store)
    clock.advance(timedelta(days=1, seconds=1))
    a_letter(store, email=JANE)
    assert turn(store) == []
    a_letter(store, email=JANE, channel=Channel.MAIL)
    assert turn(store) == [JANE]


def test_it_is_noted_anew_when_it_is_refused_again(store: Store, clock: Clock) -> None:
    refused(store)
    clock.advance(timedelta(days=2))
    refused(store, channel=Channel.MAIL)
    clock.advance(timedelta(seconds=1))
    a_letter(store, email=JANE)
    assert turn(store) == []


def test_a_reporters_address_is_left_alone_as_well(store: Store) -> None:
    about = an_article(store)
    letter = a_letter(store, article=about, mails=False)
    with store.work() as work:
        article = articles.by_id(work, about.id)
        set_byline(work, article, "jo@example.com", an_editor(), 0, sends_approved=False)
    with store.work() as work:
        send_on(work, letters.by_ref(work, letter.ref), an_editor(), None)
    a_postman(store, Pile(answers=[Never("550 5.1.1 unknown", is_dead_address=True)])).turn()
    other = a_letter(store, article=about, mails=False)
    with store.work() as work:
        send_on(work, letters.by_ref(work, other.ref), an_editor(), None)
    assert turn(store) == []
    assert mail_of(store, other, MailKind.REPORTER).state is MailState.SKIPPED


def test_whoever_cannot_log_in_is_always_written_to(store: Store) -> None:
    for _ in range(2):
        with store.work() as work:
            messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
        pile = Pile(answers=[Never("550 5.1.1 unknown", is_dead_address=True)])
        a_postman(store, pile).turn()
    with store.read() as work:
        assert [mail.state for mail in mails.newest(work)] == [MailState.FAILED] * 2


def test_an_editor_lifts_it_and_tries_the_mail_again(store: Store) -> None:
    letter = refused(store)
    later = a_letter(store, email=JANE)
    turn(store)
    for one in (letter, later):
        with pytest.raises(Refused, match="are stopped"), store.work() as work:
            mail = mails.of_letter(work, one.id)[0]
            retry(work, mail, letters.by_ref(work, one.ref), an_editor())
    with store.work() as work:
        whole = letters.by_ref(work, later.ref, to_change=True)
        lift(work, mails.of_letter(work, later.id)[0], whole, an_editor())
    with store.read() as work:
        assert letters.history(work, later.id)[-1].kind is EventKind.ADDRESS_LIFTED
    with store.work() as work:
        mail = mails.of_letter(work, later.id)[0]
        retry(work, mail, letters.by_ref(work, later.ref), an_editor())
    assert turn(store) == [JANE]
    with pytest.raises(Refused, match="not stopped"), store.work() as work:
        whole = letters.by_ref(work, later.ref, to_change=True)
        lift(work, mails.of_letter(work, later.id)[0], whole, an_editor())


def test_only_those_who_see_contacts_lift_it(store: Store) -> None:
    letter = refused(store)
    with pytest.raises(NotAllowed), store.work() as work:
        whole = letters.by_ref(work, letter.ref, to_change=True)
        lift(work, mails.of_letter(work, letter.id)[0], whole, an_editor(Role.PUBLISHER))
    with pytest.raises(NotFound), store.work() as work:
        mail = messages.owe_editor(work, "ann@example.com", "Reset", "Open this: …", None)
        lift(work, mail, None, an_editor())
