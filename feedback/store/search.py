"""Full-text search on both engines: SQLite FTS5, PostgreSQL tsvector.

The text that is searched is made in Python (accents folded, lower case), so that both find the
same. What people type is read into words and phrases here and never reaches either engine raw.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Column as SqlColumn
from sqlalchemy import ColumnElement, ForeignKey, Select, Table, Text, literal_column, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as text_table
from sqlalchemy.dialects import postgresql, sqlite

from feedback.domain.mapped import Entity, Id
from feedback.domain.place import state_code
from feedback.domain.state import State
from feedback.reading.search_words import MOST_LETTERS, words_in
from feedback.store.work import Work

MOST_WORDS = 24  # of a query; the rest is left out
MOST_TYPED = 2000  # characters of a query
RARE = 1000  # finds that are sorted at once
# Words of a field stand in the index once more, with the field's tag before them.
TAGS = {"from": "zfrom", "article": "zarticle"}
FIELDS = "|".join([*TAGS, "state", "before", "after"])
PART = re.compile(rf'(-?)(?:({FIELDS}):)?(?:"([^"]*)"|([^\s"]+))', re.IGNORECASE)
DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
Narrowed = TypeVar("Narrowed", bound=Select[Any])
STRAIGHT = str.maketrans("“”„«»−–", '"""""--')  # what keyboards and phones make of " and -


def _search_table(name: str, of: str) -> Table:
    return Table(
        f"{name}_search",
        Entity.metadata,
        SqlColumn(
            "id",
            Id,
            ForeignKey(f"{of}.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        SqlColumn("body", Text, nullable=False),
    )


LETTER_SEARCH = _search_table("letter", "letter")
ARTICLE_SEARCH = _search_table("article", "article")


@dataclass(frozen=True)
class Query:
    """What was asked for: phrases (of one word or more) to find and to leave out.

    `states` and `not_states` are the letters' own, `since` and `until` (not included) days on
    which letters came (UTC).
    """

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()
    any_of: bool = False  # one is enough, the best first
    states: frozenset[State] = frozenset()
    not_states: frozenset[State] = frozenset()
    since: date | None = None
    until: date | None = None

    @property
    def has_words(self) -> bool:
        """True where the index is to be asked."""
        return bool(self.wanted)

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to find."""
        narrows = self.states or self.not_states or self.since or self.until
        return not (self.wanted or narrows)

    @property
    def marked(self) -> list[tuple[str, ...]]:
        """The phrases that can stand in a letter's text."""
        tags = tuple(TAGS.values())
        return [words for words in self.wanted if not words[0].startswith(tags)]


def tagged(name: str, words: str | None) -> str:
    """The words of a field, as the index has them beside the text."""
    return " ".join(_tagged(name, words_in(words or "")))


def _tagged(name: str, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{TAGS[name]}{word}"[:MOST_LETTERS] for word in words)


@dataclass
class _Asked:
    """A query while it is read."""

    wanted: list[tuple[str, ...]] = field(default_factory=list)
    unwanted: list[tuple[str, ...]] = field(default_factory=list)
    states: set[State] = field(default_factory=set)
    not_states: set[State] = field(default_factory=set)
    since: date | None = None
    until: date | None = None
    room: int = MOST_WORDS

    def take(self, name: str, typed: str, *, minus: bool) -> None:
        """One part of what was typed; a field's value that is not understood is a word."""
        if name == "state" and self._is_state(typed, minus=minus):
            return
        days = _days(typed) if name in ("before", "after") and not minus else None
        if days is not None:
            if name == "before":
                self.until = min(self.until or days[0], days[0])
            else:
                self.since = max(self.since or days[1], days[1])
            return
        words = words_in(typed)[: self.room]
        self.room -= len(words)
        if words:
            phrase = _tagged(name, words) if name in TAGS else tuple(words)
            (self.unwanted if minus else self.wanted).append(phrase)

    def _is_state(self, typed: str, *, minus: bool) -> bool:
        """“held” is where a letter stands, “WA” where its writer lives."""
        word = typed.strip().lower()
        if word in {state.value for state in State}:
            (self.not_states if minus else self.states).add(State(word))
            return True
        code = state_code(typed.strip())
        if code is None:
            return False
        (self.unwanted if minus else self.wanted).append(_tagged("from", words_in(code)))
        return True


def _days(typed: str) -> tuple[date, date] | None:
    """First day and the day after the last of “2026”, “2026-03” or “2026-03-02”."""
    match = DAY.fullmatch(typed.strip())
    if match is None:
        return None
    try:
        first = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        if match[3]:
            return first, first + timedelta(days=1)
        later = first + timedelta(days=32 if match[2] else 367)
        return first, later.replace(day=1, **({} if match[2] else {"month": 1}))
    except (ValueError, OverflowError):
        return None


def read_query(typed: str) -> Query:
    """Words, "phrases", -exclusions and fields from anything that a person can type.

    Fields: `from:` (name, place), `article:` (headline), `state:` (held; WA), `before:` and
    `after:` (a day, a month, a year), each with a word or a "phrase".
    """
    asked = _Asked()
    for match in PART.finditer(typed[:MOST_TYPED].translate(STRAIGHT)):
        words = match[3] if match[3] is not None else match[4]
        asked.take((match[2] or "").lower(), words, minus=bool(match[1]))
    return Query(
        tuple(asked.wanted),
        tuple(asked.unwanted),
        states=frozenset(asked.states),
        not_states=frozenset(asked.not_states),
        since=asked.since,
        until=asked.until,
    )


def put(work: Work, table: Table, row_id: int, body: str) -> None:
    """Index a text, in place of the one before."""
    put_all(work, table, {row_id: body})


def put_all(work: Work, table: Table, bodies: Mapping[int, str]) -> None:
    """Index texts by the numbers of their rows, in place of those before."""
    if not bodies:
        return
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    new = (sqlite.insert if is_sqlite else postgresql.insert)(table)
    new = new.on_conflict_do_update(index_elements=[table.c.id], set_={"body": new.excluded.body})
    rows = [{"id": row_id, "body": " ".join(words_in(body))} for row_id, body in bodies.items()]
    work.session.execute(new, rows)


@dataclass(frozen=True)
class Among:
    """Which rows of the index to look at: those with these numbers, else those of a range."""

    ids: Sequence[int] | None = None
    low: int | None = None  # the lowest
    end: int | None = None  # the first above the highest
    is_narrow: bool = False  # more than words is asked for: few that match may be wanted


EVERY = Among()


def matching(work: Work, table: Table, query: Query, among: Among = EVERY) -> Select[int]:
    """A select of the ids (column `id`) whose text matches, in any order."""
    if work.session.get_bind().dialect.name == "sqlite":
        index = text_table(f"{table.name}_index", sql_column("rowid", Id))
        found = text(f"{index.name} MATCH :fts").bindparams(fts=_fts5(query))
        return _among(select(index.c.rowid.label("id")).where(found), index.c.rowid, among)
    words = text(f"{table.name}.{_words(table)}").bindparams(fts=_tsquery(query))
    return _among(select(table.c.id).where(words), table.c.id, among)


def downwards(work: Work, table: Table, query: Query, among: Among = EVERY) -> Select[int]:
    """The same, the highest number first, so that the first ones come at once.

    PostgreSQL's planner guesses how rare words are, and is wrong by orders, so it is told the
    way: few finds are taken from the index and sorted, many are met soon on the way down
    (`OFFSET 0` keeps the planner from taking another one).
    """
    found = matching(work, table, query, among)
    if work.session.get_bind().dialect.name == "sqlite":
        return found.order_by(found.selected_columns.id.desc())
    if among.ids is not None:
        return found
    few = list(work.session.scalars(found.limit(RARE + 1)))
    if len(few) <= RARE:
        return select(table.c.id).where(table.c.id.in_(few)).order_by(table.c.id.desc())
    if among.is_narrow:
        return found
    down = _among(select(table.c.id, literal_column("words")), table.c.id, among)
    walk = down.order_by(table.c.id.desc()).offset(literal_column("0")).subquery("walk")
    words = text(f"walk.{_words(table)}").bindparams(fts=_tsquery(query))
    return select(walk.c.id).where(words)


def _words(table: Table) -> str:
    """Whether PostgreSQL's column of words has what `:fts` asks for."""
    return f"words @@ to_tsquery('{_config(table)}', :fts)"


def _among(chosen: Narrowed, number: ColumnElement[int], among: Among) -> Narrowed:
    if among.ids is not None:
        return chosen.where(number.in_(among.ids))
    if among.low is not None:
        chosen = chosen.where(number >= among.low)
    return chosen.where(number < among.end) if among.end is not None else chosen


def best(work: Work, table: Table, query: Query, limit: int) -> list[int]:
    """Ids of the best matches, best first."""
    if query.is_empty:
        return []
    if work.session.get_bind().dialect.name == "sqlite":
        index = f"{table.name}_index"
        statement = text(
            f"SELECT rowid FROM {index} WHERE {index} MATCH :fts"
            " ORDER BY rank, rowid DESC LIMIT :most"
        )
        rows = work.session.execute(statement, {"fts": _fts5(query), "most": limit})
        return [row[0] for row in rows]
    statement = text(
        f"SELECT id FROM {table.name}, to_tsquery('{_config(table)}', :fts) q WHERE words @@ q"
        " ORDER BY ts_rank_cd(words, q, 1) DESC, id DESC LIMIT :most"
    )
    rows = work.session.execute(statement, {"fts": _tsquery(query), "most": limit})
    return [row[0] for row in rows]


def _config(table: Table) -> str:
    """The text search configuration that PostgreSQL's column `words` of a table is made by."""
    return "letter_words" if table is LETTER_SEARCH else "simple"


def _fts5(query: Query) -> str:
    glue = " OR " if query.any_of else " AND "
    found = glue.join(f'"{" ".join(words)}"' for words in query.wanted)
    for words in query.unwanted:
        found = f'({found}) NOT "{" ".join(words)}"'
    return found


def _tsquery(query: Query) -> str:
    glue = " | " if query.any_of else " & "
    found = glue.join(_ts_phrase(words) for words in query.wanted)
    for words in query.unwanted:
        found = f"({found}) & !{_ts_phrase(words)}"
    return found


def _ts_phrase(words: tuple[str, ...]) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in words) + ")"
