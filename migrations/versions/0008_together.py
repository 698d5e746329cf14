"""A daily mail to those who want it; letters whose writers have answered are found at once."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ANSWERED = sa.text("answered_at IS NOT NULL")


def upgrade() -> None:
    """To this revision."""
    op.add_column("account", sa.Column("digest_hour", sa.Integer(), nullable=True))
    op.add_column("account", sa.Column("digest_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_letter_answered_at",
        "letter",
        ["answered_at"],
        sqlite_where=ANSWERED,
        postgresql_where=ANSWERED,
    )


def downgrade() -> None:
    """Back from this revision."""
    op.drop_index("ix_letter_answered_at", "letter")
    op.drop_column("account", "digest_on")
    op.drop_column("account", "digest_hour")
