"""Each letter is compared with all that came before: the same again, part of a campaign."""

from feedback.domain.campaign import Membership
from feedback.domain.finding import Finding, Result
from feedback.domain.letter import Letter
from feedback.reading.likeness import is_like, likeness, mark_of_all, marks, shared_sentences
from feedback.store import campaigns, findings
from feedback.store import likeness as kept
from feedback.store.likeness import Other
from feedback.store.work import Work

BATCH = 50
VERSION = 1
LEAST_SHARED = 2  # marks; one alone is chance
MOST_COMPARED = 8  # letters whose words are looked at
CAMPAIGN, SAME = "campaign", "same_text"


def compare_new(work: Work, limit: int = BATCH) -> int:
    """Compare letters that were not yet; returns how many. No version changes by it."""
    waiting = kept.uncompared(work, limit)
    for letter in waiting:
        _compare(work, letter)
    if waiting:
        kept.mark_compared(work, [letter.id for letter in waiting])
    return len(waiting)


def _compare(work: Work, letter: Letter) -> None:
    text = letter.original.remarks
    own, whole = marks(text), mark_of_all(text)
    same = kept.others(work, list(kept.sharing(work, letter.id, [whole]))[:MOST_COMPARED])
    like = _like(work, letter, own, text)
    kept.put(work, letter.id, [*own, whole])
    found = [_same(letter, same), _campaign(work, letter, [*same, *like], text)]
    findings.replace(work, letter.id, found, 0)


def _like(work: Work, letter: Letter, own: tuple[int, ...], text: str) -> list[Other]:
    """Letters that are copies of the same text, the likest first."""
    shared = kept.sharing(work, letter.id, own)
    near = [number for number, times in shared.most_common(MOST_COMPARED) if times >= LEAST_SHARED]
    found = [one for one in kept.others(work, near) if is_like(text, one.text)]
    return sorted(found, key=lambda one: likeness(text, one.text), reverse=True)


def _same(letter: Letter, same: list[Other]) -> Finding:
    if not same:
        return Finding(SAME, VERSION, Result.PASS, "Nobody has sent this text before.")
    first = min(same, key=lambda one: one.letter.id).letter
    who = "The same writer" if _is_same_person(first, letter) else "Another writer"
    printed = ", and it was printed" if first.published_on else ""
    says = f"{who} has sent this very text before, as {first.ref}{printed}."
    return Finding(SAME, VERSION, Result.NOTE, says)


def _campaign(work: Work, letter: Letter, like: list[Other], text: str) -> Finding:
    strangers = [
        one
        for one in like
        if not _is_same_person(one.letter, letter) and one.letter.membership is not Membership.APART
    ]
    if not strangers:
        return Finding(CAMPAIGN, VERSION, Result.PASS, "No other writer’s letter is like it.")
    joined = [one for one in strangers if one.letter.campaign_id is not None]
    nearest = joined[0] if joined else strangers[0]
    if letter.membership is None:
        number = nearest.letter.campaign_id
        ids = [letter.id]
        if number is None:
            number = campaigns.make(work, nearest.letter.opening, nearest.letter).id
            ids.append(nearest.letter.id)
        campaigns.join(work, number, ids, Membership.SUGGESTED)
    says = f"Nearly the same as {nearest.letter.ref}, by another writer."
    return Finding(
        CAMPAIGN, VERSION, Result.NOTE, says, tuple(shared_sentences(text, nearest.text))
    )


def _is_same_person(one: Letter, other: Letter) -> bool:
    return one.writer_id is not None and one.writer_id == other.writer_id
