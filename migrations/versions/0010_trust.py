"""What the mail server found of a mail's sender, kept with the mail and with its letter."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """To this revision."""
    op.add_column("raw_mail", sa.Column("auth", sa.Text(), nullable=True))
    op.add_column("letter", sa.Column("auth", sa.Text(), nullable=True))


def downgrade() -> None:
    """Back from this revision."""
    op.drop_column("letter", "auth")
    op.drop_column("raw_mail", "auth")
