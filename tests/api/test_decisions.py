"""Programs decide about letters and verify them: gates, moves, undo, when the writer answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import MOVES, State
from feedback.store import letters, mails
from feedback.store.work import Store
from tests.api.asking import ONE_ENGINE, Program, kind, wrong_fields
from tests.factories.article import an_article
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, approved
from tests.fixtures_database import Clock

Desk = Callable[[str], Program]


def mails_of(store: Store, ref: str) -> list[tuple[MailKind, MailState]]:
    with store.read() as work:
        found = mails.of_letter(work, letters.by_ref(work, ref).id)
        return [(m.kind, m.state) for m in found if m.kind is not MailKind.RECEIPT]


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        ("shortlist", "shortlisted"), ("hold", "held"), ("decline", "declined"),
        ("spike", "spiked"), ("restore", "received"),
    ],
)  # fmt: skip
def test_a_decision_moves_a_letter(desk: Desk, ref: str, decision: str, state: str) -> None:
    answer = desk("editor").decide(ref, decision)
    assert answer.status_code == 200
    assert answer.json["state"] == state
    assert answer.json["version"] == 2
    assert answer.json == desk("chief").letter(ref)


def test_nobody_approves_what_is_not_verified(chief: Program, ref: str) -> None:
    answer = chief.decide(ref, "approve")
    assert answer.status_code == 409
    assert kind(answer) == "gates"
    assert answer.json["missing"] == ["verified"]
    assert chief.letter(ref)["version"] == 1


def test_what_lacks_more_than_that_says_so(chief: Program, store: Store) -> None:
    letter = a_letter(store, name=None)
    answer = chief.decide(letter.ref, "approve")
    assert answer.json["missing"] == ["complete", "verified"]


def test_verified_then_approved(desk: Desk, ref: str) -> None:
    editor = desk("editor")
    verified = editor.verify(ref)
    assert verified.status_code == 201
    assert verified.json["gates"]["verified"] is True
    answer = editor.decide(ref, "approve")
    assert (answer.status_code, answer.json["state"]) == (200, "approved")


def test_an_editor_finds_out_by(chief: Program, ref: str) -> None:
    for method in ("email", "phone", "post", "in_person"):
        assert chief.verify(ref, "denied").json["gates"]["verified"] is False
        assert chief.verify(ref, method=method).json["gates"]["verified"] is True


def test_silence_never_verifies_and_a_denial_counts(chief: Program, ref: str) -> None:
    assert chief.verify(ref, "no_answer").json["gates"]["verified"] is False
    assert chief.verify(ref, "confirmed").json["gates"]["verified"] is True
    assert chief.verify(ref, "denied").json["gates"]["verified"] is False


def test_a_note_may_be_left_out(chief: Program, ref: str) -> None:
    body = {"method": "email", "outcome": "confirmed"}
    assert chief.post(f"/desk/letters/{ref}/verifications", body).status_code == 201


WRONG_VERIFICATIONS = [
    ({}, {"method": "required", "outcome": "required"}),
    ({"method": "link", "outcome": "confirmed"}, {"method": "unknown"}),
    ({"method": "phone", "outcome": "yes"}, {"outcome": "unknown"}),
    ({"method": 7, "outcome": True}, {"method": "unknown", "outcome": "unknown"}),
    ({"method": "phone", "outcome": "denied", "note": 7}, {"note": "type"}),
    ({"method": "phone", "outcome": "denied", "note": "n" * 1001}, {"note": "too_long"}),
]


@ONE_ENGINE
def test_a_verification_that_is_wrong(chief: Program, ref: str, subtests: pytest.Subtests) -> None:
    for body, wrong in WRONG_VERIFICATIONS:
        with subtests.test(wrong=wrong):
            answer = chief.post(f"/desk/letters/{ref}/verifications", body)
            assert wrong_fields(answer) == wrong
    assert chief.letter(ref)["version"] == 1


# --- approve when the writer has answered


def test_approved_as_soon_as_it_is_verified(desk: Desk, ref: str, store: Store) -> None:
    editor = desk("editor")
    answer = editor.decide(ref, "approve", when_ready=True)
    assert (answer.status_code, answer.json["state"]) == (200, "shortlisted")
    assert answer.json["wanted"] == "approved"
    assert mails_of(store, ref) == [(MailKind.ASK, MailState.WAITING)]

    verified = editor.verify(ref)

    assert verified.json["state"] == "approved"
    assert verified.json["wanted"] is None


def test_approved_as_soon_as_an_editor_completes_it(chief: Program, store: Store) -> None:
    letter = a_letter(store, name=None, verified=True, article=an_article(store))
    answer = chief.decide(letter.ref, "approve", when_ready=True)
    assert answer.json["wanted"] == "approved", answer.text
    record = chief.change(letter.ref, name="Max Writer").json
    assert (record["state"], record["wanted"]) == ("approved", None)


def test_without_an_address_nobody_can_be_asked(chief: Program, store: Store) -> None:
    letter = a_letter(store, email=None)
    answer = chief.decide(letter.ref, "approve", when_ready=True)
    assert kind(answer) == "gates"


# --- reasons, days, mails


def test_a_decline_needs_no_reason_and_no_mail(chief: Program, ref: str, store: Store) -> None:
    record = chief.decide(ref, "decline").json
    assert record["state_reason"] == "not_chosen"
    assert mails_of(store, ref) == []


def test_a_decline_tells_the_writer_where_it_is_asked_to(
    chief: Program, ref: str, store: Store
) -> None:
    assert chief.decide(ref, "decline", reason="too_long", tell="mail").status_code == 200
    assert mails_of(store, ref) == [(MailKind.DECLINED, MailState.WAITING)]


def test_a_hold_lasts_until_its_day(chief: Program, ref: str, store: Store, clock: Clock) -> None:
    assert chief.decide(ref, "hold", until="2026-12-01", reason="facts").status_code == 200
    with store.read() as work:
        assert str(letters.by_ref(work, ref).hold_until) == "2026-12-01"
    assert chief.decide(ref, "hold").status_code == 200
    with store.read() as work:
        fortnight = (clock.now + timedelta(days=14)).date()
        assert letters.by_ref(work, ref).hold_until == fortnight


@pytest.mark.parametrize("decision", ["withdraw", "kill"])
def test_some_decisions_need_a_reason(chief: Program, store: Store, decision: str) -> None:
    letter = approved(store)
    if decision == "kill":
        an_edition(store, groups=[(None, [letter])], published=True)
    assert wrong_fields(chief.decide(letter.ref, decision)) == {"reason": "invalid"}
    assert wrong_fields(chief.decide(letter.ref, decision, reason=" \u200b")) == {
        "reason": "invalid"
    }
    answer = chief.decide(letter.ref, decision, reason="The writer rang.")
    assert answer.status_code == 200
    assert answer.json["state"] == {"withdraw": "withdrawn", "kill": "killed"}[decision]


WRONG_DECISIONS = [
    ({"decision": "hold", "until": "2026-02-30"}, {"until": "invalid"}),
    ({"decision": "hold", "until": "tomorrow"}, {"until": "invalid"}),
    ({"decision": "hold", "until": "20261201"}, {"until": "invalid"}),
    ({"decision": "hold", "until": 1764547200}, {"until": "type"}),
    ({"decision": "hold", "until": "2001-01-01"}, {"until": "invalid"}),
    ({"decision": "hold", "until": "9999-12-31"}, {"until": "invalid"}),
    ({"decision": "publish"}, {"decision": "unknown"}),
    ({"decision": ""}, {"decision": "unknown"}),
    ({"decision": 7}, {"decision": "unknown"}),
    ({"decision": ["approve"]}, {"decision": "unknown"}),
    ({}, {"decision": "required"}),
    ({"decision": "decline", "reason": "ugly"}, {"reason": "invalid"}),
    ({"decision": "decline", "reason": 7}, {"reason": "type"}),
    ({"decision": "decline", "tell": "post"}, {"tell": "unknown"}),
    ({"decision": "decline", "tell": True}, {"tell": "unknown"}),
    ({"decision": "approve", "when_ready": "yes"}, {"when_ready": "type"}),
    ({"decision": "approve", "override": "  "}, {"override": "invalid"}),
    ({"decision": "shortlist", "reason": "r" * 2001}, {"reason": "too_long"}),
    ({"decision": "approve", "override": "r" * 2001}, {"override": "too_long"}),
]


@ONE_ENGINE
def test_a_decision_that_is_wrong(chief: Program, ref: str, subtests: pytest.Subtests) -> None:
    for body, wrong in WRONG_DECISIONS:
        with subtests.test(body=str(body)[:60]):
            answer = chief.post(f"/desk/letters/{ref}/decisions", {"version": 1} | body)
            assert wrong_fields(answer) == wrong
    assert chief.letter(ref)["version"] == 1


def test_reasons_are_kept_clean(chief: Program, ref: str) -> None:
    record = chief.decide(ref, "shortlist", reason="good\x00\ud800 one").json
    assert record["state_reason"] == "good\ufffd one"


# --- moves


@pytest.mark.parametrize("state", [State.SHORTLISTED, State.DECLINED, State.SPIKED])
def test_the_table_of_moves_is_kept(chief: Program, store: Store, state: State) -> None:
    letter = a_letter(store, to=state)
    answer = chief.decide(letter.ref, "kill", reason="x")
    assert answer.status_code == 409
    assert kind(answer) == "move"
    assert answer.json["allowed"] == [s.value for s in MOVES[state]]


def test_two_decisions_at_once(desk: Desk, ref: str) -> None:
    body = {"decision": "shortlist", "version": 1}
    assert desk("editor").post(f"/desk/letters/{ref}/decisions", body).status_code == 200
    answer = desk("chief").post(f"/desk/letters/{ref}/decisions", body | {"decision": "spike"})
    assert (answer.status_code, kind(answer), answer.json["version"]) == (409, "stale", 2)


# --- undo


def test_undo_takes_the_mail_back_too(chief: Program, ref: str, store: Store) -> None:
    chief.decide(ref, "decline", reason="too_long", tell="mail")
    answer = chief.decide(ref, "undo")
    assert (answer.status_code, answer.json["state"]) == (200, "received")
    assert mails_of(store, ref) == [(MailKind.DECLINED, MailState.CANCELLED)]


def test_undo_of_nothing(chief: Program, ref: str) -> None:
    answer = chief.decide(ref, "undo")
    assert (answer.status_code, kind(answer)) == (409, "move")


def test_undo_of_what_somebody_else_changed(chief: Program, ref: str) -> None:
    chief.decide(ref, "shortlist")
    answer = chief.post(f"/desk/letters/{ref}/decisions", {"decision": "undo", "version": 1})
    assert (kind(answer), answer.json["version"]) == ("stale", 2)


# --- override


def test_a_chief_passes_a_gate_with_a_reason(desk: Desk, ref: str) -> None:
    assert desk("editor").decide(ref, "approve", override="I know her.").status_code == 403
    answer = desk("chief").decide(ref, "approve", override="I know her.")
    assert (answer.status_code, answer.json["state"]) == (200, "approved")
    assert answer.json["overrides"]["verified"] == "I know her."
    assert answer.json["gates"]["verified"] is False


# --- who is named


def test_the_history_names_the_program(chief: Program, ref: str, store: Store) -> None:
    chief.decide(ref, "shortlist")
    with store.read() as work:
        last = letters.history(work, letters.by_ref(work, ref).id)[-1]
    assert (last.by_name, last.by_id) == ("program 1", None)
