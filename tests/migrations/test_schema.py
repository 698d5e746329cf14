"""The schema comes up and down on both engines, and is what the models say."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text

from feedback.domain.errors import Refused
from feedback.shipped import shipped
from feedback.store.engine import make_engine
from feedback.store.migrate import differences, migrate, newest_revision
from feedback.store.revision import revision_of
from tests.fixtures_database import all_tables

FOLDER = shipped("migrations")
NEWEST = 14
REVISIONS = tuple(f"{number:04}" for number in range(1, NEWEST + 1))


@pytest.fixture
def engine(empty_database) -> Iterator[Engine]:
    made = make_engine(empty_database())
    yield made
    made.dispose()


def up(engine: Engine, to: str = "head") -> None:
    migrate(engine, FOLDER, all_tables(), to)


def drawn(engine: Engine) -> dict[str, list]:
    """Everything that is in the schema, in a form that can be compared."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            query = "SELECT type || ' ' || name, sql FROM sqlite_master"
            return {row[0]: [row[1]] for row in connection.execute(text(query))}
        queries = {
            "columns": "SELECT table_name, column_name, data_type, is_nullable,"
            " character_maximum_length, generation_expression FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY 1, 2",
            "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
            "constraints": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1",
            "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY 1",
            "functions": "SELECT prosrc FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
            "searches": "SELECT cfgname FROM pg_ts_config"
            " WHERE cfgnamespace = 'public'::regnamespace",
        }
        return {
            name: [tuple(row) for row in connection.execute(text(query))]
            for name, query in queries.items()
        }


def test_models_and_migrations_agree(engine):
    up(engine)
    assert differences(engine, all_tables()) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        "ALTER TABLE letter DROP COLUMN opening",
        "DROP INDEX ix_letter_state_received_at_id",
        'ALTER TABLE letter ADD COLUMN "extra" INTEGER',
        "DROP TABLE pulse",
    ],
)
def test_a_difference_is_found(engine, spoiled):
    up(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(spoiled)
    assert differences(engine, all_tables())


def test_the_head_file_names_the_newest_revision():
    assert (FOLDER / "HEAD").read_text().strip() == newest_revision(FOLDER) == REVISIONS[-1]


def test_up_down_up_gives_the_same(engine):
    up(engine)
    first = drawn(engine)
    up(engine, "base")
    assert revision_of(engine) is None
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    up(engine)
    assert drawn(engine) == first


def test_each_revision_goes_up_and_comes_back(engine):
    seen = [drawn(engine)]
    for revision in REVISIONS:
        up(engine, revision)
        assert revision_of(engine) == revision
        seen.append(drawn(engine))
    for before, revision in zip(reversed(seen[1:-1]), reversed(REVISIONS[:-1]), strict=True):
        up(engine, revision)
        assert revision_of(engine) == revision
        assert drawn(engine) == before


def test_doing_it_again_changes_nothing(engine):
    up(engine)
    before = drawn(engine)
    up(engine)
    assert drawn(engine) == before


def test_one_column_is_there_from_the_start_and_stays_as_it_was_made(engine):
    up(engine)
    with engine.begin() as connection:
        names = connection.execute(text('SELECT slug, name, address FROM "column"')).all()
        assert names == [("we-hear-you", "We Hear You", "letters@example.com")]
        connection.execute(text("""UPDATE "column" SET name = 'Write Us'"""))
    up(engine)
    with engine.connect() as connection:
        assert connection.scalar(text('SELECT name FROM "column"')) == "Write Us"


def test_the_first_column_has_the_rules_that_the_model_gives_a_new_one(store):
    from feedback.domain.column import Column
    from feedback.store import columns

    with store.work() as work:
        made = Column(slug="another")
        work.session.add(made)
        work.session.flush()
        first = columns.first(work)
        other = {"id", "slug", "name"}
        names = [c.key for c in Column.__table__.columns if c.key not in other]
        assert {n: getattr(first, n) for n in names} == {n: getattr(made, n) for n in names}


def test_a_database_of_a_newer_version_is_left_alone(engine):
    up(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = drawn(engine)
    with pytest.raises(Refused, match="newer version"):
        up(engine)
    assert drawn(engine) == before


def test_a_revision_that_does_not_exist_is_refused(engine):
    with pytest.raises(Refused, match="no revision 0815"):
        up(engine, "0815")
    assert revision_of(engine) is None
