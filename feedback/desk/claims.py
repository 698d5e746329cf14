"""Ask for a source (cq): words of a letter that stay out of print until they are checked."""

from typing import Any

from feedback.domain.actor import Actor
from feedback.domain.claim import Claim, ClaimOutcome
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.event import COUNTS_AGAIN, EventKind
from feedback.domain.gates import is_verified
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import OPEN
from feedback.outbox import messages
from feedback.reading.cleaning import clean_text
from feedback.store import claims, mails
from feedback.store.work import Work

MOST_QUOTED, MOST_ASKED, MOST_SOURCE = 500, 500, 1000
MOST_OPEN = 50  # questions about one letter


def ask_source(
    work: Work,
    letter: Letter,
    quote: str,
    question: str,
    by: Editor,
    version: int | None,
    *,
    tells: bool = True,
) -> OwedMail | None:
    """Open a question about these words of the letter; the gate is shut until it is settled.

    With `tells` the writer is owed a mail, unless one waits already: returned where one is owed.
    Only a writer who has confirmed the letter is written to, by an editor who may ask writers.
    Raises NotAllowed, Stale, Refused (kind `fields`, or `move` for a letter that is not open).
    """
    by.require(Deed.DRAFT_EDIT)
    letter.expect(version)
    if letter.state not in OPEN:
        raise Refused(f"A letter that is {letter.state} is past asking.", "move", {"allowed": []})
    quote, question = _line(quote, MOST_QUOTED, "quote"), _line(question, MOST_ASKED, "question")
    _require_its_words(work, letter, quote)
    actor = Actor.of(by)
    claim = Claim(
        letter_id=letter.id,
        quote=quote,
        question=question,
        opened_by_id=actor.id,
        opened_by=actor.name,
        opened_at=work.now,
    )
    work.session.add(claim)
    letter.open_claims += 1
    facts: dict[str, Any] = {"quote": quote}
    if letter.forget_override("claims_checked"):
        facts[COUNTS_AGAIN] = ["claims_checked"]
    letter.record(EventKind.CLAIM_OPENED, actor, work.now, question or None, facts)
    return _tell(work, letter) if tells and by.may(Deed.SEND_PROOF) else None


def settle(
    work: Work,
    letter: Letter,
    number: int,
    outcome: ClaimOutcome,
    source: str,
    by: Editor,
    version: int | None,
) -> Claim:
    """The question is answered: it stands by a source, was mended, or is dropped; it is kept.

    Raises NotAllowed, Stale, NotFound, Refused (kind `fields`) where words that stand have no
    source, (kind `move`) where it is settled already.
    """
    by.require(Deed.DECIDE)
    letter.expect(version)
    claim = claims.one(work, letter.id, number)
    if claim.outcome is not None:
        raise Refused("That is settled already.", "move", {"allowed": []})
    source = _line(source, MOST_SOURCE, "source")
    if outcome is ClaimOutcome.STANDS and not source:
        raise Refused("Say what shows that it stands.", "fields", {"field": "source"})
    actor = Actor.of(by)
    claim.outcome, claim.source = outcome, source
    claim.settled_by, claim.settled_at = actor.name, work.now
    letter.open_claims = max(0, letter.open_claims - 1)
    facts = {"quote": claim.quote, "claim": outcome.value}
    letter.record(EventKind.CLAIM_SETTLED, actor, work.now, source or None, facts)
    return claim


def may_tell(letter: Letter, by: Editor) -> bool:
    """Whether the writer can be asked for a source by this editor now."""
    has_address = letter.contact is not None and bool(letter.contact.email)
    is_known = is_verified(letter.column.verification_policy, letter.verifications)
    return has_address and is_known and bool(letter.verifications) and by.may(Deed.SEND_PROOF)


def _tell(work: Work, letter: Letter) -> OwedMail | None:
    is_known = is_verified(letter.column.verification_policy, letter.verifications)
    if not is_known or not letter.verifications:
        return None
    found = mails.of_letter(work, letter.id)
    if any(m.kind is MailKind.SOURCE and m.state is MailState.WAITING for m in found):
        return None
    return messages.owe_writer(work, letter, MailKind.SOURCE)


def _require_its_words(work: Work, letter: Letter, quote: str) -> None:
    if not quote:
        raise Refused("Say which words need a source.", "fields", {"field": "quote"})
    texts = (letter.text, letter.original.remarks)
    if not any(quote in " ".join(text.split()) for text in texts):
        raise Refused("These words do not stand in the letter.", "fields", {"field": "quote"})
    already = [claim for claim in claims.of_letter(work, letter.id) if claim.outcome is None]
    if any(claim.quote == quote for claim in already):
        raise Refused("That is asked already.", "fields", {"field": "quote"})
    if len(already) >= MOST_OPEN:
        raise Refused("Settle some of the open questions first.", "fields", {"field": "quote"})


def _line(text: str, most: int, field: str) -> str:
    line = " ".join(clean_text(text).split())
    if len(line) > most:
        raise Refused(f"Shorten this to {most:,} characters.", "fields", {"field": field})
    return line
