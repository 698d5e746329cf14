"""Mails as they came in, each kept before it is read."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=24)
OF_LETTERS = sa.text("letter_id IS NOT NULL")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "raw_mail",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("door", WORD, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("fate", WORD, nullable=False),
        sa.Column("refusal", WORD, nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=250), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("sender_key", sa.String(length=64), nullable=True),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_raw_mail_letter_id_letter", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_raw_mail"),
        sa.UniqueConstraint("digest", name="uq_raw_mail_digest"),
    )
    op.create_index("ix_raw_mail_fate_id", "raw_mail", ["fate", "id"])
    op.create_index(
        "ix_raw_mail_sender_key_received_at", "raw_mail", ["sender_key", "received_at"]
    )
    op.create_index(
        "ix_raw_mail_letter_id",
        "raw_mail",
        ["letter_id"],
        sqlite_where=OF_LETTERS,
        postgresql_where=OF_LETTERS,
    )


def downgrade() -> None:
    """Back from this revision."""
    op.drop_table("raw_mail")
