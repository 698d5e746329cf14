"""Ask for a source: who may, what it shuts, who is told, how it is settled; answers."""

from datetime import timedelta

import pytest

from feedback.desk.claims import ask_source, settle
from feedback.desk.mark_answer import mark_answer
from feedback.domain.claim import ClaimOutcome
from feedback.domain.errors import NotAllowed, Stale
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import Decision, State
from feedback.store import claims, letters
from tests.desk.desk import CHIEF, EDITOR, ONE_ENGINE, READER_EDITOR, refused
from tests.factories import a_letter, approved
from tests.outbox.desk import Pile, a_postman

TEXT = "The bridge cost $3.4 million. We were not asked."
WORDS = "The bridge cost $3.4 million."


def ask(store, letter, quote=WORDS, question="", by=EDITOR, version=None, **more):
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        return ask_source(work, found, quote, question, by, version, **more)


def settled(store, letter, outcome, source="", by=EDITOR, number=None):
    with store.work() as work:
        found = letters.by_ref(work, letter.ref, to_change=True)
        number = number or claims.of_letter(work, letter.id)[0].id
        return settle(work, found, number, outcome, source, by, None)


def test_a_question_shuts_the_gate_until_it_is_settled_and_stays_on_record(store, desk):
    letter = approved(store, TEXT, mails=False)
    assert ask(store, letter, question="Who says so?") is not None
    assert desk.gates(letter)["claims_checked"] is False
    assert desk.mails(letter) == [(MailKind.SOURCE, MailState.WAITING)]
    settled(store, letter, ClaimOutcome.STANDS, "City budget, page 12")
    assert desk.gates(letter)["claims_checked"] is True
    with store.read() as work:
        (claim,) = claims.of_letter(work, letter.id)
    assert (claim.outcome, claim.source, claim.settled_by) == (
        ClaimOutcome.STANDS, "City budget, page 12", "editor",
    )  # fmt: skip
    assert [e.kind for e in desk.history(letter)[-2:]] == [
        EventKind.CLAIM_OPENED,
        EventKind.CLAIM_SETTLED,
    ]


@ONE_ENGINE
def test_what_a_machine_finds_holds_no_gate(store, desk):
    assert desk.gates(approved(store, TEXT, mails=False))["claims_checked"] is True


@ONE_ENGINE
def test_only_words_of_the_letter_once_each_by_who_may(store):
    letter = a_letter(store, TEXT, verified=True, mails=False)
    for quote in ("", "The bridge was free.", "x" * 501):
        refused("fields", ask, store, letter, quote)
    ask(store, letter, "The  bridge\ncost $3.4 million.", by=READER_EDITOR)
    refused("fields", ask, store, letter)
    refused("fields", settled, store, letter, ClaimOutcome.STANDS)
    with pytest.raises(NotAllowed):
        settled(store, letter, ClaimOutcome.DROPPED, by=READER_EDITOR)
    settled(store, letter, ClaimOutcome.DROPPED)
    refused("move", settled, store, letter, ClaimOutcome.DROPPED)
    with pytest.raises(Stale):
        ask(store, letter, "We were not asked.", version=1)
    gone = a_letter(store, TEXT, to=State.DECLINED, mails=False)
    refused("move", ask, store, gone)


@ONE_ENGINE
def test_only_a_writer_who_confirmed_the_letter_is_written_to_once_and_not_in_vain(
    store, desk, clock
):
    unknown = a_letter(store, TEXT, mails=False)
    assert ask(store, unknown) is None
    letter = a_letter(store, TEXT, verified=True, mails=False)
    assert ask(store, letter, by=READER_EDITOR) is None
    settled(store, letter, ClaimOutcome.MENDED)
    assert ask(store, letter, tells=False) is None
    assert ask(store, letter, "We were not asked.") is not None
    settled(store, letter, ClaimOutcome.DROPPED)
    settled(store, letter, ClaimOutcome.DROPPED)
    clock.advance(timedelta(hours=1))
    pile = Pile()
    a_postman(store, pile).turn()
    assert [ready.kind for ready in pile.taken] == [], "all was settled within the grace time"
    assert desk.mails(letter) == [(MailKind.SOURCE, MailState.CANCELLED)]


@ONE_ENGINE
def test_a_gate_that_a_chief_passed_counts_again_with_the_next_question(store, desk):
    letter = a_letter(store, TEXT, verified=True, mails=False)
    ask(store, letter)
    desk.decide(letter, Decision.SHORTLIST, CHIEF, override="We know it.")
    assert "claims_checked" in (desk.now(letter).overrides or {})
    ask(store, letter, "We were not asked.")
    assert "claims_checked" not in (desk.now(letter).overrides or {})


@ONE_ENGINE
def test_an_answer_to_criticism_is_marked_and_logged_once(store, desk):
    letter = a_letter(store, TEXT, mails=False)
    for answer in (True, True, False):
        with store.work() as work:
            found = letters.by_ref(work, letter.ref, to_change=True)
            mark_answer(work, found, EDITOR, None, answer=answer)
            assert found.is_answer is answer
    marks = [e.facts for e in desk.history(letter) if e.kind is EventKind.ANSWER_MARKED]
    assert marks == [{"answer": True}, {"answer": False}]
