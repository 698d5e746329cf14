"""Who sits at the desk: roles, what each may do."""

from dataclasses import dataclass
from enum import StrEnum

from feedback.domain.errors import NotAllowed
from feedback.domain.state import State


class Role(StrEnum):
    """What somebody was taken on for."""

    READER_EDITOR = "reader_editor"  # reads the post, shortlists, drafts edits
    EDITOR = "editor"  # runs the letters desk
    PUBLISHER = "publisher"  # puts editions out, takes down, corrects
    CHIEF = "chief"  # answers for all of it, sets the house rules


class Deed(StrEnum):
    """Something that is done at the desk."""

    READ = "read"  # look at letters, articles, editions
    SHORTLIST = "shortlist"  # move a letter to the shortlist, or back
    DRAFT_EDIT = "draft_edit"  # propose an edit; say which article a letter answers
    TYPE_IN = "type_in"  # enter a letter that came on paper or by telephone
    EDIT_ARTICLES = "edit_articles"  # add to or mend the list of articles
    EDIT = "edit"  # save an edit of text or signature, settle a proposed one
    DECIDE = "decide"  # approve, hold, decline, spike, restore, withdraw
    VERIFY = "verify"  # record that the writer is who they say
    SEND_PROOF = "send_proof"  # ask the writer
    BUILD_EDITION = "build_edition"  # make an edition, place letters in it
    PUBLISH = "publish"  # put an edition out
    EXPORT = "export"  # take letters or an edition along as a file
    SEE_CONTACTS = "see_contacts"  # look at addresses, telephones, mails; logged
    KILL = "kill"  # take a printed letter down
    CORRECT = "correct"  # add a correction to a printed letter
    SET_GATES = "set_gates"  # pass over a gate with a reason
    SETTINGS = "settings"  # change a column's rules
    USERS = "users"  # take people on, change roles, let them go
    TOKENS = "tokens"  # give programs access


# The columns of the table of roles in the manual for editors.
READING = frozenset({Deed.READ, Deed.SHORTLIST, Deed.DRAFT_EDIT, Deed.TYPE_IN, Deed.EDIT_ARTICLES})
DECIDING = frozenset({Deed.EDIT, Deed.DECIDE, Deed.VERIFY, Deed.SEND_PROOF})
EDITIONS = frozenset({Deed.BUILD_EDITION, Deed.PUBLISH, Deed.EXPORT})
CONTACTS = frozenset({Deed.SEE_CONTACTS})
AFTER_PRINT = frozenset({Deed.KILL, Deed.CORRECT})
HOUSE = frozenset({Deed.SET_GATES, Deed.SETTINGS, Deed.USERS, Deed.TOKENS})

DEEDS: dict[Role, frozenset[Deed]] = {
    Role.READER_EDITOR: READING,
    Role.EDITOR: READING | DECIDING | EDITIONS | CONTACTS,
    Role.PUBLISHER: READING | EDITIONS | AFTER_PRINT,
    Role.CHIEF: READING | DECIDING | EDITIONS | CONTACTS | AFTER_PRINT | HOUSE,
}

# How a refusal names the role.
ROLE_NAMES: dict[Role, str] = {
    Role.READER_EDITOR: "A reader editor",
    Role.EDITOR: "An editor",
    Role.PUBLISHER: "A publisher",
    Role.CHIEF: "A chief",
}


def may(role: Role, deed: Deed) -> bool:
    """Whether somebody with this role may do the deed."""
    return deed in DEEDS[role]


def deed_of(before: State, to: State) -> Deed:
    """What somebody must be allowed to do who takes a letter from one state to another.

    To shortlist what was approved takes an editor's decision back, so that this is one as well.
    """
    if to is State.KILLED:
        return Deed.KILL
    if to is State.PUBLISHED:
        return Deed.PUBLISH
    if to is State.PLACED or (before, to) == (State.PLACED, State.APPROVED):
        return Deed.BUILD_EDITION
    if to is State.SHORTLISTED and before is not State.APPROVED:
        return Deed.SHORTLIST
    return Deed.DECIDE


@dataclass(frozen=True)
class Editor:
    """Somebody who acts at the desk; `id` is None for a program that holds a token."""

    id: int | None
    name: str
    role: Role

    def may(self, deed: Deed) -> bool:
        """Whether this editor may do the deed."""
        return may(self.role, deed)

    def require(self, deed: Deed) -> None:
        """Raise NotAllowed unless this editor may do the deed."""
        if not self.may(deed):
            words = deed.value.replace("_", " ")
            raise NotAllowed(f"{ROLE_NAMES[self.role]} may not do this ({words}).")
