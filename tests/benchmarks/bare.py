"""What intake is measured against: a bare Flask view that inserts one row and answers 303.

The same server, engine and durability as the newsroom; no template, no check, no session.
"""

import os
import threading
from contextlib import nullcontext

from flask import Flask, Response, request
from sqlalchemy import text

from feedback.store.engine import IMMEDIATE, make_engine

engine = make_engine(os.environ["BARE_DATABASE_URL"])
writing = engine.execution_options(**{IMMEDIATE: True})
# SQLite has one writer at a time: waiting in line is the fastest that one can do there.
turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
INSERT = text("INSERT INTO bare (remarks, name, email) VALUES (:remarks, :name, :email)")
app = Flask(__name__)


@app.post("/letters")
def take() -> Response:
    """Insert one row, commit."""
    row = {name: request.form.get(name, "") for name in ("remarks", "name", "email")}
    with turn, writing.begin() as connection:
        connection.execute(INSERT, row)
    return Response(status=303, headers={"Location": "/"})


@app.post("/api/v1/letters")
def take_json() -> Response:
    """The same for a program."""
    given = request.get_json()
    row = {name: given.get(name, "") for name in ("remarks", "name", "email")}
    with turn, writing.begin() as connection:
        connection.execute(INSERT, row)
    return Response('{"ref": "x"}', status=201, content_type="application/json")


@app.get("/readyz")
def ready() -> str:
    """It lives."""
    return "ok"
