"""The outbox: addresses that are no more, headers as sent, mails sent again, a column's own words."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Small ones, of the few mails for which the condition holds.
INDEXES = (
    ("ix_mail_sent_at", ("sent_at",), "sent_at IS NOT NULL"),
    ("ix_mail_lease_until", ("lease_until",), "lease_until IS NOT NULL"),
    ("ix_mail_repeats_id_email_key", ("email_key",), "repeats_id IS NOT NULL"),
    ("ix_mail_kind_state_due_at", ("state", "due_at"), "kind = 'account'"),
)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "dead_address",
        sa.Column("email_key", sa.String(length=64), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("says", sa.String(length=300), nullable=False),
        sa.Column("mail_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("email_key", name="pk_dead_address"),
    )
    op.create_table(
        "mail_words",
        sa.Column("id", ID, nullable=False),
        sa.Column("column_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["column_id"], ["column.id"], name="fk_mail_words_column_id_column", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_words"),
        sa.UniqueConstraint(
            "column_id", "kind", "number", name="uq_mail_words_column_id_kind_number"
        ),
    )
    op.add_column("mail", sa.Column("repeats_id", ID, nullable=True))
    op.add_column("mail", sa.Column("words_id", ID, nullable=True))
    op.add_column("mail", sa.Column("headers", sa.Text(), nullable=True))
    op.add_column(
        "mail", sa.Column("said", sa.String(length=300), nullable=False, server_default="")
    )
    for name, columns, condition in INDEXES:
        where = sa.text(condition)
        op.create_index(name, "mail", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Back from this revision."""
    for name, _columns, _condition in reversed(INDEXES):
        op.drop_index(name, table_name="mail")
    for name in ("said", "headers", "words_id", "repeats_id"):
        op.drop_column("mail", name)
    op.drop_table("mail_words")
    op.drop_table("dead_address")
