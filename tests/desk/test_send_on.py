"""A letter is sent on to the reporter: once, without a way to reach its writer."""

from datetime import timedelta

import pytest

from feedback.desk.decide import Wish, decide
from feedback.desk.send_on import send_on, set_byline
from feedback.desk.undo import undo
from feedback.domain.article import Article
from feedback.domain.errors import NotAllowed, Refused, Stale
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision, State
from feedback.store import bylines, letters, mails
from tests.factories import a_letter, an_article, an_editor
from tests.outbox.desk import Pile, a_postman

ANN = an_editor()


@pytest.fixture
def article(store):
    made = an_article(store, "Working Group With Beijing")
    give_address(store, made)
    return made


def give_address(store, article, address="jo@news.example.com", *, every=False):
    with store.work() as work:
        found = work.session.get(Article, article.id)
        known = bylines.of_author(work, found.author)
        version = known.version if known else 0
        set_byline(work, found, address, ANN, version, sends_approved=every)


def send(store, letter, **more):
    with store.work() as work:
        send_on(work, letters.by_ref(work, letter.ref), ANN, None, **more)


def copies(store, letter):
    with store.read() as work:
        return [m.state for m in mails.of_letter(work, letter.id) if m.kind is MailKind.REPORTER]


def leave(store):
    pile = Pile()
    a_postman(store, pile).turn()
    return [ready for ready in pile.taken if ready.kind is MailKind.REPORTER]


def test_the_reporter_gets_the_text_and_no_way_to_the_writer(store, article):
    letter = a_letter(
        store, "A long line of thought. " * 9, article=article, phone="509 555 0100",
        is_withheld=True,
    )  # fmt: skip
    send(store, letter)
    (copy,) = leave(store)
    assert copy.to == "jo@news.example.com"
    raw = copy.raw.decode()
    assert "Name withheld, Spokane, Wash." in raw.replace("=E2=80=94", "—")
    assert "A long line of thought." in raw
    for secret in ("jane@example.com", "Jane", "509 555", "/letters/ey"):
        assert secret not in raw
    with store.read() as work:
        (sent,) = [e for e in letters.history(work, letter.id) if e.kind is EventKind.SENT_ON]
        assert (sent.by_name, sent.facts) == ("Ann Editor", {"author": "Jo Byline"})


def test_once_a_letter_unless_asked_again(store, article):
    letter = a_letter(store, article=article)
    send(store, letter)
    with pytest.raises(Refused, match="has it already"):
        send(store, letter)
    send(store, letter, again=True)
    assert copies(store, letter) == [MailState.WAITING, MailState.WAITING]


def test_a_letter_that_is_declined_still_reaches_the_reporter_a_spiked_one_does_not(store, article):
    declined, spiked = a_letter(store, article=article), a_letter(store, article=article)
    for letter, decision in ((declined, Decision.DECLINE), (spiked, Decision.SPIKE)):
        send(store, letter)
        with store.work() as work:
            decide(work, letters.by_ref(work, letter.ref), Wish(decision), ANN, None)
    leave(store)
    assert copies(store, declined) == [MailState.SENT]
    assert copies(store, spiked) == [MailState.CANCELLED]
    with pytest.raises(Refused):
        send(store, spiked)


def test_by_rule_every_approved_letter_goes_and_undo_holds_it_back(store, article, clock):
    give_address(store, article, every=True)
    letter = a_letter(store, article=article, verified=True)

    def approve():
        with store.work() as work:
            decide(work, letters.by_ref(work, letter.ref), Wish(Decision.APPROVE), ANN, None)

    def take_back():
        with store.work() as work:
            undo(work, letters.by_ref(work, letter.ref), ANN, None)

    approve()
    assert leave(store) == []
    take_back()
    assert copies(store, letter) == [MailState.CANCELLED]
    approve()
    with store.read() as work:
        grace = letters.by_ref(work, letter.ref).column.grace_minutes
    clock.advance(timedelta(minutes=grace))
    assert len(leave(store)) == 1
    take_back()  # that the reporter has read it hinders nobody
    assert copies(store, letter) == [MailState.SENT, MailState.CANCELLED]
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).state is State.RECEIVED
    approve()
    assert copies(store, letter) == [MailState.SENT, MailState.CANCELLED]


def test_an_author_is_known_however_the_name_is_written(store, article):
    other = an_article(store, author="JO  Býline")
    send(store, a_letter(store, article=other))


def test_what_is_refused(store, article):
    nobodys = an_article(store, author="Ann Other")
    for about, why in ((nobodys, "No address"), (an_article(store, author=None), "no author")):
        with pytest.raises(Refused, match=why):
            send(store, a_letter(store, article=about))
    with pytest.raises(Refused, match="Set the article first"):
        send(store, a_letter(store))
    with pytest.raises(Refused, match="email address"):
        give_address(store, article, "jo@")
    with store.work() as work:
        found = work.session.get(Article, article.id)
        with pytest.raises(Stale):
            set_byline(work, found, "x@example.com", ANN, 0, sends_approved=False)
        with pytest.raises(NotAllowed):
            set_byline(
                work, found, "x@example.com", an_editor("reader_editor"), 1, sends_approved=False
            )
    give_address(store, article, "")
    with pytest.raises(Refused, match="No address"):
        send(store, a_letter(store, article=article))
