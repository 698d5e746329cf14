"""Of a mail: which file on it the letter was read from."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """To this revision."""
    op.add_column("raw_mail", sa.Column("read_from", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back from this revision."""
    op.drop_column("raw_mail", "read_from")
