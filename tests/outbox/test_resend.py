"""A mail is sent again: as one of its own, where it is still true, and not too often."""

from datetime import timedelta

import pytest

from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, NotFound, Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import Decision
from feedback.outbox import messages
from feedback.outbox.resend import MOST_A_DAY, resend
from feedback.outbox.ways import Never
from feedback.store import letters, mails
from feedback.store.work import Store
from tests.factories import a_letter, an_editor
from tests.fixtures_database import Clock
from tests.outbox.desk import Pile, a_postman, decided, mail_of

JANE = "jane@example.com"


def sent(store: Store, **more: object) -> Letter:
    letter = a_letter(store, email=JANE, **more)
    a_postman(store, Pile()).turn()
    return letter


def once_more(
    store: Store, letter: Letter, kind: MailKind = MailKind.RECEIPT, role: Role = Role.EDITOR
) -> OwedMail:
    """The first mail of that kind, sent again."""
    with store.work() as work:
        whole = letters.by_ref(work, letter.ref, to_change=True)
        first = [m for m in mails.of_letter(work, letter.id) if m.kind is kind][-1]
        return resend(work, first, whole, an_editor(role))


def test_it_leaves_as_a_mail_of_its_own_that_names_the_first(store: Store) -> None:
    letter = sent(store)
    first = mail_of(store, letter, MailKind.RECEIPT)
    again = once_more(store, letter)
    assert again.repeats_id == first.id
    pile = Pile()
    a_postman(store, pile).turn()
    assert [ready.to for ready in pile.taken] == [JANE]
    again = mail_of(store, letter, MailKind.RECEIPT)
    assert again.state is MailState.SENT
    assert again.message_id != first.message_id
    with store.read() as work:
        last = letters.history(work, letter.id)[-1]
    assert (last.kind, last.by_name) == (EventKind.SENT_AGAIN, an_editor().name)


def test_only_so_often_a_day(store: Store, clock: Clock) -> None:
    letter = sent(store)
    for _ in range(MOST_A_DAY):
        once_more(store, letter)
    with pytest.raises(Refused, match="3 times within a day"):
        once_more(store, letter)
    a_postman(store, Pile()).turn()
    with pytest.raises(Refused, match="3 times within a day"):
        once_more(store, letter)
    clock.advance(timedelta(hours=24))
    assert once_more(store, letter).state is MailState.WAITING


def test_nor_more_often_to_one_address_by_many_letters(store: Store, clock: Clock) -> None:
    found = []
    for _ in range(2):
        found.append(sent(store))
        clock.advance(timedelta(days=2))
    for letter in (*found, found[0]):
        once_more(store, letter)
    with pytest.raises(Refused, match="within a day"):
        once_more(store, found[1])


def test_not_where_what_it_says_is_no_longer_so(store: Store, clock: Clock) -> None:
    letter = sent(store)
    decided(store, letter, Decision.DECLINE, tell="mail")
    with pytest.raises(Refused, match="no longer so"):
        once_more(store, letter)
    clock.advance(timedelta(hours=1))
    a_postman(store, Pile()).turn()
    once_more(store, letter, MailKind.DECLINED)
    decided(store, letter, Decision.RESTORE)
    pile = Pile()
    a_postman(store, pile).turn()
    assert pile.taken == []


def test_not_before_it_was_sent_and_not_to_a_dead_address(store: Store) -> None:
    letter = a_letter(store, email=JANE)
    with pytest.raises(Refused, match="not sent yet"):
        once_more(store, letter)
    a_postman(store, Pile()).turn()
    once_more(store, letter)
    a_postman(store, Pile(answers=[Never("550 5.1.1 gone", is_dead_address=True)])).turn()
    with pytest.raises(Refused, match="are stopped"):
        once_more(store, letter)


def test_who_may(store: Store) -> None:
    letter = sent(store)
    for role in (Role.READER_EDITOR, Role.PUBLISHER):
        with pytest.raises(NotAllowed):
            once_more(store, letter, role=role)
    with pytest.raises(NotFound), store.work() as work:
        mail = messages.owe_editor(work, "ann@example.com", "Reset", "…", None)
        resend(work, mail, None, an_editor(Role.CHIEF))


def test_a_letter_without_an_address_any_more(store: Store) -> None:
    letter = sent(store)
    with store.work() as work:
        found = letters.by_ref(work, letter.ref)
        found.contact.email = found.contact.email_key = None
    with pytest.raises(Refused, match="no address"):
        once_more(store, letter)
