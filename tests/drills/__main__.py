"""`make drill`: letters and mails under kills, on both engines; changed mails; a backup, restored.

All of them, or those that are named: `make drill ARGS="mail fuzz"`.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.postgresql import server
from tests.drills.kills import drill
from tests.drills.mail_fuzz import fuzz
from tests.drills.mail_kills import drill_mail
from tests.fixtures_database import _at, _run
from tests.served import Served

LETTERS, KILLS = 10_000, 10
MAIL_KILLS = 200  # on each engine
CHANGED, HANDED_IN = 200_000, 2_000
DRILLS = ("letters", "mail", "fuzz", "restore")


def main() -> int:
    """Run the drills; 1 where one of them failed."""
    wanted = sys.argv[1:] or DRILLS
    good = True
    if "letters" in wanted:
        good &= _on_both(lambda database: drill(LETTERS, KILLS, database=database))
    if "mail" in wanted:
        good &= _on_both(lambda database: drill_mail(MAIL_KILLS, database))
    if "fuzz" in wanted:
        result = fuzz(CHANGED, HANDED_IN)
        print(f"changed mails: {result}")
        good &= result.is_good
    if "restore" in wanted:
        good &= _restore()
    return 0 if good else 1


def _on_both(run: Callable[[str | None], Any]) -> bool:
    """Run it on SQLite and on PostgreSQL."""
    good = True
    with server() as postgresql:
        _run(postgresql, "CREATE DATABASE why_drill")
        try:
            for name, database in (("SQLite", None), ("PostgreSQL", _at(postgresql, "why_drill"))):
                result = run(database)
                print(f"{name}: {result}", flush=True)
                good &= result.is_good
        finally:
            _run(postgresql, "DROP DATABASE why_drill WITH (FORCE)")
    return good


def _restore() -> bool:
    """Back up the example newsroom while it is served, restore it elsewhere, compare."""
    # The secret key is in no backup: the histories are sealed with it, so both need the same.
    key = {"FEEDBACK_SECRET_KEY": "the same key for both newsrooms"}
    with tempfile.TemporaryDirectory() as folder, Served(environ=key) as first:
        first.run("seed")
        file = str(Path(folder) / "desk.backup")
        first.run("backup", file)
        before = json.loads(first.run("letters", "list", "--json"))
        second = Served(folder=Path(folder), environ=key)
        second.run("restore", file)
        after = json.loads(second.run("letters", "list", "--json"))
        second.run("audit", "verify")
    same = before == after
    print(f"restore: {len(after)} letters, {'the same' if same else 'NOT the same'}")
    return same


if __name__ == "__main__":
    sys.exit(main())
