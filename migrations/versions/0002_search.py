"""Full-text search: FTS5 on SQLite, tsvector on PostgreSQL, over the same folded text.

Letters are searched by the stems of their words, articles by the words as they are. Both engines
stem by Porter's first algorithm and leave no word out, so that they find the same.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Table that is searched -> (FTS5 tokenizer, PostgreSQL configuration).
SEARCHED = {
    "letter_search": ("porter unicode61 remove_diacritics 2", "letter_words"),
    "article_search": ("unicode61 remove_diacritics 2", "simple"),
}

# PostgreSQL's own `english` drops words like “not” and stems by a younger algorithm.
WORDS_OF_LETTERS = (
    "CREATE TEXT SEARCH DICTIONARY letter_stem (TEMPLATE = snowball, Language = porter)",
    "CREATE TEXT SEARCH CONFIGURATION letter_words (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION letter_words"
    " ALTER MAPPING FOR asciiword, word, numword WITH letter_stem",
)


def upgrade() -> None:
    """To this revision."""
    if op.get_bind().dialect.name == "sqlite":
        for table, (tokenizer, _words) in SEARCHED.items():
            _upgrade_sqlite(table, tokenizer)
        return
    for statement in WORDS_OF_LETTERS:
        op.execute(statement)
    for table, (_tokenizer, words) in SEARCHED.items():
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN words tsvector"
            f" GENERATED ALWAYS AS (to_tsvector('{words}', body)) STORED"
        )
        op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")


def downgrade() -> None:
    """Back from this revision; the folded text stays."""
    if op.get_bind().dialect.name == "sqlite":
        for table in SEARCHED:
            for what in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_{what}")
            op.execute(f"DROP TABLE {table}_index")
        return
    for table in SEARCHED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN words")
    op.execute("DROP TEXT SEARCH CONFIGURATION letter_words")
    op.execute("DROP TEXT SEARCH DICTIONARY letter_stem")


def _upgrade_sqlite(table: str, tokenizer: str) -> None:
    """The index holds no text of its own (external content); triggers keep it in step."""
    index = f"{table}_index"
    add = f"INSERT INTO {index} (rowid, body) VALUES (new.id, new.body);"
    drop = f"INSERT INTO {index} ({index}, rowid, body) VALUES ('delete', old.id, old.body);"
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5("
        f"body, content='{table}', content_rowid='id', tokenize='{tokenizer}')"
    )
    op.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    op.execute(f"CREATE TRIGGER {table}_insert AFTER INSERT ON {table} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER {table}_delete AFTER DELETE ON {table} BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER {table}_update AFTER UPDATE ON {table} BEGIN {drop} {add} END")
