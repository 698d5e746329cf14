"""Every table of the letters' side, in one place: importing this makes the picture whole."""

from feedback.domain import (
    article,
    column,
    edition,
    event,
    finding,
    letter,
    link,
    original,
    owed_mail,
    presence,
    revision,
    verification,
)
from feedback.domain.mapped import Entity
from feedback.store import search

ROOMS = (
    article,
    column,
    edition,
    event,
    finding,
    letter,
    link,
    original,
    owed_mail,
    presence,
    revision,
    search,
    verification,
)
metadata = Entity.metadata
