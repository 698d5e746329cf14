"""What stands on top of every desk page: its rooms, what waits, who sits there."""

from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _
from flask_login import current_user

from feedback.domain.editor import Deed, Editor
from feedback.domain.state import State
from feedback.newsroom import newsroom
from feedback.screens.undoable import undoable_now
from feedback.store import campaigns, letters, notes, raw_mails
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import Count


@dataclass(frozen=True)
class Room:
    """One tab of the bar: its key (a page's `here`), address, name, and what it takes to enter."""

    key: str
    href: str
    name: str
    deed: Deed


ROOMS: tuple[Room, ...] = (
    Room("queue", "/desk/", _("Queue"), Deed.READ),
    Room("editions", "/desk/editions/", _("Editions"), Deed.READ),
    Room("articles", "/desk/articles/", _("Articles"), Deed.READ),
    Room("campaigns", "/desk/campaigns/", _("Campaigns"), Deed.READ),
    Room("insights", "/desk/insights", _("Insights"), Deed.READ),
    Room("outbox", "/desk/outbox", _("Outbox"), Deed.READ),
    Room("refused", "/desk/refused", _("Refused"), Deed.READ),
    Room("settings", "/desk/settings", _("Settings"), Deed.SETTINGS),
    Room("people", "/desk/users", _("People"), Deed.USERS),
    Room("audit", "/desk/audit", _("Audit"), Deed.SETTINGS),
)


EMPTY_AT_FIRST = {"campaigns": campaigns.has_any, "refused": raw_mails.has_any}


def context() -> dict[str, Any]:
    """For the templates of the desk: `editor`, `Deed`, `rooms`, `waiting()`, `undoable()`."""
    if not request.path.startswith("/desk") or not current_user.is_authenticated:
        return {}
    editor: Editor = current_user.editor
    return {
        "editor": editor,
        "Deed": Deed,
        "rooms": [room for room in ROOMS if editor.may(room.deed) and _is_in_use(room)],
        "waiting": waiting,
        "named": named,
        "undoable": undoable_now,
    }


def _is_in_use(room: Room) -> bool:
    """Some rooms stand in the bar once there is something in them."""
    if room.key not in EMPTY_AT_FIRST:
        return True
    with newsroom().store.read() as work:
        return EMPTY_AT_FIRST[room.key](work)


def named() -> Count:
    """How many notes name this editor that they have not seen; asked once a request."""
    if "named" not in g:
        with newsroom().store.read() as work:
            g.named = notes.unseen(work, current_user.editor.id or 0)
    count: Count = g.named
    return count


def waiting() -> Count:
    """How many letters nobody has decided about; asked once a request."""
    if "waiting" not in g:
        with newsroom().store.read() as work:
            g.waiting = letters.count(work, LetterFilter(states=(State.RECEIVED,)))
    count: Count = g.waiting
    return count
