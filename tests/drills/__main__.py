"""`make drill`: 10,000 letters under ten kills, on both engines; then a backup, restored."""

import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.postgresql import server
from tests.drills.kills import drill
from tests.fixtures_database import _at, _run
from tests.served import Served

LETTERS, KILLS = 10_000, 10


def main() -> int:
    """Run the drills; 1 where one of them failed."""
    good = True
    with server() as postgresql:
        _run(postgresql, "CREATE DATABASE why_drill")
        try:
            for name, database in (("SQLite", None), ("PostgreSQL", _at(postgresql, "why_drill"))):
                result = drill(LETTERS, KILLS, database=database)
                print(f"{name}: {result}")
                good &= result.is_good
        finally:
            _run(postgresql, "DROP DATABASE why_drill WITH (FORCE)")
    good &= _restore()
    return 0 if good else 1


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
