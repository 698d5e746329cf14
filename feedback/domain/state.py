"""Where a letter stands, with the moves that are allowed from there."""

from enum import StrEnum


class State(StrEnum):
    """State of a letter; the contract with editors and writers."""

    RECEIVED = "received"  # on the desk, nobody has decided
    SHORTLISTED = "shortlisted"  # an editor likes it
    APPROVED = "approved"  # may be printed
    PLACED = "placed"  # stands in an edition that is being made
    PUBLISHED = "published"  # printed
    HELD = "held"  # waits, with a reason and a date
    DECLINED = "declined"  # will not be printed, politely
    SPIKED = "spiked"  # spam or abuse; nobody is told
    WITHDRAWN = "withdrawn"  # taken back by its writer
    KILLED = "killed"  # taken down after print


# From where to where. The rules and the buttons read this same table.
MOVES: dict[State, tuple[State, ...]] = {
    State.RECEIVED: (
        State.SHORTLISTED,
        State.APPROVED,
        State.HELD,
        State.RECEIVED,
        State.DECLINED,
        State.SPIKED,
        State.WITHDRAWN,
    ),
    State.HELD: (
        State.SHORTLISTED,
        State.APPROVED,
        State.HELD,
        State.RECEIVED,
        State.DECLINED,
        State.SPIKED,
        State.WITHDRAWN,
    ),
    State.SHORTLISTED: (
        State.RECEIVED,
        State.APPROVED,
        State.HELD,
        State.DECLINED,
        State.SPIKED,
        State.WITHDRAWN,
    ),
    State.APPROVED: (
        State.SHORTLISTED,
        State.PLACED,
        State.HELD,
        State.DECLINED,
        State.SPIKED,
        State.WITHDRAWN,
    ),
    State.PLACED: (State.APPROVED, State.PUBLISHED, State.HELD, State.WITHDRAWN),
    State.PUBLISHED: (State.KILLED,),
    State.DECLINED: (State.RECEIVED,),
    State.SPIKED: (State.RECEIVED,),
    State.WITHDRAWN: (),
    State.KILLED: (),
}

# What waits for an editor, in the order of the desk's tabs.
OPEN = (State.RECEIVED, State.HELD, State.SHORTLISTED, State.APPROVED, State.PLACED)
PRINTED = (State.PUBLISHED, State.KILLED)  # a killed letter has been in print


class Decision(StrEnum):
    """What an editor can decide about a letter."""

    SHORTLIST = "shortlist"  # keep it in view
    APPROVE = "approve"  # it may be printed
    HOLD = "hold"  # wait until a day
    DECLINE = "decline"  # not printed
    SPIKE = "spike"  # spam or abuse
    RESTORE = "restore"  # back to received
    WITHDRAW = "withdraw"  # for the writer, with a reason
    KILL = "kill"  # taken down after print
    UNDO = "undo"  # the last event never happened


# Why a letter is spiked, where an editor says; the spam filter learns from the first alone.
SPAM, ABUSE = "spam", "abuse"

LEADS_TO: dict[Decision, State] = {
    Decision.SHORTLIST: State.SHORTLISTED,
    Decision.APPROVE: State.APPROVED,
    Decision.HOLD: State.HELD,
    Decision.DECLINE: State.DECLINED,
    Decision.SPIKE: State.SPIKED,
    Decision.RESTORE: State.RECEIVED,
    Decision.WITHDRAW: State.WITHDRAWN,
    Decision.KILL: State.KILLED,
}


def may_move(before: State, to: State) -> bool:
    """True where the table allows the move."""
    return to in MOVES[before]


def decisions_from(state: State) -> list[Decision]:
    """The decisions that are possible from a state, in the order of the enum; undo apart."""
    return [d for d, to in LEADS_TO.items() if may_move(state, to)]
