"""A backup is whole or is refused; restoring it gives the same desk, on either engine."""

import itertools
import json
import random
import stat
import threading
import zipfile
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import OperationalError

from feedback.domain.actor import Actor, ActorKind
from feedback.domain.errors import Refused, Unreachable
from feedback.domain.event import Event, EventKind
from feedback.domain.letter import Letter
from feedback.domain.original import Original
from feedback.domain.raw_mail import Door
from feedback.domain.state import State
from feedback.shipped import shipped
from feedback.store import audit, backup, letters, raw_mails, search
from feedback.store.engine import make_engine
from feedback.store.migrate import migrate
from feedback.store.plain_rows import plain
from feedback.store.work import Store
from tests.factories import a_letter, an_account, an_article, approved
from tests.fixtures_database import all_tables

ANN = Actor(ActorKind.EDITOR, "Ann Editor", 7)
FOLDER = shipped("migrations")


@pytest.fixture
def desk(store):
    """A desk with something in every table that a backup keeps a person waiting for."""
    article = an_article(store, "Working Group With Beijing")
    for number in range(3):
        a_letter(store, f"Letter {number} — “quoted”, naïve, 日本, 🙂", article=article)
    letter = approved(store, article=article)
    with store.work() as work:
        one = letters.by_ref(work, letter.ref)
        one.record(EventKind.NOTED, ANN, work.now, "Nota bene.", {"b": [1, 2.5, None], "a": "é"})
        search.put(work, search.LETTER_SEARCH, one.id, "Words to be found")
        raw_mails.keep(work, b"Subject: \xff\x00\r\n\r\nany bytes", Door.PIPE)
    an_account(store)
    return store


@pytest.fixture
def elsewhere(empty_database):
    """Makes migrated, empty stores beside the one under test."""
    made = []

    def make(keys, clock):
        engine = make_engine(empty_database())
        migrate(engine, FOLDER, all_tables())
        made.append(engine)
        return Store(engine, keys, clock)

    yield make
    for engine in made:
        engine.dispose()


def keep(store, file, **more):
    return backup.backup(store.engine, file, all_tables(), store.clock(), **more)


def put_back(store, file, **more):
    return backup.restore(store.engine, file, FOLDER, all_tables(), **more)


def everything(store):
    """All rows that a backup keeps, by table."""
    with store.engine.connect() as connection:
        return {
            t.name: sorted(map(repr, connection.execute(select(t)))) for t in plain(all_tables())
        }


# --- The same desk


def test_restoring_gives_the_same_rows(desk, elsewhere, tmp_path):
    contents = keep(desk, tmp_path / "desk.backup")
    assert contents.rows["letter"] == 4
    assert contents.taken_at == desk.clock()
    other = elsewhere(desk.keys, desk.clock)
    assert put_back(other, tmp_path / "desk.backup") == contents
    assert everything(other) == everything(desk)
    with other.read() as work:
        assert audit.verify(work).is_whole
        which = letters.LetterFilter(q="words found")
        assert letters.count(work, which).number == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_desk_moves_from_one_engine_to_the_other_and_back(desk, request, tmp_path):
    there = Store(request.getfixturevalue("_postgresql_engine"), desk.keys, desk.clock)
    keep(desk, tmp_path / "a")
    put_back(there, tmp_path / "a")
    assert everything(there) == everything(desk)
    with there.read() as work:
        assert audit.verify(work).is_whole
    a_letter(there)  # numbers go on behind those that were restored
    keep(there, tmp_path / "b")
    put_back(desk, tmp_path / "b", force=True)
    assert everything(there) == everything(desk)
    a_letter(desk)


def test_the_restored_desk_goes_on(desk, elsewhere, tmp_path):
    keep(desk, tmp_path / "desk.backup")
    other = elsewhere(desk.keys, desk.clock)
    put_back(other, tmp_path / "desk.backup")
    letter = approved(other)
    an_account(other)
    with other.work() as work:
        letters.by_ref(work, letter.ref).move(State.HELD, ANN, work.now)


def test_log_ins_are_not_restored(desk, elsewhere, tmp_path):
    from feedback.accounts import sessions

    with desk.work() as work:
        account = an_account(work)
        opened = sessions.begin(work.session, account.id, work.now)
    keep(desk, tmp_path / "a")
    other = elsewhere(desk.keys, desk.clock)
    put_back(other, tmp_path / "a")
    with other.read() as work:
        assert sessions.holder(work.session, opened, work.now) is None


# --- While letters come in


def test_a_backup_under_load_is_one_moment(store, elsewhere, tmp_path):
    """Of every writer's letters it holds the first ones, whole, and none of the later ones."""
    stop = threading.Event()
    sent = [0, 0, 0]

    def write(who):
        for number in itertools.count():
            if stop.is_set():
                return
            a_letter(store, f"{who}/{number}", key=f"{who}-{number}")
            sent[who] = number + 1

    threads = [threading.Thread(target=write, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    try:
        while min(sent) < 3:
            threading.Event().wait(0.01)
        before = list(sent)
        keep(store, tmp_path / "a", tell=lambda *_: threading.Event().wait(0.02))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    other = elsewhere(store.keys, store.clock)
    contents = put_back(other, tmp_path / "a")
    assert len({contents.rows[t] for t in ("letter", "original", "contact", "event", "link")}) == 1
    with other.read() as work:
        assert audit.verify(work).is_whole
        keys = set(work.session.scalars(select(Letter.submission_key)))
    for who, least in enumerate(before):
        mine = sorted(int(key.split("-")[1]) for key in keys if key.startswith(f"{who}-"))
        assert mine == list(range(len(mine)))
        assert len(mine) >= least
    assert len(keys) < sum(sent)


# --- A file that is not as it was written


def test_any_flipped_bit_and_any_cut_is_refused(desk, elsewhere, tmp_path):
    file = tmp_path / "desk.backup"
    keep(desk, file)
    whole = file.read_bytes()
    other = elsewhere(desk.keys, desk.clock)
    untouched = everything(other)
    chance = random.Random(7)
    places = {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(40))}
    spoiled = [
        whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
        for at in places
    ]
    spoiled += [whole[:-1], whole[: len(whole) // 2], b"", b"PK", whole + b" ", whole * 2]
    for number, bytes_ in enumerate(spoiled):
        file.write_bytes(bytes_)
        with pytest.raises(Refused):
            backup.read_contents(file)
        if number % 12 == 0:
            with pytest.raises(Refused):
                put_back(other, file)
    assert everything(other) == untouched
    file.write_bytes(whole)
    put_back(other, file)


def test_other_files_are_refused(tmp_path, store):
    with pytest.raises(Refused, match="cannot be read"):
        backup.read_contents(tmp_path / "none")
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        archive.writestr("a.txt", "x" * 100)
    with pytest.raises(Refused, match="no backup of ours"):
        put_back(store, tmp_path / "some.zip")


def resealed(file, change):
    """The same backup with one of its parts changed, under a digest that fits."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with file.open("w+b") as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
            archive.comment = backup.SEAL + b"0" * 64
        backup.seal(stream)


def drop_last_letter(parts):
    parts["letter.jsonl"] = b"".join(parts["letter.jsonl"].splitlines(keepends=True)[:-1])


def break_a_line(parts):
    parts["letter.jsonl"] = parts["letter.jsonl"].replace(b'"WHY-', b'"WHY-"', 1)


def drop_a_table(parts):
    del parts["event.jsonl"]


def drop_a_value(parts):
    lines = [json.loads(line) for line in parts["mail.jsonl"].splitlines()]
    parts["mail.jsonl"] = b"\n".join(json.dumps(line[:-1]).encode() for line in lines)


@pytest.mark.parametrize(
    "change", [drop_last_letter, break_a_line, drop_a_table, drop_a_value], ids=lambda f: f.__name__
)
def test_a_file_that_does_not_hold_what_it_says_changes_nothing(desk, elsewhere, tmp_path, change):
    file = tmp_path / "a"
    keep(desk, file)
    resealed(file, change)
    other = elsewhere(desk.keys, desk.clock)
    before = everything(other)
    with pytest.raises(Exception) as told:
        put_back(other, file)
    assert everything(other) == before
    assert isinstance(told.value, Refused) or change is drop_last_letter
    a_letter(other)  # and the database is usable


# --- Where it is refused to restore


def test_a_desk_that_holds_letters_is_not_written_over(desk, store, tmp_path):
    keep(desk, tmp_path / "a")
    before = everything(desk)
    with pytest.raises(Refused, match="holds"):
        put_back(desk, tmp_path / "a")
    assert everything(desk) == before


def test_force_puts_the_backup_in_the_place_of_all_there_is(desk, tmp_path):
    keep(desk, tmp_path / "a")
    before = everything(desk)
    a_letter(desk)
    an_account(desk)
    put_back(desk, tmp_path / "a", force=True)
    assert everything(desk) == before


def test_an_account_alone_makes_a_desk_not_empty(desk, elsewhere, tmp_path):
    keep(desk, tmp_path / "a")
    other = elsewhere(desk.keys, desk.clock)
    an_account(other)
    with pytest.raises(Refused, match="account"):
        put_back(other, tmp_path / "a")


def test_another_revision_is_refused(desk, elsewhere, empty_database, tmp_path):
    keep(desk, tmp_path / "a")
    old = make_engine(empty_database())
    with pytest.raises(Refused, match="feedback migrate"):
        backup.restore(old, tmp_path / "a", FOLDER, all_tables())
    migrate(old, FOLDER, all_tables(), "0002")
    with pytest.raises(Refused, match="feedback migrate"):
        backup.restore(old, tmp_path / "a", FOLDER, all_tables())
    migrate(old, FOLDER, all_tables())
    with old.begin() as connection:  # a backup says which revision it was made at
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    backup.backup(old, tmp_path / "old", all_tables(), desk.clock())
    old.dispose()
    other = elsewhere(desk.keys, desk.clock)
    with pytest.raises(Refused, match="revision 0002"):
        put_back(other, tmp_path / "old")


def test_an_empty_database_has_nothing_to_back_up(empty_database, clock, tmp_path):
    engine = make_engine(empty_database())
    with pytest.raises(Refused, match="empty"):
        backup.backup(engine, tmp_path / "a", all_tables(), clock())
    engine.dispose()
    assert list(tmp_path.glob("*a*.part")) == []


# --- Something fails in between


@contextmanager
def failing_at(engine, words):
    def fail(_connection, _cursor, statement, *_rest):
        if words in statement:
            raise OperationalError(statement, {}, Exception("the disk is full"))

    event.listen(engine, "before_cursor_execute", fail)
    yield
    event.remove(engine, "before_cursor_execute", fail)


def test_a_restore_that_is_cut_short_changes_nothing(desk, tmp_path):
    keep(desk, tmp_path / "a")
    a_letter(desk)
    before = everything(desk)
    with failing_at(desk.engine, 'DELETE FROM "account"'), pytest.raises(Unreachable):
        put_back(desk, tmp_path / "a", force=True)
    assert everything(desk) == before
    put_back(desk, tmp_path / "a", force=True)


def test_a_backup_that_is_cut_short_leaves_the_old_one(desk, tmp_path):
    file = tmp_path / "a"
    keep(desk, file)
    old = file.read_bytes()
    with failing_at(desk.engine, "FROM event"), pytest.raises(OperationalError):
        keep(desk, file)
    assert file.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


def test_a_folder_that_is_not_there_is_said(desk, tmp_path):
    with pytest.raises(Refused, match="cannot be written"):
        keep(desk, tmp_path / "none" / "a")


# --- What it holds


def test_it_is_for_its_owner_alone_and_holds_no_secret(desk, tmp_path):
    from tests.fixtures_database import SECRET

    file = tmp_path / "a"
    keep(desk, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"jane@example.com" in everything
    assert SECRET.encode() not in everything


def test_progress_is_told(desk, tmp_path):
    told = {}
    contents = keep(desk, tmp_path / "a", tell=told.__setitem__)
    assert told == contents.rows


def test_the_guards_are_on_after_a_restore(desk, elsewhere, tmp_path):
    keep(desk, tmp_path / "a")
    other = elsewhere(desk.keys, desk.clock)
    put_back(other, tmp_path / "a")
    for change in (update(Original).values(remarks="x"), update(Event).values(why="x")):
        with pytest.raises(Exception, match=r"written once|added to"), other.work() as work:
            work.session.execute(change)
    with other.read() as work:
        assert work.session.scalar(select(func.count()).select_from(Letter)) == 4
        assert work.session.scalar(text("SELECT count(*) FROM letter_search")) == 1
