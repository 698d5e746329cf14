"""Every table of the letters' side, in one place: importing this makes the picture whole."""

from feedback.domain import (
    article,
    batch,
    campaign,
    claim,
    column,
    draft,
    edition,
    event,
    finding,
    house_event,
    letter,
    link,
    note,
    original,
    owed_mail,
    presence,
    revision,
    rules_change,
    saved_view,
    verification,
    writer,
)
from feedback.domain.mapped import Entity
from feedback.store import search

ROOMS = (
    article,
    batch,
    campaign,
    claim,
    column,
    draft,
    edition,
    event,
    finding,
    house_event,
    letter,
    link,
    note,
    original,
    owed_mail,
    presence,
    revision,
    rules_change,
    saved_view,
    search,
    verification,
    writer,
)
metadata = Entity.metadata
