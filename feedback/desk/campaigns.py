"""What editors do with a campaign: say who belongs to it, name it, decide about all of it."""

from collections.abc import Sequence

from feedback.desk.batch import Done, decide_all
from feedback.desk.decide import Wish
from feedback.domain.campaign import Campaign, Membership
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused, Stale
from feedback.domain.letter import Letter
from feedback.reading.cleaning import clean_line
from feedback.store import batches, campaigns
from feedback.store.work import Work

MOST_NAME = 200


def belong(
    work: Work, campaign: Campaign, some: Sequence[Letter], membership: Membership, by: Editor
) -> int:
    """Confirm letters, or set them apart for good; returns how many.

    Letters of other campaigns stay as they are. Raises NotAllowed.
    """
    by.require(Deed.SHORTLIST)
    mine = [letter.id for letter in some if letter.campaign_id == campaign.id]
    if mine:
        campaigns.join(work, campaign.id, mine, membership)
    return len(mine)


def name(work: Work, campaign: Campaign, typed: str, by: Editor, version: int | None) -> None:
    """Give it a name. Raises NotAllowed, Stale, Refused (kind `fields`) without one."""
    by.require(Deed.SHORTLIST)
    if version is not None and version != campaign.version:
        raise Stale("Somebody else has changed this campaign.", campaign.version)
    words = clean_line(typed)[:MOST_NAME]
    if not words:
        raise Refused("Give it a name.", "fields", {"field": "name"})
    campaign.name = words
    work.session.flush()


def decide_about(work: Work, campaign: Campaign, wish: Wish, by: Editor) -> Done:
    """Decide about every letter that belongs to it; one Undo takes all of it back.

    Raises NotAllowed, Refused for a decision that wants a look at each letter.
    """
    some = [
        letter
        for letter, _text in campaigns.members(work, campaign.id)
        if letter.membership is not Membership.APART
    ]
    refs = [letter.ref for letter in some]
    return decide_all(work, batches.to_change(work, refs), wish, by, why=campaign.name)
