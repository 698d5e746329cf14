"""`feedback serve` as a process: ready, answering, ended, killed, started again."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.served import Served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a migrated newsroom."""
    folder = tmp_path_factory.mktemp("migrated")
    Served(folder=folder).run("migrate")
    return folder / "instance"


@pytest.fixture
def served(migrated: Path, tmp_path: Path) -> Iterator[Served]:
    """A migrated newsroom in an empty folder; not started."""
    newsroom = Served(folder=tmp_path)
    shutil.copytree(migrated, tmp_path / "instance")
    yield newsroom
    if newsroom.process is not None:
        newsroom.kill()


def processes_of(group: int) -> list[int]:
    """Living processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, IndexError, ValueError):
            state, _parent, their_group = (
                entry.joinpath("stat").read_text().rsplit(")", 1)[1].split()[:3]
            )
            if int(their_group) == group and state != "Z":
                found.append(int(entry.name))
    return found


def soon(is_so: Callable[[], object], within: float = 20.0) -> bool:
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def gone(group: int) -> bool:
    return soon(lambda: not processes_of(group))


def get(served: Served, path: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(served.url + path, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def log_of(served: Served) -> list[dict[str, object]]:
    """The lines of JSON that it logged."""
    return [json.loads(line) for line in served.log.read_text().splitlines() if line[:1] == "{"]


def test_it_is_ready_answers_and_ends_cleanly(served: Served) -> None:
    served.start()
    assert get(served, "/healthz")[0] == 200
    status, _headers, body = get(served, "/readyz")
    assert (status, json.loads(body)["ready"]) == (200, True)
    assert "feedback_letters_waiting" in get(served, "/metrics")[2]
    status, _headers, page = get(served, "/letters/new")
    assert status == 200
    assert "<form" in page
    secret = "a" * 32
    assert get(served, f"/letters/{secret}?name=Zorblax")[0] == 404
    group = served.process.pid
    assert len(processes_of(group)) >= 2
    assert all(os.getpgid(pid) == group for pid in processes_of(group))
    assert served.kill(signal.SIGTERM) == 0
    assert gone(group)
    said = served.log.read_text()
    assert f"We Hear You: {served.url}/   the desk: {served.url}/desk/\n" in said
    lines = log_of(served)
    asked = [line for line in lines if line["from"] == "feedback.requests"]
    assert {line["route"] for line in asked} >= {"/letters/new", "/letters/<token>"}
    assert all(re.fullmatch(r"[0-9a-f]{12}", line["request"]) for line in asked)
    assert [line["says"] for line in lines if line["from"] == "feedback.worker"] == [
        "the worker runs",
        "the worker has stopped",
    ]
    assert secret not in said
    assert "Zorblax" not in said
    assert "127.0.0.1" not in "".join(json.dumps(line) for line in asked)


def test_killed_with_its_group_it_starts_again(served: Served) -> None:
    served.start()
    group = served.process.pid
    held = urllib.request.urlopen(served.url + "/healthz", timeout=10)  # a connection that is open
    served.kill(signal.SIGKILL)
    assert gone(group)
    served.start()
    assert get(served, "/readyz")[0] == 200
    held.close()


def test_killed_alone_it_takes_its_processes_along(served: Served) -> None:
    served.start()
    group = served.process.pid
    os.kill(group, signal.SIGKILL)
    served.process.wait(10)
    assert gone(group), "nobody goes on serving behind the administrator's back"
    served.process = None
    served.start()
    assert served.kill(signal.SIGTERM) == 0


def test_a_service_manager_may_tell_everyone_more_than_once(served: Served) -> None:
    served.start()
    group = served.process.pid
    for _ in range(20):
        os.killpg(group, signal.SIGTERM)
        time.sleep(0.002)
    assert served.process.wait(20) == 0
    assert gone(group)
    served.process = None


def test_a_process_that_dies_is_replaced(served: Served) -> None:
    served.start()
    parent = served.process.pid
    (child,) = [pid for pid in processes_of(parent) if pid != parent]
    os.kill(child, signal.SIGKILL)
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        now = [pid for pid in processes_of(parent) if pid not in (parent, child)]
        with contextlib.suppress(OSError):
            if now and get(served, "/readyz")[0] == 200:
                break
        time.sleep(0.05)
    assert get(served, "/readyz")[0] == 200
    assert served.process.poll() is None
    assert served.kill(signal.SIGTERM) == 0


def test_a_second_one_on_the_same_port_is_refused_in_one_line(served: Served) -> None:
    served.start()
    second = subprocess.run(
        [sys.executable, "-m", "feedback", "serve"],
        cwd=served.folder, env=served.environ, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(f"feedback: Nothing can be served at 127.0.0.1:{served.port}:")
    assert len(second.stderr.splitlines()) == 1
    assert get(served, "/healthz")[0] == 200


def test_an_empty_database_is_refused_in_one_line(tmp_path: Path) -> None:
    newsroom = Served(folder=tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "feedback", "serve"],
        cwd=tmp_path, env=newsroom.environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == "feedback: The database is empty: run `feedback migrate` first.\n"


def test_the_worker_apart(served: Served) -> None:
    """`serve --no-worker` is not ready until `feedback worker` runs; of that there is one."""
    served.start("--no-worker", until="/healthz")
    status, _headers, body = get(served, "/readyz")
    assert (status, json.loads(body)["worker"][:13]) == (503, "has never run")
    how = {"cwd": served.folder, "env": served.environ, "text": True}
    command = [sys.executable, "-m", "feedback", "worker"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, **how) as worker:
        ends = time.monotonic() + 30
        while get(served, "/readyz")[0] != 200 and time.monotonic() < ends:
            time.sleep(0.05)
        assert get(served, "/readyz")[0] == 200
        second = subprocess.run(command, capture_output=True, timeout=60, check=False, **how)
        assert second.returncode == 1
        assert second.stderr.startswith("feedback: A worker runs here already")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert served.kill(signal.SIGTERM) == 0


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_several_processes_on_postgresql(empty_database: Callable[[], str], tmp_path: Path) -> None:
    """They share the port, the counts of requests and one worker."""
    served = Served(empty_database(), tmp_path, {"FEEDBACK_WORKERS": "2"})
    served.run("migrate")
    try:
        served.start()
        group = served.process.pid
        # The first is the parent: it serves nothing.
        assert soon(lambda: len(processes_of(group)) == 3)
        for _ in range(40):
            assert get(served, "/letters/new")[0] == 200
        counted = {
            line.rpartition(" ")[2]
            for _ in range(10)
            for line in get(served, "/metrics")[2].splitlines()
            if line.startswith('feedback_requests_total{method="GET",route="/letters/new"')
        }
        assert counted == {"40.0"}, "whichever process is asked"
        assert served.kill(signal.SIGTERM) == 0
        assert gone(group)
    finally:
        served.kill()
    said = [line["says"] for line in log_of(served) if line["from"] == "feedback.worker"]
    assert said == ["the worker runs", "the worker has stopped"]
