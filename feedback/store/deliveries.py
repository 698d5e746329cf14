"""Deliveries of editions: which are due, what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select

from feedback.domain.delivery import Delivery, DeliveryState, TargetKind
from feedback.store.work import Work

LEASE = timedelta(minutes=3)  # longer than any try takes


def of_edition(work: Work, edition_id: int) -> Sequence[Delivery]:
    """All deliveries of an edition, newest first."""
    query = select(Delivery).where(Delivery.edition_id == edition_id)
    return list(work.session.scalars(query.order_by(Delivery.id.desc())))


def waiting(work: Work, edition_id: int, target: TargetKind) -> Delivery | None:
    """The delivery of an edition that is on its way there; None where none is."""
    query = select(Delivery).where(
        Delivery.edition_id == edition_id,
        Delivery.target == target,
        Delivery.state == DeliveryState.WAITING,
    )
    return work.session.scalars(query.limit(1)).first()


def remote_id(work: Work, edition_id: int, target: TargetKind) -> str | None:
    """What the other side calls the edition, from the last time it was there."""
    query = (
        select(Delivery.remote_id)
        .where(
            Delivery.edition_id == edition_id,
            Delivery.target == target,
            Delivery.remote_id.is_not(None),
        )
        .order_by(Delivery.id.desc())
    )
    return work.session.scalars(query.limit(1)).first()


def are_due(work: Work) -> bool:
    """Whether one's time has come."""
    return work.session.scalars(_due(work.now).limit(1)).first() is not None


def claim(work: Work) -> Delivery | None:
    """The one that has been due for longest, leased to the caller, its try counted; or None."""
    query = _due(work.now).order_by(Delivery.due_at, Delivery.id).limit(1)
    found = work.session.scalars(query.with_for_update(skip_locked=True)).first()
    if found is not None:
        found.lease_until = work.now + LEASE
        found.attempts += 1
    return found


def one(work: Work, delivery_id: int, *, to_change: bool = False) -> Delivery | None:
    """The delivery of that number, locked where told; None where its edition is gone."""
    return work.session.get(Delivery, delivery_id, with_for_update=to_change or None)


def has_left_since(work: Work, edition_id: int, since: datetime) -> bool:
    """Whether the edition reached a target, or may just be reaching one, after a moment."""
    query = select(Delivery.id).where(
        Delivery.edition_id == edition_id,
        or_(Delivery.done_at >= since, Delivery.lease_until >= work.now),
    )
    return work.session.scalars(query.limit(1)).first() is not None


def _due(now: datetime) -> Select[Delivery]:
    return select(Delivery).where(
        Delivery.state == DeliveryState.WAITING,
        Delivery.due_at <= now,
        or_(Delivery.lease_until.is_(None), Delivery.lease_until < now),
    )
