"""Mailboxes that are watched; mails about their letters wait until they go live."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "mailbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("live_since", MOMENT, nullable=True),
        sa.Column("uid_validity", sa.BigInteger(), nullable=True),
        sa.Column("first_uid", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("trouble_since", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mailbox"),
        sa.UniqueConstraint("name", name="uq_mailbox_name"),
    )
    op.add_column("letter", sa.Column("mailbox_id", ID, nullable=True))
    op.add_column("raw_mail", sa.Column("mailbox_id", ID, nullable=True))
    op.add_column(
        "mail", sa.Column("is_stopped", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Back from this revision."""
    op.drop_column("mail", "is_stopped")
    op.drop_column("raw_mail", "mailbox_id")
    op.drop_column("letter", "mailbox_id")
    op.drop_table("mailbox")
