"""What a web server loads: the application, with or without the worker beside it.

`feedback serve` takes one of the two functions. Any other WSGI server takes `feedback.wsgi:app`
with `feedback worker` beside it.
"""

import threading

from flask import Flask

from feedback.app import create_app
from feedback.config import Settings
from feedback.newsroom import Newsroom
from feedback.worker import run_when_alone


def without_worker() -> Flask:
    """The application on the newsroom of this process's settings. Raises BadSetting."""
    return create_app(Newsroom.open(Settings.load()))


def with_worker() -> Flask:
    """The same, with a thread that is the worker of this data folder when no other one is."""
    newsroom = Newsroom.open(Settings.load())
    app = create_app(newsroom)
    stop = threading.Event()

    def stop_at_the_end() -> None:
        threading.main_thread().join()
        stop.set()
        newsroom.store.bell.set()

    # Neither is a daemon: the process waits for the worker to put down what it holds.
    threading.Thread(target=run_when_alone, args=(newsroom, stop), name="worker").start()
    threading.Thread(target=stop_at_the_end, name="worker-end").start()
    return app


def __getattr__(name: str) -> Flask:
    if name == "app":
        return without_worker()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
