"""The worker: what it does, that nothing stops it, that there is one."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from feedback import jobs
from feedback import worker as module
from feedback.domain.errors import Unreachable
from feedback.domain.owed_mail import MailKind, MailState
from feedback.newsroom import Newsroom
from feedback.store import letters, presence
from feedback.worker import JOBS, Job, Worker, claim, run_when_alone
from tests.factories import a_letter
from tests.outbox.desk import mail_of

PATIENCE = 20.0  # seconds; a test that passes needs a fraction of one


def soon(is_so: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Whether something comes true before patience ends."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if is_so():
            return True
        time.sleep(0.01)
    return False


@contextmanager
def running(newsroom: Newsroom) -> Iterator[Worker]:
    """A worker that runs on a thread of its own until the test leaves."""
    worker, stop = Worker(newsroom), threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield worker
    finally:
        stop.set()
        newsroom.store.bell.set()
        thread.join(10)
        assert not thread.is_alive()
        assert not any(job.is_alive() for job in worker.threads)


def is_checked(newsroom: Newsroom, letter_id: int) -> bool:
    with newsroom.store.read() as work:
        return letters.by_id(work, letter_id).checked_at is not None


def test_a_new_letter_is_checked_and_its_receipt_leaves(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    with running(newsroom):
        letter = a_letter(newsroom)
        assert soon(lambda: is_checked(newsroom, letter.id))
        assert soon(
            lambda: mail_of(newsroom.store, letter, MailKind.RECEIPT).state is MailState.SENT
        )
    with newsroom.store.read() as work:
        assert letters.by_ref(work, letter.ref).findings
        assert work.now == presence.last_beat(work)
    assert [file.suffix for file in newsroom.outbox_folder.iterdir()] == [".eml"]
    assert [line.message for line in caplog.records if line.levelname != "INFO"] == []


def test_what_waited_when_it_starts_is_done(newsroom: Newsroom) -> None:
    some = [a_letter(newsroom, email=f"r{n}@example.com") for n in range(3)]
    with running(newsroom):
        assert soon(lambda: all(is_checked(newsroom, letter.id) for letter in some))


def test_a_job_that_fails_stops_no_other(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def fail(_worker: Worker) -> bool:
        tries.append(time.monotonic())
        raise ZeroDivisionError

    monkeypatch.setattr(module, "JOBS", (Job("broken", every=0.01, run=fail), *JOBS))
    monkeypatch.setattr(module, "AFTER_TROUBLE", (0.01,))
    with running(newsroom):
        letter = a_letter(newsroom)
        assert soon(lambda: is_checked(newsroom, letter.id))
        assert soon(lambda: len(tries) > 2), "it is tried again"
    assert "broken failed" in caplog.text


def test_it_heals_by_itself_when_the_database_is_back(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every transaction fails for a while, as when PostgreSQL is restarted."""
    is_down = threading.Event()
    is_down.set()
    whole = {name: getattr(newsroom.store, name) for name in ("work", "read")}

    def gated(name: str) -> Callable[[], object]:
        @contextmanager
        def transaction() -> Iterator[object]:
            if is_down.is_set():
                raise Unreachable("The database does not answer.")
            with whole[name]() as work:
                yield work

        return transaction

    letter = a_letter(newsroom)
    monkeypatch.setattr(module, "AFTER_TROUBLE", (0.01, 0.05))
    for name in whole:
        monkeypatch.setattr(newsroom.store, name, gated(name))
    with running(newsroom):
        time.sleep(0.1)
        is_down.clear()
        assert soon(lambda: is_checked(newsroom, letter.id))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_slow_job_does_not_keep_the_pulse(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail server that does not answer, a site that takes its time."""
    held = threading.Event()

    def slow(_worker: Worker) -> bool:
        held.wait(PATIENCE)
        return False

    def quick(worker: Worker) -> bool:
        return jobs.beat(worker)

    monkeypatch.setattr(
        module, "JOBS", (Job("slow", every=1, run=slow), Job("pulse", every=0.01, run=quick))
    )
    beats = []
    monkeypatch.setattr(presence, "beat", lambda _work, name: beats.append(name))
    with running(newsroom):
        assert soon(lambda: len(beats) > 3)
        held.set()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_one_worker_a_data_folder(newsroom: Newsroom) -> None:
    folder = newsroom.settings.data_dir
    first = claim(folder)
    assert first is not None
    assert claim(folder) is None
    stop = threading.Event()
    waiting = threading.Thread(target=run_when_alone, args=(newsroom, stop))
    waiting.start()
    letter = a_letter(newsroom)
    time.sleep(0.1)
    assert not is_checked(newsroom, letter.id), "the other one has the lock"
    first.close()  # as when its process is killed
    assert soon(lambda: is_checked(newsroom, letter.id))
    stop.set()
    newsroom.store.bell.set()
    waiting.join(10)
    assert not waiting.is_alive()
    last = claim(folder)
    assert last is not None
    last.close()
