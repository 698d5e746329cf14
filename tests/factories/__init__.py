"""The smallest valid things, each made by one call: `from tests.factories import a_letter`."""

from tests.factories.account import an_account, an_editor
from tests.factories.article import an_article
from tests.factories.column import a_column
from tests.factories.edition import an_edition
from tests.factories.letter import a_letter, a_submission, approved

__all__ = [
    "a_column",
    "a_letter",
    "a_submission",
    "an_account",
    "an_article",
    "an_edition",
    "an_editor",
    "approved",
]
