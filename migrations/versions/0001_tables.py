"""Every table of the desk, with one column to begin with."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite's INTEGER PRIMARY KEY
MOMENT = sa.DateTime(timezone=True)  # always UTC
WORD = sa.String(24)  # a value of one of the domain's enums

FIRST_COLUMN = {
    "slug": "we-hear-you",
    "name": "We Hear You",
    "prefix": "WHY",
    "publication": "",
    "site_url": "",
    "address": "letters@example.com",
    "signed_by": "",
    "sender": "",
    "time_zone": "America/New_York",
    "salutation": "Dear {publication}: ",
    "salutation_rule": "first",
    "divider": "***",
    "first_subhead_printed": False,
    "invitation": "",
    "verification_policy": "link",
    "place_rule": "asked",
    "proof_threshold": 30,
    "words_limit": 200,
    "words_budget": 1400,
    "grace_minutes": 10,
    "hold_days": 14,
    "tells_declined": False,
    "articles_url": "",
    "articles_kind": "",
    "articles_problem": "",
    "version": 1,
}


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "article",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("headline", sa.String(length=500), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("mended_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_published_on_id", "article", ["published_on", "id"])
    column = op.create_table(
        "column",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("prefix", sa.String(length=5), nullable=False),
        sa.Column("publication", sa.String(length=120), nullable=False),
        sa.Column("site_url", sa.String(length=2000), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("salutation", sa.String(length=120), nullable=False),
        sa.Column("salutation_rule", WORD, nullable=False),
        sa.Column("divider", WORD, nullable=False),
        sa.Column("first_subhead_printed", sa.Boolean(), nullable=False),
        sa.Column("invitation", sa.Text(), nullable=False),
        sa.Column("verification_policy", WORD, nullable=False),
        sa.Column("place_rule", WORD, nullable=False),
        sa.Column("proof_threshold", sa.Integer(), nullable=False),
        sa.Column("words_limit", sa.Integer(), nullable=False),
        sa.Column("words_budget", sa.Integer(), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("hold_days", sa.Integer(), nullable=False),
        sa.Column("tells_declined", sa.Boolean(), nullable=False),
        sa.Column("articles_url", sa.String(length=2000), nullable=False),
        sa.Column("articles_kind", sa.String(length=20), nullable=False),
        sa.Column("articles_read_at", MOMENT, nullable=True),
        sa.Column("articles_problem", sa.String(length=300), nullable=False),
        sa.Column("set_up_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_column"),
        sa.UniqueConstraint("slug", name="uq_column_slug"),
    )
    op.create_table(
        "pulse",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pulse"),
    )
    op.create_table(
        "article_address",
        sa.Column("canonical", sa.String(length=2000), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_article_address_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("canonical", name="pk_article_address"),
    )
    op.create_index("ix_article_address_article_id", "article_address", ["article_id"])
    op.create_table(
        "article_search",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["article.id"], name="fk_article_search_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article_search"),
    )
    op.create_table(
        "edition",
        sa.Column("id", ID, nullable=False),
        sa.Column("column_id", ID, nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("editors_note", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=True),
        sa.Column("proofsheet", sa.Text(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name="fk_edition_column_id_column"),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
        sa.UniqueConstraint("column_id", "slug", name="uq_edition_column_id_slug"),
    )
    op.create_index("ix_edition_state_date", "edition", ["state", "date"])
    op.create_table(
        "section",
        sa.Column("id", ID, nullable=False),
        sa.Column("edition_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subhead", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_section_edition_id_edition", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_section"),
    )
    op.create_index("ix_section_edition_id_position", "section", ["edition_id", "position"])
    op.create_table(
        "letter",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("column_id", ID, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("channel", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("opening", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("article_given", sa.String(length=2000), nullable=False),
        sa.Column("matched_by", sa.String(length=20), nullable=True),
        sa.Column("match_score", sa.Float(), nullable=True),
        sa.Column("is_general", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("standing", sa.String(length=200), nullable=True),
        sa.Column("town", sa.String(length=100), nullable=True),
        sa.Column("place_state", sa.String(length=100), nullable=True),
        sa.Column("country", sa.String(length=100), nullable=True),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("withhold_reason", sa.String(length=500), nullable=True),
        sa.Column("affiliation", sa.String(length=200), nullable=True),
        sa.Column("is_name_changed", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.String(length=300), nullable=True),
        sa.Column("has_bracket", sa.Boolean(), nullable=False),
        sa.Column("is_abridged", sa.Boolean(), nullable=False),
        sa.Column("state_reason", sa.String(length=2000), nullable=True),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("wanted", WORD, nullable=True),
        sa.Column("wanted_by_id", ID, nullable=True),
        sa.Column("wanted_by_name", sa.String(length=120), nullable=True),
        sa.Column("overrides", sa.Text(), nullable=True),
        sa.Column("section_id", ID, nullable=True),
        sa.Column("place_order", sa.Integer(), nullable=True),
        sa.Column("submission_key", sa.String(length=200), nullable=True),
        sa.Column("submission_digest", sa.String(length=64), nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("chain_head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_letter_article_id_article"
        ),
        sa.ForeignKeyConstraint(["column_id"], ["column.id"], name="fk_letter_column_id_column"),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name="fk_letter_section_id_section", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("ref", name="uq_letter_ref"),
        sa.UniqueConstraint("submission_key", name="uq_letter_submission_key"),
    )
    op.create_index(
        "ix_letter_article_id_received_at_id", "letter", ["article_id", "received_at", "id"]
    )
    op.create_index("ix_letter_channel_received_at_id", "letter", ["channel", "received_at", "id"])
    _index_where("ix_letter_checked_at_id", ["id"], "checked_at IS NULL")
    _index_where("ix_letter_hold_until", ["hold_until"], "hold_until IS NOT NULL")
    op.create_index("ix_letter_received_at_id", "letter", ["received_at", "id"])
    _index_where(
        "ix_letter_section_id_place_order", ["section_id", "place_order"], "section_id IS NOT NULL"
    )
    op.create_index("ix_letter_state_received_at_id", "letter", ["state", "received_at", "id"])
    op.create_table(
        "contact",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("email_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_contact_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", name="pk_contact"),
    )
    op.create_index("ix_contact_email_key", "contact", ["email_key"])
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("by_kind", WORD, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("from_state", WORD, nullable=True),
        sa.Column("to_state", WORD, nullable=True),
        sa.Column("why", sa.String(length=2000), nullable=True),
        sa.Column("facts", sa.Text(), nullable=True),
        sa.Column("words_digest", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_event_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("letter_id", "seq", name="uq_event_letter_id_seq"),
    )
    op.create_index("ix_event_at", "event", ["at"])
    op.create_table(
        "finding",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("check", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("says", sa.String(length=400), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_finding_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_letter_id_check", "finding", ["letter_id", "check"], unique=True)
    op.create_table(
        "letter_search",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["letter.id"], name="fk_letter_search_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letter_search"),
    )
    op.create_table(
        "link",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_link_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_digest", name="pk_link"),
    )
    op.create_index("ix_link_letter_id_purpose", "link", ["letter_id", "purpose"])
    op.create_table(
        "mail",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("for_event", sa.Integer(), nullable=True),
        sa.Column("to_address", sa.String(length=254), nullable=True),
        sa.Column("email_key", sa.String(length=64), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_mail_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
    )
    op.create_index("ix_mail_email_key", "mail", ["email_key"])
    op.create_index("ix_mail_letter_id", "mail", ["letter_id"])
    op.create_index("ix_mail_state_due_at", "mail", ["state", "due_at"])
    op.create_table(
        "original",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_original_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", name="pk_original"),
    )
    op.create_table(
        "presence",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("editor_id", ID, autoincrement=False, nullable=False),
        sa.Column("editor_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_presence_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", "editor_id", name="pk_presence"),
    )
    op.create_table(
        "revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("cut_percent", sa.Integer(), nullable=False),
        sa.Column("added_percent", sa.Integer(), nullable=False),
        sa.Column("added_words", sa.Integer(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name="fk_revision_letter_id_letter", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("letter_id", "number", name="uq_revision_letter_id_number"),
    )
    op.create_table(
        "verification",
        sa.Column("id", ID, nullable=False),
        sa.Column("letter_id", ID, nullable=False),
        sa.Column("method", WORD, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("by_kind", WORD, nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letter.id"],
            name="fk_verification_letter_id_letter",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_verification"),
    )
    op.create_index("ix_verification_letter_id", "verification", ["letter_id"])
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("last_login_at", MOMENT, nullable=True),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_account_fs_uniquifier"),
    )
    op.create_table(
        "api_token",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("name", name="uq_api_token_name"),
        sa.UniqueConstraint("token_digest", name="uq_api_token_token_digest"),
    )
    op.create_table(
        "account_session",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_account_session_account_id_account",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_digest", name="pk_account_session"),
    )
    op.create_index("ix_account_session_account_id", "account_session", ["account_id"])
    op.bulk_insert(column, [FIRST_COLUMN])


def downgrade() -> None:
    """Back from this revision: an empty database."""
    op.drop_index("ix_account_session_account_id", table_name="account_session")
    op.drop_table("account_session")
    op.drop_table("api_token")
    op.drop_table("account")
    op.drop_index("ix_verification_letter_id", table_name="verification")
    op.drop_table("verification")
    op.drop_table("revision")
    op.drop_table("presence")
    op.drop_table("original")
    op.drop_index("ix_mail_state_due_at", table_name="mail")
    op.drop_index("ix_mail_letter_id", table_name="mail")
    op.drop_index("ix_mail_email_key", table_name="mail")
    op.drop_table("mail")
    op.drop_index("ix_link_letter_id_purpose", table_name="link")
    op.drop_table("link")
    op.drop_table("letter_search")
    op.drop_index("ix_finding_letter_id_check", table_name="finding")
    op.drop_table("finding")
    op.drop_index("ix_event_at", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_contact_email_key", table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_letter_state_received_at_id", table_name="letter")
    op.drop_index("ix_letter_section_id_place_order", table_name="letter")
    op.drop_index("ix_letter_received_at_id", table_name="letter")
    op.drop_index("ix_letter_hold_until", table_name="letter")
    op.drop_index("ix_letter_checked_at_id", table_name="letter")
    op.drop_index("ix_letter_channel_received_at_id", table_name="letter")
    op.drop_index("ix_letter_article_id_received_at_id", table_name="letter")
    op.drop_table("letter")
    op.drop_index("ix_section_edition_id_position", table_name="section")
    op.drop_table("section")
    op.drop_index("ix_edition_state_date", table_name="edition")
    op.drop_table("edition")
    op.drop_table("article_search")
    op.drop_index("ix_article_address_article_id", table_name="article_address")
    op.drop_table("article_address")
    op.drop_table("pulse")
    op.drop_table("column")
    op.drop_index("ix_article_published_on_id", table_name="article")
    op.drop_table("article")


def _index_where(name: str, columns: list[str], condition: str) -> None:
    """An index of the letters for which the condition holds."""
    where = sa.text(condition)
    op.create_index(name, "letter", columns, sqlite_where=where, postgresql_where=where)
