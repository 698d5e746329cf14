"""Letters that came by mail and lack something that print needs: who is to be reminded, or held."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from feedback.domain.actor import ActorKind
from feedback.domain.column import Column, PlaceRule
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Channel, Letter
from feedback.domain.original import Contact
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.signature import HOME
from feedback.domain.state import State
from feedback.store.letters import WHOLE
from feedback.store.work import Work


def to_remind(
    work: Work, column_id: int, since: datetime, until: datetime, most: int
) -> Sequence[Letter]:
    """Letters whose receipt left in that time and whose writers were not reminded yet."""
    reminded = exists().where(OwedMail.letter_id == Letter.id, OwedMail.kind == MailKind.REMINDER)
    receipt = _left(MailKind.RECEIPT, OwedMail.sent_at >= since, OwedMail.sent_at <= until)
    return _some(work, _waiting(column_id).where(receipt, ~reminded), most)


def to_hold(work: Work, column_id: int, until: datetime, most: int) -> Sequence[Letter]:
    """Letters whose writers were reminded until then, never held by the clock before."""
    held = exists().where(
        Event.letter_id == Letter.id,
        Event.kind == EventKind.MOVED,
        Event.to_state == State.HELD,
        Event.by_kind == ActorKind.MACHINE,
    )
    reminder = _left(MailKind.REMINDER, OwedMail.sent_at <= until)
    return _some(work, _waiting(column_id).where(reminder, ~held), most)


def _waiting(column_id: int) -> Select[Letter]:
    """Still received, nothing heard that an editor has to read, an address to write to."""
    lives_nowhere = and_(
        Column.place_rule == PlaceRule.REQUIRED,
        func.coalesce(Letter.town, "") == "",
        func.coalesce(Letter.place_state, "") == "",
        func.coalesce(Letter.country, HOME).in_((HOME, "")),
    )
    lacks = or_(
        and_(Letter.article_id.is_(None), Letter.is_general.is_(False)),
        func.coalesce(Letter.name, "") == "",
        lives_nowhere,
    )
    return (
        select(Letter)
        .join(Column, Column.id == Letter.column_id)
        .join(Contact, Contact.letter_id == Letter.id)
        .where(
            Letter.state == State.RECEIVED,
            Letter.column_id == column_id,
            Letter.channel == Channel.MAIL,
            Letter.answered_at.is_(None),
            Contact.email.is_not(None),
            lacks,
        )
    )


def _left(kind: MailKind, *when: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        OwedMail.letter_id == Letter.id,
        OwedMail.kind == kind,
        OwedMail.state == MailState.SENT,
        *when,
    )


def _some(work: Work, query: Select[Letter], most: int) -> Sequence[Letter]:
    query = query.order_by(Letter.received_at, Letter.id).limit(most).options(*WHOLE)
    return list(work.session.scalars(query.with_for_update(of=Letter, skip_locked=True)).unique())
