"""A new edition, stored under a slug that nobody else takes at the same moment."""

from sqlalchemy.exc import IntegrityError

from feedback.domain.edition import Edition
from feedback.store.work import Work


def add(work: Work, edition: Edition) -> bool:
    """Store it; False where its slug was taken meanwhile, and nothing has changed."""
    try:
        with work.session.begin_nested():
            work.session.add(edition)
    except IntegrityError:
        return False
    return True
