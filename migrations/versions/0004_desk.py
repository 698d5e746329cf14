"""The desk grows up: writers, campaigns, rules as data, notes, drafts, batches, the reading order.

Letters that are here already get their place in the order; the rest is worked out by checks that
are run again in the background.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=24)
ZERO, NO = sa.text("0"), sa.false()

# Of letters: name, type, whether it may be empty, what those have that are here already.
OF_LETTERS = (
    ("reading_key", sa.String(length=47), False, sa.text("''")),
    ("answered_at", MOMENT, True, None),
    ("is_first", sa.Boolean(), False, NO),
    ("published_on", sa.Date(), True, None),
    ("compared_at", MOMENT, True, None),
    ("membership", WORD, True, None),
    ("assigned_id", ID, True, None),
    ("assigned_name", sa.String(length=120), True, None),
    ("assigned_at", MOMENT, True, None),
    ("open_claims", sa.Integer(), False, ZERO),
    ("is_answer", sa.Boolean(), False, NO),
)
INDEXES = (
    ("letter", ("state", "reading_key"), None),
    ("letter", ("writer_id", "received_at", "id"), None),
    ("letter", ("campaign_id", "id"), "campaign_id IS NOT NULL"),
    ("letter", ("id",), "compared_at IS NULL"),
    ("letter", ("assigned_id", "state"), "assigned_id IS NOT NULL"),
    ("letter", ("published_on", "writer_id"), "published_on IS NOT NULL"),
    (
        "letter",
        ("article_id", "published_on"),
        "article_id IS NOT NULL AND published_on IS NOT NULL",
    ),
    ("letter", ("writer_id", "published_on"), "writer_id IS NOT NULL AND published_on IS NOT NULL"),
    ("finding", ("until",), "until IS NOT NULL"),
)
NEW_TABLES = (
    "likeness",
    "mention", "note", "draft", "proposal", "claim", "batch_letter", "batch", "saved_view",
    "rules_change", "spam_word",
)  # fmt: skip


def upgrade() -> None:
    """To this revision."""
    _writers_and_campaigns()
    for column, target in (("writer_id", "writer"), ("campaign_id", "campaign")):
        # Alembic would build the table anew on SQLite to say the same.
        kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
        op.execute(
            f"ALTER TABLE letter ADD COLUMN {column} {kind}"
            f" CONSTRAINT fk_letter_{column}_{target} REFERENCES {target} (id)"
        )
    for name, kind, may_be_empty, usual in OF_LETTERS:
        op.add_column("letter", sa.Column(name, kind, nullable=may_be_empty, server_default=usual))
    op.add_column("column", sa.Column("further_rules", sa.Text(), nullable=True))
    op.add_column(
        "column", sa.Column("rules_number", sa.Integer(), nullable=False, server_default=ZERO)
    )
    op.add_column("column", sa.Column("checks_mark", sa.String(length=64), nullable=True))
    op.add_column("column", sa.Column("checks_below", ID, nullable=True))
    op.add_column("finding", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("link", sa.Column("used_at", MOMENT, nullable=True))
    _the_desk()
    _in_order()
    for table, columns, where in INDEXES:
        _index(table, columns, where)


def downgrade() -> None:
    """Back from this revision."""
    for table, columns, where in INDEXES:
        op.drop_index(_index_name(table, columns, where), table)
    for table in NEW_TABLES:
        op.drop_table(table)
    op.drop_column("link", "used_at")
    op.drop_column("finding", "until")
    for name in ("checks_below", "checks_mark", "rules_number"):
        op.drop_column("column", name)
    op.drop_column("column", "further_rules")
    for column in ("campaign_id", "writer_id", *(name for name, *_rest in OF_LETTERS)):
        op.drop_column("letter", column)
    op.drop_table("campaign")
    op.drop_table("byline")
    op.drop_table("writer")


def _writers_and_campaigns() -> None:
    op.create_table(
        "writer",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("household_key", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("letter_count", sa.Integer(), nullable=False),
        sa.Column("published_count", sa.Integer(), nullable=False),
        sa.Column("last_published_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_writer"),
        sa.UniqueConstraint("person_key", name="uq_writer_person_key"),
    )
    op.create_index("ix_writer_household_key", "writer", ["household_key"])
    op.create_table(
        "byline",
        sa.Column("id", ID, nullable=False),
        sa.Column("author_key", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("sends_approved", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(length=120), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_byline"),
        sa.UniqueConstraint("author_key", name="uq_byline_author_key"),
    )
    op.create_table(
        "campaign",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lead_id", ID, nullable=True),
        sa.Column("letter_count", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("burst_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
    )


def _the_desk() -> None:
    op.create_table(
        "likeness",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_likeness_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mark", "letter_id", name="pk_likeness"),
        sqlite_with_rowid=False,
    )
    _table(
        "claim",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("opened_by_id", ID, nullable=True),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        key=("id",),
        of={"letter_id": "letter"},
    )
    op.create_index("ix_claim_letter_id", "claim", ["letter_id"])
    _table(
        "batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("decision", WORD, nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("by_kind", WORD, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("letter_count", sa.Integer(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.String(length=120), nullable=True),
        key=("id",),
    )
    op.create_index("ix_batch_at", "batch", ["at"])
    _table(
        "batch_letter",
        sa.Column("batch_id", ID, autoincrement=False, nullable=False),
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        key=("batch_id", "letter_id"),
        of={"batch_id": "batch", "letter_id": "letter"},
    )
    op.create_index("ix_batch_letter_letter_id", "batch_letter", ["letter_id"])
    _table(
        "saved_view",
        sa.Column("id", ID, nullable=False),
        sa.Column("editor_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.UniqueConstraint("editor_id", "name", name="uq_saved_view_editor_id_name"),
        key=("id",),
    )
    _table(
        "note",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("writer_id", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        key=("id",),
        of={"letter_id": "letter", "writer_id": "writer"},
    )
    op.create_index("ix_note_letter_id", "note", ["letter_id"])
    op.create_index("ix_note_writer_id", "note", ["writer_id"])
    _table(
        "mention",
        sa.Column("note_id", ID, autoincrement=False, nullable=False),
        sa.Column("editor_id", ID, autoincrement=False, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        key=("note_id", "editor_id"),
        of={"note_id": "note"},
    )
    op.create_index("ix_mention_editor_id_seen_at", "mention", ["editor_id", "seen_at"])
    _table(
        "draft",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("editor_id", ID, autoincrement=False, nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        key=("letter_id", "editor_id"),
        of={"letter_id": "letter"},
    )
    _table(
        "proposal",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verdict", WORD, nullable=True),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        key=("id",),
        of={"letter_id": "letter"},
    )
    op.create_index("ix_proposal_letter_id", "proposal", ["letter_id"])
    _table(
        "spam_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("in_spam", sa.Integer(), nullable=False),
        sa.Column("in_kept", sa.Integer(), nullable=False),
        key=("word",),
    )
    _table(
        "rules_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("column_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("column_id", "number", name="uq_rules_change_column_id_number"),
        key=("id",),
        of={"column_id": "column"},
    )


def _table(
    name: str, *parts: sa.schema.SchemaItem, key: Sequence[str], of: dict[str, str] | None = None
) -> None:
    """A table with its primary key; `of` are columns that point at another one's `id`."""
    parents = [
        sa.ForeignKeyConstraint(
            [column], [f"{target}.id"], name=f"fk_{name}_{column}_{target}", ondelete="CASCADE"
        )
        for column, target in (of or {}).items()
    ]
    op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *parents)


def _in_order() -> None:
    """The reading order of the letters that are here, and the day on which they were printed."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    # Days since the first of January of the year 1, as Python counts them.
    days = (
        "CAST(julianday(a.published_on) - 1721424.5 AS INTEGER)"
        if on_sqlite
        else "(a.published_on - DATE '0001-01-01') + 1"
    )
    pad = "printf('%0{width}d', {value})" if on_sqlite else "lpad(({value})::text, {width}, '0')"
    day = pad.format(width=7, value=f"9999999 - COALESCE({days}, 0)")
    about = pad.format(width=19, value="a.id")
    own = pad.format(width=19, value="letter.id")
    unknown, general = "9" * 26, "9" * 25 + "8"
    op.execute(
        "UPDATE letter SET reading_key = '1' || COALESCE((SELECT "
        f"{day} || {about} FROM article a WHERE a.id = letter.article_id),"
        f" CASE WHEN letter.is_general THEN '{general}' ELSE '{unknown}' END)"
        f" || '1' || {own}"
    )
    op.execute(
        "UPDATE letter SET published_on = (SELECT e.date FROM section s JOIN edition e"
        " ON e.id = s.edition_id WHERE s.id = letter.section_id)"
        " WHERE state IN ('published', 'killed')"
    )
    # Writer, first letters and the new checks: the worker goes through them again.
    op.execute("UPDATE letter SET checked_at = NULL")


def _index(table: str, columns: Sequence[str], where: str | None) -> None:
    condition = sa.text(where) if where else None
    op.create_index(
        _index_name(table, columns, where),
        table,
        list(columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _index_name(table: str, columns: Sequence[str], where: str | None) -> str:
    if not where:
        return f"ix_{table}_{'_'.join(columns)}"
    name = "_".join(dict.fromkeys([where.split(maxsplit=1)[0], *columns]))
    return f"ix_{table}_{name}"
