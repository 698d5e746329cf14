"""How Alembic runs our migrations: over a connection that the caller hands in.

`config.attributes` holds `connection` (an open one, whose transaction is the caller's) and
`metadata` (the MetaData of every room with tables). There is no `alembic.ini` and no address in
here: `feedback migrate` is the one way in.
"""

from alembic import context

attributes = context.config.attributes

context.configure(
    connection=attributes["connection"],
    target_metadata=attributes["metadata"],
    # SQLite cannot alter a column in place, so Alembic builds the table anew.
    render_as_batch=attributes["connection"].dialect.name == "sqlite",
    compare_type=True,
    compare_server_default=True,
)

with context.begin_transaction():
    context.run_migrations()
