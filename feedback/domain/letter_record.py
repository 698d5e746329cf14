"""A letter as programs read it: the record of the contract, section 5."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from feedback.domain.campaign import Membership
from feedback.domain.gates import gates
from feedback.domain.letter import Letter

Record = dict[str, Any]


def iso(at: datetime) -> str:
    """An aware moment as ISO 8601 in UTC, to the second, with a Z."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def letter_record(
    letter: Letter, edition_slug: str | None = None, *, with_name: bool = True
) -> Record:
    """The full record of a letter, without contact data.

    `with_name=False` is for exports: a withheld name, with its office, is then null.
    """
    signature = letter.signature
    revision = letter.revision
    hides_name = signature.withheld and not with_name
    return {
        "ref": letter.ref,
        "channel": letter.channel.value,
        "state": letter.state.value,
        "state_reason": letter.state_reason,
        "version": letter.version,
        "received_at": iso(letter.received_at),
        "language": letter.language,
        "word_count": letter.word_count,
        "article": _article(letter),
        "article_given": letter.article_given,
        "general": letter.is_general,
        "signature": {
            "name": None if hides_name else signature.name,
            "standing": None if hides_name else signature.standing,  # it names a person too
            "town": signature.town,
            "state": signature.state,
            "country": signature.country,
            "printed": signature.printed(),
            "withheld": signature.withheld,
        },
        "remarks": {
            "original": letter.original.remarks,
            "edited": revision.remarks if revision else None,
            "headline": letter.headline,
            "cut_percent": revision.cut_percent if revision else 0,
            "added_percent": revision.added_percent if revision else 0,
            "abridged": letter.is_abridged,
        },
        "gates": gates(letter),
        "overrides": dict(letter.overrides or {}),
        "checks": [
            {
                "name": f.check,
                "version": f.version,
                "outcome": f.outcome.value,
                "says": f.says,
                "evidence": list(f.evidence),
            }
            for f in letter.findings
        ],
        "campaign": None if letter.membership is Membership.APART else letter.campaign_id,
        "edition": edition_slug,
        "wanted": letter.wanted.value if letter.wanted else None,
        "missing": letter.missing,
    }


def with_contacts(record: Mapping[str, Any], letter: Letter) -> Record:
    """The record with contact data, for a role that may see it (the caller logs the look)."""
    contact = letter.contact
    return {
        **record,
        "contacts": {
            "email": contact.email if contact else None,
            "phone": contact.phone if contact else None,
        },
    }


def _article(letter: Letter) -> dict[str, Any] | None:
    if letter.article is None:
        return None
    article = letter.article
    return {
        "id": article.id,
        "url": article.url,
        "headline": article.headline,
        "author": article.author,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "given": letter.article_given,
        "matched_by": letter.matched_by,
        "score": letter.match_score,
    }
