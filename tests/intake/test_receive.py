"""One door: what a letter is once it is in, and what a robot's letter is."""

from datetime import UTC, date, datetime

import pytest

from feedback.domain.actor import MACHINE, ActorKind
from feedback.domain.column import PlaceRule
from feedback.domain.editor import Role
from feedback.domain.event import EventKind
from feedback.domain.finding import Result
from feedback.domain.letter import Channel
from feedback.domain.letter_number import new_number
from feedback.domain.link import Purpose
from feedback.domain.owed_mail import MailKind
from feedback.domain.state import State
from feedback.intake.article_match import ArticleMatch
from feedback.intake.receive import House, missing_of, opening_of
from feedback.intake.recheck import recheck_new
from feedback.store import audit, letters, links, mails
from tests.desk.desk import ONE_ENGINE
from tests.factories import a_column, a_letter, a_submission, an_article, an_editor


def now(store, letter):
    with store.read() as work:
        return letters.by_ref(work, letter.ref)


def test_a_letter_is_whole(store, clock) -> None:
    article = an_article(store)
    letter = a_letter(store, article=article, phone="509 555 0100", affiliation="I sell eggs.")
    with store.read() as work:
        stored = letters.by_ref(work, letter.ref)
        (event,) = letters.history(work, stored.id)
        assert audit.verify_letter(work, stored.id) is None
        token = links.token(work, stored.id, Purpose.STATUS)
        assert links.letter_behind(work, Purpose.STATUS, token) == stored.id
        assert stored.contact is not None
        assert (stored.contact.email, stored.contact.phone) == ("jane@example.com", "509 555 0100")
    assert (stored.state, stored.version, stored.channel) == (State.RECEIVED, 1, Channel.WEB)
    assert (stored.article_id, stored.matched_by) == (article.id, "headline")
    assert stored.original.remarks == stored.text
    assert stored.original.given["name"] == "Jane Q. Reader"
    assert (event.kind, event.by_kind, event.at) == (
        EventKind.RECEIVED, ActorKind.WRITER, clock.now,
    )  # fmt: skip
    assert stored.missing == []


def test_a_robots_letter_is_held_and_nobody_is_written_to(store, clock) -> None:
    letter = a_letter(store, is_trapped=True)
    after = now(store, letter)
    assert (after.state, after.hold_until) == (State.HELD, date(2026, 11, 23))
    with store.read() as work:
        assert mails.of_letter(work, letter.id) == []
        (event,) = letters.history(work, letter.id)
        assert audit.verify_letter(work, letter.id) is None
    assert (event.by_name, event.to_state) == (MACHINE.name, State.HELD)
    assert event.why == after.state_reason
    with store.work() as work:
        recheck_new(work)
    found = {f.check: f.outcome for f in now(store, letter).findings}
    assert found["honeypot"] is Result.HOLD, "a second look does not take it away"
    assert len(found) > 1


@ONE_ENGINE
@pytest.mark.parametrize(
    ("channel", "mails_writer", "email", "kinds"),
    [
        (Channel.WEB, True, "jane@example.com", [MailKind.RECEIPT]),
        (Channel.API, True, "jane@example.com", [MailKind.RECEIPT]),
        (Channel.IMPORT, False, "jane@example.com", []),
        (Channel.PAPER, True, None, []),
    ],
)
def test_who_gets_a_receipt(store, channel, mails_writer, email, kinds) -> None:
    letter = a_letter(store, channel=channel, mails=mails_writer, email=email)
    with store.read() as work:
        assert [mail.kind for mail in mails.of_letter(work, letter.id)] == kinds


@ONE_ENGINE
def test_what_an_editor_types_in_says_so(store) -> None:
    from feedback.domain.actor import Actor

    ann = an_editor(Role.READER_EDITOR)
    letter = a_letter(store, channel=Channel.PAPER, by=Actor.of(ann), email=None)
    with store.read() as work:
        (event,) = letters.history(work, letter.id)
        assert (event.by_kind, event.by_name, event.by_id) == (ActorKind.EDITOR, ann.name, ann.id)


@ONE_ENGINE
def test_an_archives_letter_keeps_its_day(store) -> None:
    at = datetime(2003, 5, 1, 12, tzinfo=UTC)
    old = a_letter(store, channel=Channel.IMPORT, received_at=at)
    new = a_letter(store)
    assert now(store, old).received_at == at
    assert old.id < new.id, "numbers go up with the moment of receipt"


def test_numbers_differ_within_a_moment_and_are_never_negative() -> None:
    at = datetime(2026, 11, 9, tzinfo=UTC)
    assert len({new_number(at) for _ in range(1000)}) == 1000
    assert new_number(datetime(1850, 1, 1, tzinfo=UTC)) >= 0
    assert new_number(datetime(9999, 12, 31, tzinfo=UTC)) < 2**63


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Short.", "Short."),
        ("Two\n\nlines  here.", "Two lines here."),
        ("word " * 100, "word " * 31 + "word…"),
        ("x" * 400, "x" * 160 + "…"),
    ],
)
def test_the_opening_is_a_line_of_whole_words(text: str, opening: str) -> None:
    assert opening_of(text) == opening


@ONE_ENGINE
@pytest.mark.parametrize("rule", ["required", "asked", "optional"])
def test_what_is_missing_is_told_at_once_as_it_is_read_back(store, rule) -> None:
    column = a_column(store, place_rule=PlaceRule(rule))
    for fields in ({}, {"name": None}, {"town": None, "state": None}, {"is_general": True}):
        for match in (ArticleMatch(), ArticleMatch(an_article(store), "url", 100.0)):
            letter = a_letter(store, article=match.article, **fields)
            told = missing_of(a_submission(**fields), match, House.of(column))
            assert told == now(store, letter).missing
