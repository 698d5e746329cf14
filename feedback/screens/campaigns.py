"""Campaigns: letters that many people sent alike, side by side with the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.accounts.guard import current_editor, desk_only, guard_desk
from feedback.desk.campaigns import belong, decide_about, name
from feedback.domain.campaign import Membership
from feedback.domain.editor import Deed
from feedback.domain.errors import Refused
from feedback.domain.letter import Letter
from feedback.newsroom import newsroom
from feedback.reading.redline import Redline, compare
from feedback.screens import undoable
from feedback.screens.batches import WISHES, said
from feedback.screens.desk_forms import version_sent
from feedback.store import batches, campaigns

blueprint = Blueprint("campaigns", __name__, url_prefix="/desk/campaigns")
guard_desk(blueprint)

COMPARED = 40  # members whose differing words are shown; each takes a moment to work out


@dataclass(frozen=True)
class Member:
    """A letter of a campaign; `redline` is None for the lead, and far down the list."""

    letter: Letter
    redline: Redline | None


@blueprint.get("/")
@desk_only(Deed.READ)
def show() -> ResponseReturnValue:
    """All campaigns, those with the newest letters first."""
    after = request.args.get("after") or None
    with newsroom().store.read() as work:
        page = campaigns.page(work, after)
    return render_template("desk/campaigns.html", page=page, is_first=after is None)


@blueprint.get("/<int:campaign_id>")
@desk_only(Deed.READ)
def one(campaign_id: int) -> ResponseReturnValue:
    """Its letters, each with what differs from the first."""
    with newsroom().store.read() as work:
        campaign = campaigns.by_id(work, campaign_id)
        found = campaigns.members(work, campaign_id)
        lead = next((pair for pair in found if pair[0].id == campaign.lead_id), None)
        lead = lead or (found[0] if found else None)
        return render_template(
            "desk/campaign.html",
            campaign=campaign,
            lead=lead,
            members=_members(found, lead[0].id, lead[1]) if lead else [],
        )


@blueprint.post("/<int:campaign_id>/members")
@desk_only(Deed.SHORTLIST)
def members(campaign_id: int) -> ResponseReturnValue:
    """Form: `ref` of letters, `membership` confirmed or apart."""
    refs = list(dict.fromkeys(request.form.getlist("ref")))[: campaigns.MOST_MEMBERS]
    is_apart = request.form.get("membership") == "apart"
    membership = Membership.APART if is_apart else Membership.CONFIRMED
    with newsroom().store.work() as work:
        campaign = campaigns.by_id(work, campaign_id, to_change=True)
        some = batches.to_change(work, refs)
        number = belong(work, campaign, some, membership, current_editor())
    says = (
        ngettext("%(num)s letter set apart.", "%(num)s letters set apart.", number)
        if is_apart
        else ngettext("%(num)s letter confirmed.", "%(num)s letters confirmed.", number)
    )
    flash(says if number else _("Tick letters first."), "info" if number else "error")
    return redirect(f"/desk/campaigns/{campaign_id}", 303)


@blueprint.post("/<int:campaign_id>/name")
@desk_only(Deed.SHORTLIST)
def rename(campaign_id: int) -> ResponseReturnValue:
    """Form: `name`, `version`."""
    try:
        with newsroom().store.work() as work:
            campaign = campaigns.by_id(work, campaign_id, to_change=True)
            name(work, campaign, request.form.get("name", ""), current_editor(), version_sent())
    except Refused as error:
        flash(error.message, "error")
    return redirect(f"/desk/campaigns/{campaign_id}", 303)


@blueprint.post("/<int:campaign_id>/decisions")
@desk_only(Deed.DECIDE)
def decide(campaign_id: int) -> ResponseReturnValue:
    """Decide about all of it: `decision` is one of those for many letters."""
    wish = WISHES.get(request.form.get("decision", ""))
    if wish is None:
        raise Refused("There is no such decision.", "fields", {"field": "decision"})
    with newsroom().store.work() as work:
        campaign = campaigns.by_id(work, campaign_id)
        done = decide_about(work, campaign, wish, current_editor())
        number = done.batch.id if done.batch else None
        says = said(done, wish.decision)
    if number is None:
        flash(says, "error")
    else:
        undoable.remember_batch(says, number)
    return redirect(f"/desk/campaigns/{campaign_id}", 303)


def _members(found: Sequence[tuple[Letter, str]], lead_id: int, text: str) -> list[Member]:
    return [
        Member(letter, compare(text, words) if letter.id != lead_id and n < COMPARED else None)
        for n, (letter, words) in enumerate(found)
    ]
