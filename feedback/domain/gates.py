"""What must be true before a letter is approved or printed."""

from collections.abc import Sequence

from feedback.domain.column import PlaceRule, VerificationPolicy
from feedback.domain.finding import Result
from feedback.domain.letter import Letter
from feedback.domain.sender_auth import may_verify_by_mail
from feedback.domain.verification import Method, Outcome, Verification

GATES = (
    "complete",
    "verified",
    "proofed",
    "claims_checked",
    "within_quota",
    "not_in_blackout",
)
TO_APPROVE = ("complete", "verified")
TO_PUBLISH = GATES
WRITERS_PART = ("complete", "verified", "proofed")  # what the writer's answer can settle

# Findings that shut a gate where they hold or refuse.
SHUT_BY = {"within_quota": ("quota",), "not_in_blackout": ("blackout", "election")}
FREE_ADDED_WORDS = 5  # more added words than this want the writer's consent


def is_complete(letter: Letter) -> bool:
    """Name known, place as the column's rule says, article known or marked general."""
    has_article = letter.article_id is not None or letter.is_general
    has_place = letter.has_place or letter.column.place_rule is not PlaceRule.REQUIRED
    return bool(letter.name) and has_article and has_place


def is_verified(policy: VerificationPolicy, verifications: Sequence[Verification]) -> bool:
    """Whether the recorded attempts (oldest first) satisfy the policy.

    The latest outcome that learned something counts: after a denial only what was confirmed
    later counts. Silence (`no_answer`) changes nothing.
    """
    confirmed = _confirmed_by(verifications)
    match policy:
        case VerificationPolicy.NONE:
            return not is_denied(verifications)
        case VerificationPolicy.EDITOR:
            return bool(confirmed - {Method.LINK})
        case VerificationPolicy.LINK_AND_CALL:
            return {Method.LINK, Method.PHONE} <= confirmed
        case VerificationPolicy.LINK:
            return bool(confirmed)


def _counted(letter: Letter) -> Sequence[Verification]:
    """Where DMARC failed, a yes by mail proves nothing; the confirm link went to the mailbox."""
    if may_verify_by_mail(letter.came_from):
        return letter.verifications
    return [
        one
        for one in letter.verifications
        if one.method is not Method.EMAIL or one.outcome is not Outcome.CONFIRMED
    ]


def is_denied(verifications: Sequence[Verification]) -> bool:
    """Whether the latest that was learned is: this person did not write it."""
    learned = (v.outcome for v in reversed(verifications) if v.outcome is not Outcome.NO_ANSWER)
    return next(learned, None) is Outcome.DENIED


def _confirmed_by(verifications: Sequence[Verification]) -> set[Method]:
    """The ways in which it was confirmed since the last denial.

    The writer's own yes in reply to a mail is worth what the link in that mail is.
    """
    confirmed: set[Method] = set()
    for attempt in verifications:
        if attempt.outcome is Outcome.DENIED:
            confirmed = set()
        elif attempt.outcome is Outcome.CONFIRMED:
            confirmed.add(Method.LINK if attempt.is_writers_own else attempt.method)
    return confirmed


def writer_can_open(letter: Letter, shut: Sequence[str]) -> bool:
    """Whether the writer's answer, by link and page, is what these gates wait for.

    Not where a verification by editors lacks alone, and not after a no: whoever said that the
    letter is not theirs is not asked again.
    """
    if not set(shut) <= set(WRITERS_PART):
        return False
    if "verified" not in shut:
        return True
    policy = letter.column.verification_policy
    by_link = policy in (VerificationPolicy.LINK, VerificationPolicy.LINK_AND_CALL)
    said_yes = Method.LINK in _confirmed_by(letter.verifications)
    return by_link and not said_yes and not is_denied(letter.verifications)


def why_proof(letter: Letter) -> list[str]:
    """Reasons, in words, why the writer must see the edited text first; empty where none."""
    reasons = []
    if letter.is_name_changed:
        reasons.append("the name was changed")
    revision = letter.revision
    if revision is None:
        return reasons
    if revision.cut_percent > letter.column.proof_threshold:
        reasons.append(f"cut {revision.cut_percent}%")
    if revision.added_words > FREE_ADDED_WORDS:
        reasons.append(f"{revision.added_words} words added")
    reasons += [f"a {what} was changed" for what in revision.touched]
    return reasons


def gates(letter: Letter) -> dict[str, bool]:
    """Every gate by name, as the facts are (a chief's override does not make one true).

    `claims_checked` is shut by an editor's own open questions alone, `within_quota` and
    `not_in_blackout` by a finding that holds or refuses, as strictly as the column's rules say.
    """
    held = {f.check for f in letter.findings if f.outcome in (Result.HOLD, Result.REFUSE)}
    return {
        "complete": is_complete(letter),
        "verified": is_verified(letter.column.verification_policy, _counted(letter)),
        "proofed": not why_proof(letter),
        "claims_checked": not letter.open_claims,
        **{gate: held.isdisjoint(checks) for gate, checks in SHUT_BY.items()},
    }


def lacking(letter: Letter, wanted: Sequence[str]) -> list[str]:
    """The gates of `wanted` that are neither true nor overridden by a chief."""
    state = gates(letter)
    passed = letter.overrides or {}
    return [g for g in wanted if not state[g] and g not in passed]


def recall_complete(letter: Letter, missing_before: Sequence[str]) -> list[str]:
    """A chief passed over what was missing then: where more is missing now, the gate counts.

    Returns the gates that count again.
    """
    more_is_missing = bool(set(letter.missing) - set(missing_before))
    return ["complete"] if more_is_missing and letter.forget_override("complete") else []
