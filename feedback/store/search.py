"""Full-text search on both engines: SQLite FTS5, PostgreSQL tsvector.

The text that is searched is made in Python (accents folded, lower case), so that both find the
same. What people type is read into words and phrases here and never reaches either engine raw.
"""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Column as SqlColumn
from sqlalchemy import (
    ForeignKey,
    Select,
    Table,
    Text,
    TextClause,
    delete,
    insert,
    literal_column,
    select,
    text,
)
from sqlalchemy.sql.elements import ColumnElement

from feedback.domain.mapped import Entity, Id
from feedback.store.work import Work

MOST_WORDS = 24  # of a query; the rest is left out
WORD = re.compile(r"[^\W_]+")
PART = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')


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


def read_query(typed: str) -> Query:
    """Words, "phrases" and -exclusions from anything that a person can type."""
    wanted: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    for match in PART.finditer(fold(typed[:2000])):
        minus = match[1] or match[3]
        words = tuple(WORD.findall(match[2] if match[2] is not None else match[4]))
        if words and len(wanted) + len(unwanted) < MOST_WORDS:
            (unwanted if minus else wanted).append(words)
    return Query(tuple(wanted), tuple(unwanted))


def put(work: Work, table: Table, row_id: int, body: str) -> None:
    """Index a text, in place of the one before."""
    work.session.execute(delete(table).where(table.c.id == row_id))
    work.session.execute(insert(table).values(id=row_id, body=fold(body)))


def matching(work: Work, table: Table, query: Query) -> ColumnElement[int] | Select[tuple[int]]:
    """A select of the ids whose text matches."""
    if work.session.get_bind().dialect.name == "sqlite":
        index = f"{table.name}_index"
        clause: TextClause = text(f"{index} MATCH :fts").bindparams(fts=_fts5(query))
        return select(literal_column("rowid")).select_from(text(index)).where(clause)
    config = "english" if table is LETTER_SEARCH else "simple"
    clause = text(f"words @@ to_tsquery('{config}', :fts)").bindparams(fts=_tsquery(query))
    return select(table.c.id).where(clause)


def best(work: Work, table: Table, query: Query, limit: int) -> list[int]:
    """Ids of the best matches, best first."""
    if query.is_empty:
        return []
    if work.session.get_bind().dialect.name == "sqlite":
        index = f"{table.name}_index"
        statement = text(
            f"SELECT rowid FROM {index} WHERE {index} MATCH :fts ORDER BY rank LIMIT :most"
        )
        rows = work.session.execute(statement, {"fts": _fts5(query), "most": limit})
        return [row[0] for row in rows]
    config = "english" if table is LETTER_SEARCH else "simple"
    statement = text(
        f"SELECT id FROM {table.name}, to_tsquery('{config}', :fts) q WHERE words @@ q"
        " ORDER BY ts_rank_cd(words, q, 1) DESC LIMIT :most"
    )
    rows = work.session.execute(statement, {"fts": _tsquery(query), "most": limit})
    return [row[0] for row in rows]


def _fts5(query: Query) -> str:
    glue = " OR " if query.any_of else " "
    found = glue.join(f'"{" ".join(words)}"' for words in query.wanted)
    for words in query.unwanted:
        found = f'({found}) NOT "{" ".join(words)}"'
    return found


def _tsquery(query: Query) -> str:
    glue = " | " if query.any_of else " & "
    found = glue.join("(" + " <-> ".join(words) + ")" for words in query.wanted)
    for words in query.unwanted:
        found = f"({found}) & !({' <-> '.join(words)})"
    return found
