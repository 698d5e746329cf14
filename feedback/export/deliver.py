"""Editions leave for a target: ordered at the desk, brought by the worker, noted with the result.

At least once, and to one place: a delivery is claimed in one transaction, brought outside of any,
noted in the next. Whoever is stopped in between brings it again; the target finds what is there.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta

from feedback.domain.delivery import Delivery, DeliveryState, TargetKind
from feedback.domain.edition import Edition, EditionState
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.domain.gates import TO_PUBLISH, lacking
from feedback.edition.printed import printed_sheet
from feedback.export.copy_column import copy_column
from feedback.export.targets.target import Never, NotNow, Placed, Post, Target
from feedback.store import deliveries, editions
from feedback.store.work import Store, Work

log = logging.getLogger(__name__)
# A try that was cut off may still be at work over there: no next one within a minute.
TRY_AGAIN = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60, 240, 480))


def order(work: Work, edition: Edition, target: TargetKind, by: Editor) -> Delivery:
    """Owe the delivery of an edition; one that is on its way already is that one.

    A published edition goes; a draft does once every letter in it may be printed. Raises
    NotAllowed, Refused (kind `gates` with `missing`; `fields` for one without letters).
    """
    by.require(Deed.EXPORT)
    if not edition.letters():
        raise Refused("There is no letter in it yet.", "fields", {"field": "sections"})
    if edition.state is EditionState.DRAFT:
        shut = [(letter, lacking(letter, TO_PUBLISH)) for letter in edition.letters()]
        missing = [{"ref": letter.ref, "gates": gates} for letter, gates in shut if gates]
        if missing:
            raise Refused("Not every letter in it is ready.", "gates", {"missing": missing})
    on_its_way = deliveries.waiting(work, edition.id, target)
    if on_its_way is not None:
        on_its_way.due_at = min(on_its_way.due_at, work.now)
        return on_its_way
    made = Delivery(
        edition_id=edition.id,
        target=target,
        state=DeliveryState.WAITING,
        remote_id=deliveries.remote_id(work, edition.id, target),
        remote_url="",
        by_name=by.name,
        attempts=0,
        problem="",
        due_at=work.now,
        made_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    return made


def bring_due(store: Store, targets: Mapping[TargetKind, Target]) -> int:
    """Bring whatever is due, one after the other; returns how many arrived."""
    arrived = 0
    while True:
        with store.work() as work:
            claimed = deliveries.claim(work)
            if claimed is None:
                return arrived
            number, target, known = claimed.id, claimed.target, claimed.remote_id
            post = _post(editions.by_id(work, claimed.edition_id))
        outcome = _brought(targets.get(target), post, known)
        with store.work() as work:
            _write_down(work, number, outcome)
        arrived += isinstance(outcome, Placed)


def _brought(target: Target | None, post: Post, known: str | None) -> Placed | NotNow | Never:
    if target is None:
        return Never("This target is not set any more.")
    try:
        return target.put(post, known)
    except (NotNow, Never) as error:
        return error
    except Exception as error:  # whatever the other side sends must not hold up the others
        log.exception("a delivery failed")
        return Never(f"It could not be delivered: {type(error).__name__}.")


def _write_down(work: Work, number: int, outcome: Placed | NotNow | Never) -> None:
    delivery = deliveries.one(work, number, to_change=True)
    if delivery is None:
        return
    delivery.lease_until = None
    if isinstance(outcome, Placed):
        delivery.state, delivery.done_at, delivery.problem = DeliveryState.DONE, work.now, ""
        delivery.remote_id, delivery.remote_url = outcome.remote_id, outcome.url
        return
    delivery.problem = str(outcome)[:300]
    if isinstance(outcome, Never) or delivery.attempts > len(TRY_AGAIN):
        delivery.state = DeliveryState.FAILED
        return
    delivery.due_at = work.now + TRY_AGAIN[delivery.attempts - 1]


def _post(edition: Edition) -> Post:
    copies = copy_column(printed_sheet(edition))
    return Post(
        key=f"{edition.column.slug}-{edition.slug}"[:190],
        title=copies.title or edition.title,
        body=copies.wordpress,
        excerpt=copies.excerpt,
        category=edition.column.name,
    )
