"""Figures for Prometheus: what the database says, and what this service has counted.

What can be asked of the database is asked there, at every scrape, so that it is the same from
every process. Requests are counted in memory by the one process of SQLite; with several
processes prometheus-client keeps the counts in files that all of them read.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from feedback.domain.owed_mail import MailState
from feedback.domain.state import OPEN
from feedback.store import letters, mails, presence, raw_mails
from feedback.store.letter_filter import LetterFilter
from feedback.store.work import Store, Work

log = logging.getLogger(__name__)
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library has no types here

COUNTED = CollectorRegistry()
REQUESTS = Counter(
    "feedback_requests", "Requests answered.", ("method", "route", "status"), registry=COUNTED
)
SECONDS = Histogram(
    "feedback_request_seconds",
    "Time until a request was answered.",
    ("method", "route"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=COUNTED,
)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)


def measured(store: Store) -> bytes:
    """All figures, in the text form of Prometheus."""
    asked = CollectorRegistry()
    asked.register(FromDatabase(store))
    return generate_latest(asked) + generate_latest(_counted())


def _counted() -> CollectorRegistry:
    shared = CollectorRegistry()
    try:
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]  # nor here
    except ValueError:  # one process: no folder is named for the counts of several
        return COUNTED
    return shared


class FromDatabase(Collector):
    """Figures that one short read transaction gives, however many letters there are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> list[Metric]:
        """Nothing in advance: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures; only that the database is down, when it is."""
        up = GaugeMetricFamily("feedback_database_up", "1 where the database answers.")
        try:
            with self._store.read() as work:
                found = [*_of_letters(work), *_of_mails(work), _of_worker(work)]
        except Exception:  # whatever it is, whoever watches must still be answered
            log.exception("the database could not be asked for figures")
            found = []
        up.add_metric((), 1 if found else 0)
        yield up
        yield from found


def _of_letters(work: Work) -> Iterator[Metric]:
    waiting = GaugeMetricFamily(
        "feedback_letters_waiting", "Letters on the desk, counted up to 1001.", labels=("state",)
    )
    for state in OPEN:
        waiting.add_metric((state,), letters.count(work, LetterFilter(states=(state,))).number)
    yield waiting
    received = GaugeMetricFamily(
        "feedback_letters_received_last_day", "Letters of the last 24 hours.", labels=("channel",)
    )
    since = work.now - timedelta(days=1)
    for channel, number in letters.received_since(work, since).items():
        received.add_metric((channel,), number)
    yield received


def _of_mails(work: Work) -> Iterator[Metric]:
    owed = GaugeMetricFamily(
        "feedback_mails", "Mails that wait or that failed, counted up to 1001.", labels=("state",)
    )
    for state in (MailState.WAITING, MailState.FAILED):
        owed.add_metric((state,), mails.count(work, state).number)
    yield owed
    late = GaugeMetricFamily(
        "feedback_mail_oldest_due_seconds", "For how long the oldest unsent mail has been due."
    )
    oldest = mails.oldest_due(work)
    late.add_metric((), (work.now - oldest).total_seconds() if oldest else 0)
    yield late
    refused = GaugeMetricFamily(
        "feedback_mails_refused_last_month",
        "Mails of the last 30 days that are no letters, counted up to 1001.",
        labels=("kind",),
    )
    for kind, number in raw_mails.counts_since(work, work.now - timedelta(days=30)).items():
        refused.add_metric((kind,), number.number)
    yield refused


def _of_worker(work: Work) -> Metric:
    age = GaugeMetricFamily(
        "feedback_worker_pulse_seconds", "Seconds since a worker's last sign of life; -1 for never."
    )
    beat = presence.last_beat(work)
    age.add_metric((), (work.now - beat).total_seconds() if beat else -1)
    return age
