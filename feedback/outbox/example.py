"""A mail about a letter that does not exist: what a chief sees before saving its words."""

from feedback.domain.column import Column
from feedback.domain.owed_mail import MailKind
from feedback.outbox.compose import HIDDEN, Composed, Draft, Own, usual_words

EXAMPLE = "7Q2KD"


def example(column: Column, kind: MailKind, own: Own | None, base_url: str) -> Composed:
    """The mail as it would leave; `own` None: with the usual words."""
    context = {
        "ref": f"{column.prefix}-{EXAMPLE}",
        "column": column.name,
        "publication": column.publication,
        "signed_by": column.signed_by,
        "address": column.address,
        "status_url": f"{base_url}/letters/{HIDDEN}",
        "verify_url": f"{base_url}/verify/{HIDDEN}",
        "edition_url": f"{base_url}/editions/{HIDDEN}",
        "missing": ["article", "name"],
        "reason": "",
        "answer": None,
        "gap": "",
        "is_words": False,
    }
    return Draft(kind, context, own=own).written()


def usual(column: Column, kind: MailKind) -> Own:
    """The words that the desk came with, as a chief would type them."""
    return usual_words(kind, has_publication=bool(column.publication))
