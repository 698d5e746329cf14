"""Guards: nothing updates an original or a line of a history, nothing takes one line out.

A letter's rows go when the letter goes (purge, erasure), by the cascade of its deletion alone.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WRITTEN_ONCE = {
    "original": "an original is written once",
    "event": "a history is only ever added to",
}
HAS_LETTER = "EXISTS (SELECT 1 FROM letter WHERE id = OLD.letter_id)"


def upgrade() -> None:
    """To this revision."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, why in WRITTEN_ONCE.items():
        if on_sqlite:
            _guard_on_sqlite(table, why)
        else:
            _guard_on_postgresql(table, why)


def downgrade() -> None:
    """Back from this revision."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in WRITTEN_ONCE:
        for deed in ("update", "delete", "replace" if on_sqlite else "truncate"):
            op.execute(f"DROP TRIGGER {table}_no_{deed}" + ("" if on_sqlite else f" ON {table}"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION refuse_change_of_{table}")


def _guard_on_sqlite(table: str, why: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    # INSERT OR REPLACE would take the old row out without a word to the other triggers.
    known = "letter_id = NEW.letter_id" + (" AND seq = NEW.seq" if table == "event" else "")
    if table == "event":
        known = f"id = NEW.id OR ({known})"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {HAS_LETTER} {refuse}"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {known}) {refuse}"
    )


def _guard_on_postgresql(table: str, why: str) -> None:
    function = f"refuse_change_of_{table}()"
    op.execute(
        f"CREATE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN IF NOT {HAS_LETTER} THEN RETURN OLD; END IF; END IF;"
        f" RAISE EXCEPTION '{why}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for deed in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}"
    )
