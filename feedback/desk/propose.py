"""Proposed edits: who may only draft proposes, an editor accepts or refuses."""

from feedback.desk.edit import EDITABLE, Edits, check, edit
from feedback.desk.edit_values import Joined, as_edits, as_values, changed, join, values_of
from feedback.domain.draft import Proposal, Verdict
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotAllowed, Refused
from feedback.domain.letter import Letter
from feedback.reading.cleaning import clean_text
from feedback.store import proposals
from feedback.store.work import Work

MOST_WHY = 500


def propose(
    work: Work, letter: Letter, edits: Edits, by: Editor, version: int | None
) -> Proposal | None:
    """Propose edits; they take the place of what the same person had proposed and nobody settled.

    It is no decision: the letter stays as it is, and has no new version. None where the edits
    change nothing. Raises NotAllowed, Stale, Refused as `edit` does.
    """
    by.require(Deed.DRAFT_EDIT)
    letter.expect(version)
    check(letter, edits)
    saved = values_of(letter)
    values = changed(saved, as_values(edits))
    found = proposals.open_of(work, letter.id, by.id, by.name)
    if not values:
        if found is not None:
            work.session.delete(found)
        return None
    if found is None:
        found = Proposal(letter_id=letter.id, by_id=by.id, by_name=by.name)
        work.session.add(found)
    found.fields = {"values": values, "base": {name: saved[name] for name in values}}
    found.at = work.now
    return found


def joined(letter: Letter, proposal: Proposal) -> Joined:
    """A proposal put together with what was saved since; what was proposed stands."""
    base, values = proposal.fields["base"], proposal.fields["values"]
    now = values_of(letter)
    return join(base, values, {name: now[name] for name in base})


def accept(work: Work, letter: Letter, proposal: Proposal, by: Editor, version: int | None) -> None:
    """Save what is proposed as this editor's edit. Raises NotAllowed, Stale, Refused.

    Refused (kind `move`) too where the same words were edited since: then an editor has to look.
    """
    by.require(Deed.EDIT)
    letter.expect(version)
    found = joined(letter, proposal)
    if not found.is_clean:
        raise Refused(
            "The same words were edited meanwhile: open it in the editor.", "move", {"allowed": []}
        )
    edit(work, letter, as_edits(found.values), by, version, proposed_by=proposal.by_name)
    settle(work, proposal, Verdict.ACCEPTED, by)


def refuse(work: Work, proposal: Proposal, why: str, by: Editor) -> None:
    """Leave the letter as it is; who proposed reads why. Raises NotAllowed, Refused."""
    why = clean_text(why)
    if len(why) > MOST_WHY:
        raise Refused("Shorten the reason to 500 characters.", "fields", {"field": "why"})
    settle(work, proposal, Verdict.REFUSED, by)
    proposal.why = why or None


def take_back(work: Work, proposal: Proposal, by: Editor) -> None:
    """Drop one's own proposal. Raises NotAllowed."""
    if (proposal.by_id, proposal.by_name) != (by.id, by.name):
        raise NotAllowed("Only who proposed an edit takes it back.")
    work.session.delete(proposal)


def settle(work: Work, proposal: Proposal, verdict: Verdict, by: Editor) -> None:
    """Note what an editor made of it. Raises NotAllowed."""
    by.require(Deed.EDIT)
    proposal.verdict = verdict
    proposal.settled_by, proposal.settled_at = by.name, work.now


def may_be_proposed(letter: Letter, by: Editor) -> bool:
    """Whether an edit by this person would be a proposal."""
    return letter.state in EDITABLE and by.may(Deed.DRAFT_EDIT) and not by.may(Deed.EDIT)
