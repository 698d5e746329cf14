"""What stands on top of every desk page: its rooms, what waits, who sits there."""

from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _
from flask_login import current_user

from feedback.domain.editor import Deed, Editor
from feedback.newsroom import newsroom
from feedback.screens.ahead import is_ahead
from feedback.screens.undoable import undoable_now
from feedback.store.bar import Bar, bar
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


def context() -> dict[str, Any]:
    """For the templates of the desk: `editor`, `Deed`, `rooms`, `waiting()`, `undoable()`."""
    if not request.path.startswith("/desk") or not current_user.is_authenticated:
        return {}
    editor: Editor = current_user.editor
    return {
        "editor": editor,
        "Deed": Deed,
        "rooms": [room for room in ROOMS if editor.may(room.deed) and _is_in_use(room)],
        "waiting": lambda: told().waiting,
        "for_you": lambda: _for_you(editor),
        "undoable": undoable_now,
        "is_ahead": is_ahead,
    }


def told() -> Bar:
    """What the bar tells; asked once a request."""
    if "bar" not in g:
        with newsroom().store.read() as work:
            g.bar = bar(work, current_user.editor.id or 0)
    found: Bar = g.bar
    return found


def _for_you(editor: Editor) -> Count:
    """Notes that name the editor, and proposed edits where these are the editor's to settle."""
    found = told()
    return Count(found.named.number + (found.proposed.number if editor.may(Deed.EDIT) else 0))


def _is_in_use(room: Room) -> bool:
    """Some rooms stand in the bar once there is something in them."""
    if room.key == "campaigns":
        return told().has_campaigns
    return told().has_refused if room.key == "refused" else True
