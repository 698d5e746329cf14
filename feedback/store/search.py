"""Full-text search on both engines: SQLite FTS5, PostgreSQL tsvector.

The text that is searched is made in Python (accents folded, lower case), so that both find the
same. What people type is read into words and phrases here and never reaches either engine raw.
"""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Column as SqlColumn
from sqlalchemy import ForeignKey, Select, Table, Text, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import table as text_table
from sqlalchemy.dialects import postgresql, sqlite

from feedback.domain.mapped import Entity, Id
from feedback.store.work import Work

MOST_WORDS = 24  # of a query; the rest is left out
MOST_TYPED = 2000  # characters of a query
MOST_LETTERS = 60  # of a word; PostgreSQL refuses very long ones, SQLite does not stem them
WORD = re.compile(r"[^\W_]+")
PART = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
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
    """What was asked for: phrases (of one word or more) to find and to leave out."""

    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...] = ()
    any_of: bool = False  # one is enough, the best first

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to find."""
        return not self.wanted


def fold(words: str) -> str:
    """Text as it is indexed: lower case, accents and control characters gone."""
    apart = unicodedata.normalize("NFKD", words.replace("\x00", " "))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return plain.casefold().encode("utf-8", "replace").decode()


def words_in(text: str) -> list[str]:
    """The words that a text is indexed by: one rule for both engines, whose own differ."""
    return [_kept_whole(word[:MOST_LETTERS]) for word in WORD.findall(fold(text))]


def _kept_whole(word: str) -> str:
    """SQLite stems no word of two letters; PostgreSQL would make “i” of “is”, “ai” of “ay”."""
    return f"{word}0" if len(word) == 2 and word[1] in "sy" else word


def read_query(typed: str) -> Query:
    """Words, "phrases" and -exclusions from anything that a person can type."""
    wanted: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    room = MOST_WORDS
    for match in PART.finditer(typed[:MOST_TYPED].translate(STRAIGHT)):
        minus = match[1] or match[3]
        words = tuple(words_in(match[2] if match[2] is not None else match[4])[:room])
        room -= len(words)
        if words:
            (unwanted if minus else wanted).append(words)
    return Query(tuple(wanted), tuple(unwanted))


def put(work: Work, table: Table, row_id: int, body: str) -> None:
    """Index a text, in place of the one before."""
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    fresh = insert(table).values(id=row_id, body=" ".join(words_in(body)))
    work.session.execute(
        fresh.on_conflict_do_update(index_elements=[table.c.id], set_={"body": fresh.excluded.body})
    )


def matching(work: Work, table: Table, query: Query) -> Select[int]:
    """A select of the ids (column `id`) whose text matches, highest first where that is free."""
    if work.session.get_bind().dialect.name == "sqlite":
        index = text_table(f"{table.name}_index", sql_column("rowid", Id))
        found = text(f"{index.name} MATCH :fts").bindparams(fts=_fts5(query))
        return select(index.c.rowid.label("id")).where(found).order_by(index.c.rowid.desc())
    found = text(f"{table.name}.words @@ to_tsquery('{_config(table)}', :fts)")
    return select(table.c.id).where(found.bindparams(fts=_tsquery(query)))


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
