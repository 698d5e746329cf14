"""Drafts say whose they are; proposals say why they were refused."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN = sa.text("verdict IS NULL")


def upgrade() -> None:
    """To this revision."""
    op.add_column(
        "draft",
        sa.Column(
            "editor_name", sa.String(length=120), nullable=False, server_default=sa.text("''")
        ),
    )
    op.add_column("proposal", sa.Column("why", sa.String(length=500), nullable=True))
    op.create_index(
        "ix_proposal_verdict_id", "proposal", ["id"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    """Back from this revision."""
    op.drop_index("ix_proposal_verdict_id", "proposal")
    op.drop_column("proposal", "why")
    op.drop_column("draft", "editor_name")
