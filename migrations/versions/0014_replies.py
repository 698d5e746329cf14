"""Answers by mail belong to their letters; mails that came back are known."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=24)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "reply",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("raw_mail_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("found_by", WORD, nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_reply_letter_id_letter", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["raw_mail_id"],
            ["raw_mail.id"],
            name="fk_reply_raw_mail_id_raw_mail",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reply"),
        sa.UniqueConstraint("raw_mail_id", name="uq_reply_raw_mail_id"),
    )
    op.create_index("ix_reply_letter_id", "reply", ["letter_id"])
    op.add_column("letter", sa.Column("message_id", sa.String(length=250), nullable=True))
    op.add_column("mail", sa.Column("bounced_at", MOMENT, nullable=True))
    for name in ("message_id", "bounced_at"):
        is_there = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_mail_{name}", "mail", [name], sqlite_where=is_there, postgresql_where=is_there
        )


def downgrade() -> None:
    """Back from this revision."""
    for name in ("bounced_at", "message_id"):
        op.drop_index(f"ix_mail_{name}", "mail")
    op.drop_column("mail", "bounced_at")
    op.drop_column("letter", "message_id")
    op.drop_table("reply")
