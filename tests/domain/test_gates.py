"""What must be true before a letter is approved or printed, rule by rule."""

import pytest

from feedback.domain.column import PlaceRule, VerificationPolicy
from feedback.domain.gates import (
    GATES,
    TO_APPROVE,
    TO_PUBLISH,
    gates,
    is_denied,
    is_verified,
    lacking,
    recall_complete,
    why_proof,
    writer_can_open,
)
from feedback.domain.state import State
from feedback.domain.verification import EDITORS_METHODS, Method, Outcome
from tests.domain.bare import a_bare_column, a_bare_letter, an_edit, tried

YES, NO, SILENCE = Outcome.CONFIRMED, Outcome.DENIED, Outcome.NO_ANSWER
LINK, PHONE, POST = Method.LINK, Method.PHONE, Method.POST
EDITOR, BY_LINK, BOTH, NONE = (
    VerificationPolicy.EDITOR,
    VerificationPolicy.LINK,
    VerificationPolicy.LINK_AND_CALL,
    VerificationPolicy.NONE,
)


def test_the_gates_are_those_of_the_contract() -> None:
    assert GATES == (
        "complete", "verified", "proofed", "claims_checked", "within_quota", "not_in_blackout",
    )  # fmt: skip
    assert TO_APPROVE == ("complete", "verified")
    assert TO_PUBLISH == GATES
    assert set(gates(a_bare_letter())) == set(GATES)


# --- complete


@pytest.mark.parametrize(
    ("fields", "rule", "is_open"),
    [
        ({}, PlaceRule.REQUIRED, True),
        ({"name": None}, PlaceRule.OPTIONAL, False),
        ({"is_general": False}, PlaceRule.OPTIONAL, False),
        ({"is_general": False, "article_id": 4}, PlaceRule.REQUIRED, True),
        ({"town": None, "place_state": None}, PlaceRule.REQUIRED, False),
        ({"town": None, "place_state": None}, PlaceRule.ASKED, True),
        ({"town": None, "place_state": None}, PlaceRule.OPTIONAL, True),
        ({"town": None, "place_state": None, "country": "Ukraine"}, PlaceRule.REQUIRED, True),
        ({"town": None}, PlaceRule.REQUIRED, True),
    ],
)
def test_complete(fields: dict, rule: PlaceRule, is_open: bool) -> None:
    letter = a_bare_letter(column=a_bare_column(place_rule=rule), **fields)
    assert gates(letter)["complete"] is is_open


# --- verified

# What was learned, oldest first; under which policies that is enough.
LEARNED = [
    ([], {NONE}),
    ([(LINK, SILENCE)], {NONE}),
    ([(LINK, YES)], {BY_LINK, NONE}),
    ([(PHONE, YES)], {EDITOR, BY_LINK, NONE}),
    ([(POST, YES)], {EDITOR, BY_LINK, NONE}),
    ([(LINK, YES), (PHONE, YES)], {EDITOR, BY_LINK, BOTH, NONE}),
    ([(LINK, YES), (POST, YES)], {EDITOR, BY_LINK, NONE}),
    ([(LINK, NO)], set()),
    ([(PHONE, NO)], set()),
    ([(LINK, YES), (PHONE, YES), (LINK, NO)], set()),
    ([(LINK, YES), (PHONE, NO)], set()),
    ([(PHONE, NO), (LINK, YES)], {BY_LINK, NONE}),
    ([(LINK, NO), (PHONE, YES)], {EDITOR, BY_LINK, NONE}),
    ([(LINK, YES), (PHONE, NO), (PHONE, YES)], {EDITOR, BY_LINK, NONE}),
    ([(LINK, YES), (PHONE, SILENCE)], {BY_LINK, NONE}),
    ([(LINK, NO), (PHONE, SILENCE)], set()),
]


@pytest.mark.parametrize(("learned", "enough"), LEARNED)
@pytest.mark.parametrize("policy", VerificationPolicy)
def test_verified(learned: list, enough: set, policy: VerificationPolicy) -> None:
    assert is_verified(policy, [tried(*one) for one in learned]) is (policy in enough)


@pytest.mark.parametrize("state", State)
def test_a_denial_counts_in_every_state(state: State) -> None:
    letter = a_bare_letter(state, verifications=[tried(LINK), tried(LINK, NO)])
    assert gates(letter)["verified"] is False


def test_the_link_is_the_writers_own() -> None:
    assert set(EDITORS_METHODS) == set(Method) - {LINK}


def test_silence_after_a_no_is_a_no_still() -> None:
    assert is_denied([tried(LINK, NO), tried(PHONE, SILENCE)])
    assert not is_denied([tried(LINK, NO), tried(PHONE)])
    assert not is_denied([])


# --- whom to ask


@pytest.mark.parametrize(
    ("policy", "learned", "asks"),
    [
        (BY_LINK, [], True),
        (BY_LINK, [(LINK, SILENCE)], True),
        (BY_LINK, [(LINK, NO)], False),
        (BY_LINK, [(PHONE, NO)], False),
        (BOTH, [], True),
        (BOTH, [(PHONE, YES)], True),
        (BOTH, [(LINK, YES)], False),
        (EDITOR, [], False),
        (EDITOR, [(LINK, YES)], False),
        (NONE, [(LINK, NO)], False),
    ],
)
def test_the_writer_is_asked_for_what_the_writer_can_answer(policy, learned, asks) -> None:
    column = a_bare_column(verification_policy=policy)
    letter = a_bare_letter(column=column, verifications=[tried(*one) for one in learned])
    assert writer_can_open(letter, lacking(letter, TO_APPROVE)) is asks


def test_what_is_missing_is_the_writers_to_give_whoever_verifies() -> None:
    column = a_bare_column(verification_policy=EDITOR)
    letter = a_bare_letter(column=column, name=None, verifications=[tried(PHONE)])
    assert lacking(letter, TO_APPROVE) == ["complete"]
    assert writer_can_open(letter, ["complete"])
    assert not writer_can_open(letter, ["within_quota"])


# --- proofed


@pytest.mark.parametrize(
    ("measures", "why"),
    [
        ({}, []),
        ({"cut_percent": 30}, []),
        ({"cut_percent": 31}, ["cut 31%"]),
        ({"added_words": 5, "added_percent": 90}, []),
        ({"added_words": 6}, ["6 words added"]),
        ({"touched": ["figure"]}, ["a figure was changed"]),
        ({"touched": ["name", "quotation"]}, ["a name was changed", "a quotation was changed"]),
        ({"touched": ["negation"], "cut_percent": 100},
         ["cut 100%", "a negation was changed"]),
    ],
)  # fmt: skip
def test_proofed(measures: dict, why: list[str]) -> None:
    letter = a_bare_letter(revisions=[an_edit(**measures)])
    assert why_proof(letter) == why
    assert gates(letter)["proofed"] is (why == [])


@pytest.mark.parametrize("threshold", [0, 10, 99])
def test_the_threshold_is_the_columns(threshold: int) -> None:
    column = a_bare_column(proof_threshold=threshold)
    for cut in (threshold, threshold + 1):
        letter = a_bare_letter(column=column, revisions=[an_edit(cut_percent=cut)])
        assert gates(letter)["proofed"] is (cut <= threshold)


def test_only_the_newest_text_counts() -> None:
    edits = [an_edit(cut_percent=90, touched=["name"]), an_edit(number=2)]
    assert gates(a_bare_letter(revisions=edits))["proofed"]


def test_another_name_wants_a_proof_without_any_edit_of_the_text() -> None:
    assert gates(a_bare_letter(is_name_changed=True))["proofed"] is False


# --- overrides


def test_an_override_lets_pass_and_makes_nothing_true() -> None:
    letter = a_bare_letter(overrides={"verified": "I know her."})
    assert gates(letter)["verified"] is False
    assert lacking(letter, TO_APPROVE) == []
    assert lacking(a_bare_letter(overrides={"complete": "So."}), TO_APPROVE) == ["verified"]


def test_a_chief_passed_over_what_was_missing_then() -> None:
    letter = a_bare_letter(is_general=False, overrides={"complete": "Run it."})
    assert recall_complete(letter, ["article"]) == []
    letter.name = None
    assert recall_complete(letter, ["article"]) == ["complete"]
    assert letter.overrides is None
    assert recall_complete(letter, []) == []
