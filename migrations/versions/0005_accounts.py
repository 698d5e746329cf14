"""Accounts grow up: second factors, passkeys, known browsers, invitations, the house's own history.

The house's history is guarded as the letters' are: a line is never changed, none is taken out.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=24)

OF_ACCOUNTS = (
    ("totp_secret", sa.Text()),
    ("totp_counter", sa.BigInteger()),
    ("recovery_codes", sa.Text()),
    ("passkey_handle", sa.String(length=64)),
)
HAS_CHAIN = "EXISTS (SELECT 1 FROM house_chain WHERE id = OLD.chain_id)"
WHY = "the history of the house is only ever added to"


def upgrade() -> None:
    """To this revision."""
    for name, kind in OF_ACCOUNTS:
        op.add_column("account", sa.Column(name, kind, nullable=True))
    op.add_column(
        "account_session",
        sa.Column("browser", sa.String(length=80), nullable=False, server_default=sa.text("''")),
    )
    _of_accounts()
    _of_the_house()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    """Back from this revision."""
    op.drop_table("house_event")  # with its triggers
    op.drop_table("house_chain")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change_of_house_event")
    for table in ("account_policy", "invitation", "account_device", "passkey"):
        op.drop_table(table)
    op.drop_column("account_session", "browser")
    for name, _kind in reversed(OF_ACCOUNTS):
        op.drop_column("account", name)


def _of_accounts() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", WORD, nullable=False),
        sa.Column("transports", sa.Text(), nullable=False),
        sa.Column("device_type", WORD, nullable=False),
        sa.Column("is_backed_up", sa.Boolean(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _account_key("passkey"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])
    op.create_table(
        "account_device",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("known_since", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        _account_key("account_device"),
        sa.PrimaryKeyConstraint("token_digest", "account_id", name="pk_account_device"),
    )
    op.create_index("ix_account_device_account_id", "account_device", ["account_id"])
    op.create_table(
        "invitation",
        sa.Column("account_id", ID, nullable=False, autoincrement=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        _account_key("invitation"),
        sa.PrimaryKeyConstraint("account_id", name="pk_invitation"),
        sa.UniqueConstraint("token_digest", name="uq_invitation_token_digest"),
    )
    op.create_table(
        "account_policy",
        sa.Column("id", ID, nullable=False),
        sa.Column("second_factor", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_policy"),
    )


def _account_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["account.id"], name=f"fk_{table}_account_id_account", ondelete="CASCADE"
    )


def _of_the_house() -> None:
    op.create_table(
        "house_chain",
        sa.Column("id", ID, nullable=False),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_house_chain"),
    )
    op.create_table(
        "house_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("chain_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("says", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain_id"],
            ["house_chain.id"],
            name="fk_house_event_chain_id_house_chain",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_house_event"),
        sa.UniqueConstraint("chain_id", "seq", name="uq_house_event_chain_id_seq"),
    )


def _guard_on_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    known = "id = NEW.id OR (chain_id = NEW.chain_id AND seq = NEW.seq)"
    op.execute(f"CREATE TRIGGER house_event_no_update BEFORE UPDATE ON house_event {refuse}")
    op.execute(
        "CREATE TRIGGER house_event_no_delete BEFORE DELETE ON house_event"
        f" WHEN {HAS_CHAIN} {refuse}"
    )
    op.execute(
        "CREATE TRIGGER house_event_no_replace BEFORE INSERT ON house_event"
        f" WHEN EXISTS (SELECT 1 FROM house_event WHERE {known}) {refuse}"
    )


def _guard_on_postgresql() -> None:
    function = "refuse_change_of_house_event()"
    op.execute(
        f"CREATE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN IF NOT {HAS_CHAIN} THEN RETURN OLD; END IF; END IF;"
        f" RAISE EXCEPTION '{WHY}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for deed in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER house_event_no_{deed} BEFORE {deed.upper()} ON house_event"
            f" FOR EACH ROW EXECUTE FUNCTION {function}"
        )
    op.execute(
        "CREATE TRIGGER house_event_no_truncate BEFORE TRUNCATE ON house_event"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}"
    )
