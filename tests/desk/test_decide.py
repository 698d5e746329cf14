"""Decisions: what each needs, what it leaves behind, who may take it."""

from datetime import date, timedelta

import pytest

from feedback.desk.decide import DECLINE_REASONS, log_contact_look
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Stale
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState
from feedback.domain.state import LEADS_TO, Decision, State
from feedback.store import letters
from tests.desk.desk import (
    CHIEF,
    EDITOR,
    ONE_ENGINE,
    PUBLISHER,
    READER_EDITOR,
    Desk,
    refused,
)
from tests.factories import a_column, a_letter, an_article, an_edition, an_editor, approved

pytestmark = ONE_ENGINE
NEEDS_REASON = (Decision.WITHDRAW, Decision.KILL)
DECISIONS = list(LEADS_TO)
# Who may take which decision about a letter that has just come in (kill: about a printed one).
WHO = dict.fromkeys(DECISIONS, (False, True, False, True)) | {
    Decision.SHORTLIST: (True, True, True, True),
    Decision.KILL: (False, False, True, True),
}


@pytest.fixture
def ready(store):
    """A letter that lacks nothing but a decision."""
    return a_letter(store, article=an_article(store), verified=True)


@pytest.mark.parametrize("decision", DECISIONS)
def test_each_decision_is_for_some_roles(desk: Desk, store, decision) -> None:
    for role, is_theirs in zip(Role, WHO[decision], strict=True):
        if decision is Decision.KILL:
            letter = approved(store)
            an_edition(store, groups=[(None, [letter])], published=True, slug=role.value[:3])
        else:
            letter = a_letter(store, article=an_article(store), verified=True)
        reason = "not_chosen" if decision is Decision.DECLINE else "The writer rang."
        if is_theirs:
            after = desk.decide(letter, decision, an_editor(role), reason=reason)
            assert after.state is LEADS_TO[decision]
            continue
        before = desk.now(letter)
        with pytest.raises(NotAllowed):
            desk.decide(letter, decision, an_editor(role), reason=reason)
        assert desk.now(letter).version == before.version


def test_what_was_approved_is_taken_back_by_those_who_approve(desk: Desk, ready) -> None:
    desk.decide(ready, Decision.APPROVE)
    for by in (READER_EDITOR, PUBLISHER):
        with pytest.raises(NotAllowed):
            desk.decide(ready, Decision.SHORTLIST, by)
    desk.decide(ready, Decision.SHORTLIST)
    assert not desk.may_undo(ready, READER_EDITOR), "it would be approved again"
    with pytest.raises(NotAllowed):
        desk.undo(ready, READER_EDITOR)


@pytest.mark.parametrize("decision", [d for d in DECISIONS if d is not Decision.KILL])
def test_an_old_version_is_refused_and_changes_nothing(desk: Desk, ready, decision) -> None:
    version = desk.decide(ready, Decision.HOLD, reason="first").version
    with pytest.raises(Stale) as stale:
        desk.decide(ready, decision, version=version - 1, reason="x")
    assert stale.value.version == version
    assert desk.now(ready).version == version
    reason = "not_chosen" if decision is Decision.DECLINE else "x"
    assert desk.decide(ready, decision, version=version, reason=reason).version == version + 1


def test_every_decision_says_who_when_and_why(desk: Desk, ready, clock) -> None:
    desk.decide(ready, Decision.SHORTLIST, reason="Good point.")
    clock.advance(timedelta(hours=1))
    desk.decide(ready, Decision.DECLINE, CHIEF, reason="too_long")
    _received, first, second = desk.history(ready)
    assert (first.kind, first.why, first.by_name) == (EventKind.MOVED, "Good point.", "editor")
    assert (second.at, second.why, second.by_name) == (clock.now, "too_long", "chief")


@pytest.mark.parametrize("decision", NEEDS_REASON)
def test_what_ends_a_letter_needs_a_reason(desk: Desk, store, decision) -> None:
    letter = approved(store)
    if decision is Decision.KILL:
        an_edition(store, groups=[(None, [letter])], published=True)
    for reason in (None, "", "  ", "\u200b\x00"):
        error = refused("fields", desk.decide, letter, decision, CHIEF, reason=reason)
        assert error.details == {"field": "reason"}


def test_a_reason_is_cleaned_and_has_an_end(desk: Desk, ready) -> None:
    after = desk.decide(ready, Decision.HOLD, reason="  The \x00council\u200b meets. ")
    assert after.state_reason == "The council meets."
    error = refused("fields", desk.decide, ready, Decision.HOLD, reason="x" * 2001)
    assert error.details == {"field": "reason"}
    assert desk.decide(ready, Decision.HOLD, reason="x" * 2000).state is State.HELD


# --- hold


def test_a_hold_lasts_two_weeks_unless_told(desk: Desk, store, ready) -> None:
    assert desk.decide(ready, Decision.HOLD).hold_until == date(2026, 11, 23)
    assert desk.decide(ready, Decision.HOLD, until=date(2026, 12, 1)).hold_until == date(
        2026, 12, 1
    )
    a_column(store, hold_days=3)
    assert desk.decide(ready, Decision.HOLD).hold_until == date(2026, 11, 12)


@pytest.mark.parametrize("until", [date(2026, 11, 8), date(2027, 11, 11), date(2001, 1, 1)])
def test_a_day_that_cannot_be_is_refused(desk: Desk, ready, until) -> None:
    error = refused("fields", desk.decide, ready, Decision.HOLD, until=until)
    assert error.details == {"field": "until"}


def test_today_is_the_newsrooms_today(desk: Desk, store, ready, clock) -> None:
    clock.advance(timedelta(hours=14))  # 4:30 a.m. of the 10th in UTC, 11:30 p.m. in New York
    assert desk.decide(ready, Decision.HOLD, until=date(2026, 11, 9)).state is State.HELD
    assert desk.decide(ready, Decision.HOLD).hold_until == date(2026, 11, 23)


def test_another_decision_ends_the_hold(desk: Desk, ready) -> None:
    desk.decide(ready, Decision.HOLD, reason="later")
    after = desk.decide(ready, Decision.SHORTLIST)
    assert (after.hold_until, after.state_reason) == (None, None)


# --- decline, spike


def test_a_decline_has_one_of_the_reasons(desk: Desk, store) -> None:
    for reason in DECLINE_REASONS:
        assert desk.decide(a_letter(store), Decision.DECLINE, reason=reason).state_reason == reason
    assert desk.decide(a_letter(store), Decision.DECLINE).state_reason == "not_chosen"
    error = refused("fields", desk.decide, a_letter(store), Decision.DECLINE, reason="ugly")
    assert error.details == {"field": "reason"}


@pytest.mark.parametrize(
    ("rule", "reason", "tell", "is_told"),
    [
        (False, None, None, False),
        (False, "too_long", None, False),
        (False, "too_long", "mail", True),
        (False, "not_chosen", "mail", True),
        (True, "too_long", None, True),
        (True, "not_chosen", None, False),
        (True, None, None, False),
    ],
)
def test_a_mail_goes_when_told_or_by_the_columns_rule(
    desk: Desk, store, rule, reason, tell, is_told
) -> None:
    a_column(store, tells_declined=rule)
    letter = a_letter(store, mails=False)
    desk.decide(letter, Decision.DECLINE, reason=reason, tell=tell)
    owed = [(MailKind.DECLINED, MailState.WAITING)] if is_told else []
    assert desk.mails(letter) == owed


def test_a_second_decline_mails_once(desk: Desk, store) -> None:
    letter = a_letter(store, mails=False)
    desk.decide(letter, Decision.DECLINE, tell="mail")
    desk.decide(letter, Decision.RESTORE)
    desk.decide(letter, Decision.DECLINE, tell="mail")
    assert desk.mails(letter) == [
        (MailKind.DECLINED, MailState.CANCELLED),
        (MailKind.DECLINED, MailState.WAITING),
    ]


def test_nobody_is_told_of_a_spike(desk: Desk, store) -> None:
    letter = a_letter(store)
    desk.decide(letter, Decision.SPIKE, reason="abuse", tell="mail")
    assert desk.mails(letter) == [(MailKind.RECEIPT, MailState.CANCELLED)]


@pytest.mark.parametrize("gone", [Decision.DECLINE, Decision.SPIKE])
def test_what_is_over_comes_back_by_restore_alone(desk: Desk, store, ready, gone) -> None:
    desk.decide(ready, gone)
    for decision in DECISIONS:
        if decision is not Decision.RESTORE:
            refused("move", desk.decide, ready, decision, CHIEF, reason="x")
    assert desk.decide(ready, Decision.RESTORE).state is State.RECEIVED


# --- gates


def test_approved_needs_complete_and_verified(desk: Desk, store) -> None:
    letter = a_letter(store, name=None)
    error = refused("gates", desk.decide, letter, Decision.APPROVE)
    assert error.details == {"missing": ["complete", "verified"]}
    assert "something is missing, the writer has not confirmed it" in error.message


def test_a_text_that_its_writer_has_not_seen_can_be_approved(desk: Desk, ready) -> None:
    desk.edit(ready, edited="Meetings.")
    assert desk.gates(ready)["proofed"] is False
    assert desk.decide(ready, Decision.APPROVE).state is State.APPROVED


def test_an_override_is_a_chiefs_with_a_reason(desk: Desk, store) -> None:
    letter = a_letter(store)
    with pytest.raises(NotAllowed):
        desk.decide(letter, Decision.APPROVE, EDITOR, override="I know her.")
    for reason in ("", "  ", "x" * 501):
        error = refused("fields", desk.decide, letter, Decision.APPROVE, CHIEF, override=reason)
        assert error.details == {"field": "override"}
    after = desk.decide(letter, Decision.APPROVE, CHIEF, override="I  know\nher.")
    assert after.state is State.APPROVED
    assert after.overrides == {"complete": "I know her.", "verified": "I know her."}
    assert desk.gates(letter)["verified"] is False, "the gate stays as the facts are"


def test_an_override_passes_no_move(desk: Desk, store) -> None:
    letter = a_letter(store, to=State.SPIKED)
    refused("move", desk.decide, letter, Decision.APPROVE, CHIEF, override="So.")
    assert desk.now(letter).overrides is None


# --- contacts


def test_a_look_at_contact_data_is_for_some_and_logged(desk: Desk, store) -> None:
    letter = a_letter(store)
    for role, may_look in zip(Role, (False, True, False, True), strict=True):
        with store.work() as work:
            found = letters.by_ref(work, letter.ref, to_change=True)
            if may_look:
                log_contact_look(work, found, an_editor(role, role.value))
                continue
            with pytest.raises(NotAllowed):
                log_contact_look(work, found, an_editor(role, role.value))
    looks = [e for e in desk.history(letter) if e.kind is EventKind.CONTACT_SEEN]
    assert [e.by_name for e in looks] == ["editor", "chief"]
