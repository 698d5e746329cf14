"""What the mail server found of a mail's sender; senders whose mails are refused."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFUSALS = "ix_raw_mail_refusal_received_at_id"


def upgrade() -> None:
    """To this revision."""
    op.add_column("raw_mail", sa.Column("auth", sa.Text(), nullable=True))
    op.add_column("letter", sa.Column("auth", sa.Text(), nullable=True))
    op.create_index(REFUSALS, "raw_mail", ["refusal", "received_at", "id"])
    op.create_table(
        "blocked_sender",
        sa.Column("id", ID, nullable=False),
        sa.Column("sender_key", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blocked_sender"),
        sa.UniqueConstraint("sender_key", name="uq_blocked_sender_sender_key"),
    )


def downgrade() -> None:
    """Back from this revision."""
    op.drop_table("blocked_sender")
    op.drop_index(REFUSALS, "raw_mail")
    op.drop_column("letter", "auth")
    op.drop_column("raw_mail", "auth")
