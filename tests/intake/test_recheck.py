"""The worker's part: findings of the present text, a place in the search, holds that end."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.domain.actor import ActorKind
from feedback.domain.editor import Role
from feedback.domain.finding import Finding, Result
from feedback.domain.state import Decision, State
from feedback.intake import recheck
from feedback.intake.checks import CHECKS, Check
from feedback.intake.recheck import end_holds, recheck_new
from feedback.store import letters
from feedback.store.letter_filter import LetterFilter
from tests.desk.desk import ONE_ENGINE, Desk
from tests.factories import a_column, a_letter, an_article, an_editor


@pytest.fixture
def desk(store) -> Desk:
    return Desk(store)


def findings(store, letter) -> dict[str, Finding]:
    with store.read() as work:
        return {f.check: f for f in letters.by_ref(work, letter.ref).findings}


def checked(store) -> int:
    with store.work() as work:
        return recheck_new(work)


def test_each_check_leaves_one_finding(store) -> None:
    letter = a_letter(store, article=an_article(store))
    assert checked(store) == 1
    assert checked(store) == 0
    found = findings(store, letter)
    assert [name for name in found if name not in {check.name for check in CHECKS}] == []
    assert {"withheld", "article", "length", "quota", "claims", "disposable"} <= set(found)
    assert {f.revision for f in found.values()} == {0}
    with store.read() as work:
        assert letters.by_ref(work, letter.ref).version == letter.version, "editors saw nothing"


def test_a_withheld_name_is_looked_for_in_every_new_text(store, desk) -> None:
    letter = a_letter(store, "I am a teacher.", name="Harriet Vale", is_withheld=True, as_typed={})
    for edits, outcome, evidence in (
        ({}, Result.PASS, []),
        ({"edited": "I am a teacher. —Harriet Vale"}, Result.HOLD, ["Harriet Vale"]),
        ({"edited": "I am a teacher."}, Result.PASS, []),
        ({"headline": "Mrs. Vale Objects"}, Result.HOLD, ["Vale"]),
        ({"headline": "", "standing": "Vale & Sons"}, Result.HOLD, ["Vale"]),
        ({"standing": ""}, Result.PASS, []),
    ):
        desk.edit(letter, **edits)
        checked(store)
        found = findings(store, letter)["withheld"]
        assert (found.outcome, found.evidence) == (outcome, evidence)


@ONE_ENGINE
def test_a_check_that_fails_stops_neither_the_others_nor_the_letter(
    store, desk, monkeypatch
) -> None:
    def fails(_letter) -> Finding:
        raise RuntimeError("no")

    broken = tuple(Check(c.name, 9, fails) if c.name == "place" else c for c in CHECKS)
    monkeypatch.setattr(recheck, "CHECKS", broken)
    letter = a_letter(store, article=an_article(store), verified=True)
    checked(store)
    found = findings(store, letter)
    assert (found["place"].outcome, found["place"].version) == (Result.NOT_RUN, 9)
    assert found["length"].outcome is Result.PASS
    assert desk.decide(letter, Decision.APPROVE).state is State.APPROVED
    monkeypatch.undo()
    desk.edit(letter, headline="Count")
    checked(store)
    assert findings(store, letter)["place"].outcome is Result.PASS


def test_what_was_edited_is_found_by_its_new_words_and_its_old(store, desk) -> None:
    letter = a_letter(store, "Zebras are cheap.")
    checked(store)
    desk.edit(letter, edited="Giraffes are cheap.", headline="Okapis")
    checked(store)
    for word in ("zebras", "giraffes", "okapis", "reader", letter.ref):
        with store.read() as work:
            assert [one.ref for one in letters.page(work, LetterFilter(q=word)).rows] == [
                letter.ref
            ]


# --- holds


def ends(store, clock, at: datetime) -> int:
    clock.now = at.astimezone(UTC)
    with store.work() as work:
        return end_holds(work)


@ONE_ENGINE
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_hold_ends_with_its_day_in_the_newsroom(store, desk, clock, zone) -> None:
    a_column(store, time_zone=zone)
    letter = a_letter(store)
    desk.decide(letter, Decision.HOLD, until=date(2026, 12, 1), reason="The council meets.")
    begins = datetime(2026, 12, 1, tzinfo=ZoneInfo(zone))
    assert ends(store, clock, begins - timedelta(seconds=1)) == 0
    assert desk.now(letter).state is State.HELD
    assert ends(store, clock, begins) == 1
    after = desk.now(letter)
    assert (after.state, after.hold_until) == (State.RECEIVED, None)
    last = desk.history(letter)[-1]
    assert (last.by_kind, last.why) == (ActorKind.MACHINE, "The hold is over.")
    assert ends(store, clock, begins) == 0


def test_what_was_decided_meanwhile_stays(store, desk, clock) -> None:
    held, decided = a_letter(store), a_letter(store)
    for letter in (held, decided):
        desk.decide(letter, Decision.HOLD, an_editor(Role.CHIEF))
    desk.decide(decided, Decision.DECLINE)
    assert ends(store, clock, clock.now + timedelta(days=30)) == 1
    assert desk.now(held).state is State.RECEIVED
    assert desk.now(decided).state is State.DECLINED
