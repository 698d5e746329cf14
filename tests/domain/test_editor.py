"""The table of roles, letter for letter as the contract has it."""

import pytest

from feedback.domain.editor import DEEDS, Deed, Editor, Role, may
from feedback.domain.errors import NotAllowed

# One row a deed: reader_editor, editor, publisher, chief.
TABLE = {
    Deed.READ: (True, True, True, True),
    Deed.SHORTLIST: (True, True, True, True),
    Deed.DRAFT_EDIT: (True, True, True, True),
    Deed.TYPE_IN: (True, True, True, True),
    Deed.EDIT_ARTICLES: (True, True, True, True),
    Deed.EDIT: (False, True, False, True),
    Deed.DECIDE: (False, True, False, True),
    Deed.VERIFY: (False, True, False, True),
    Deed.SEND_PROOF: (False, True, False, True),
    Deed.BUILD_EDITION: (False, True, True, True),
    Deed.PUBLISH: (False, True, True, True),
    Deed.EXPORT: (False, True, True, True),
    Deed.SEE_CONTACTS: (False, True, False, True),
    Deed.KILL: (False, False, True, True),
    Deed.CORRECT: (False, False, True, True),
    Deed.SET_GATES: (False, False, False, True),
    Deed.SETTINGS: (False, False, False, True),
    Deed.USERS: (False, False, False, True),
    Deed.TOKENS: (False, False, False, True),
}


def test_the_table_names_every_deed_and_every_role() -> None:
    assert set(TABLE) == set(Deed)
    assert set(DEEDS) == set(Role)


@pytest.mark.parametrize("deed", Deed)
def test_roles_may_do_what_the_contract_says(deed: Deed) -> None:
    assert tuple(may(role, deed) for role in Role) == TABLE[deed]


def test_an_editor_is_let_through_or_told_why_not() -> None:
    ann = Editor(1, "Ann Editor", Role.EDITOR)
    ann.require(Deed.DECIDE)
    with pytest.raises(NotAllowed, match=r"^An editor may not do this \(kill\)\.$"):
        ann.require(Deed.KILL)
    with pytest.raises(NotAllowed, match=r"^A reader editor may not do this \(see contacts\)\.$"):
        Editor(2, "Bo", Role.READER_EDITOR).require(Deed.SEE_CONTACTS)
