"""Which letters the list shows: read from the query string, written back into every link."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _

from feedback.accounts.guard import current_editor
from feedback.domain.errors import Refused
from feedback.domain.finding import Result
from feedback.domain.house_rules import QueueOrder
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import State
from feedback.intake.checks import CHECKS
from feedback.newsroom import newsroom
from feedback.store.letter_filter import NOBODY, LetterFilter
from feedback.store.paging import read_cursor, read_key_cursor

PAGE = 50  # letters of one page
MOST_ASKED = 300  # characters of a search
MOST_PAST = 10_000_000
MOST_DAYS, MOST_WORDS = 36_500, 100_000
ALL = "all"
# Limits that can be typed among the words as well: fits:120 older:7.
TYPED = re.compile(r"(?:^|\s)(fits|older):([0-9]{1,6})(?=\s|$)", re.IGNORECASE)
FOUND = frozenset({Result.NOTE, Result.HOLD, Result.REFUSE, Result.NOT_RUN})
ME, NONE = "me", "none"  # as `editor`

# The tabs, in the order in which a letter passes them; every other state is one of the filters.
TABS: dict[str, tuple[str, tuple[State, ...]]] = {
    "waiting": (_("Waiting"), (State.RECEIVED,)),
    "shortlisted": (_("Shortlisted"), (State.SHORTLISTED,)),
    "approved": (_("Approved"), (State.APPROVED,)),
    "held": (_("Held"), (State.HELD,)),
    ALL: (_("All"), ()),
}


@dataclass(frozen=True)
class Narrow:
    """What a list is narrowed to beside its tab; every part may be missing."""

    article: int | None = None
    topic: str = ""
    channel: Channel | None = None
    check: str = ""  # a check's name with an outcome: length:note
    campaign: int | None = None
    writer: int | None = None
    editor: str = ""  # “me”, “none”, an account's number
    older: int | None = None  # days
    fits: int | None = None  # words
    first: bool = False  # of first-time writers alone
    column: int | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Narrow":
        """From a query string; what is not understood is as if it were not there."""
        channel = asked.get("channel", "")
        return cls(
            article=_number(asked.get("article"), MOST_ID),
            topic=_one_of(asked.get("topic"), newsroom().column().rules.topics),
            channel=Channel(channel) if channel in {c.value for c in Channel} else None,
            check=_one_of(asked.get("check"), CHECKED),
            campaign=_number(asked.get("campaign"), MOST_ID),
            writer=_number(asked.get("writer"), MOST_ID),
            editor=_editor(asked.get("editor")),
            older=_number(asked.get("older"), MOST_DAYS),
            fits=_number(asked.get("fits"), MOST_WORDS),
            first=asked.get("first") == "yes",
            column=_number(asked.get("column"), MOST_ID),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Its parts, as they stand in a query string."""
        named = {
            "article": self.article,
            "topic": self.topic,
            "channel": self.channel,
            "check": self.check,
            "campaign": self.campaign,
            "writer": self.writer,
            "editor": self.editor,
            "older": self.older,
            "fits": self.fits,
            "first": "yes" if self.first else "",
            "column": self.column,
        }
        return [(name, str(value)) for name, value in named.items() if value]


MOST_ID = 2**63 - 1
# Findings that come from elsewhere than the list of checks.
OTHER_CHECKS = ("honeypot", "campaign", "same_text")
CHECKED = frozenset(
    f"{name}:{result}"
    for name in (*(check.name for check in CHECKS), *OTHER_CHECKS)
    for result in FOUND
)
ANYTHING = Narrow()


@dataclass(frozen=True)
class Selection:
    """A tab (or any other state), what it is narrowed to, words; how far down the list.

    `past` is how many letters stand above the page, for its numbers alone. `is_given` says that
    the address named a list: then a decision goes on to the next letter of it.
    """

    state: str = "waiting"
    narrow: Narrow = ANYTHING
    q: str = ""
    asked_order: QueueOrder | None = None
    cursor: str | None = None
    past: int = 0
    is_given: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Selection":
        """From a query string; what is not understood is as if it were not there."""
        q = " ".join(asked.get("q", "").replace("\x00", " ").split())[:MOST_ASKED]
        typed = {match[1].lower(): match[2] for match in TYPED.finditer(q)}
        q = " ".join(TYPED.sub(" ", q).split())
        state = asked.get("state", "").strip().lower()
        state = "waiting" if state == State.RECEIVED.value else state
        if state not in TABS and state not in {s.value for s in State}:
            state = ALL if q else "waiting"
        order = asked.get("order", "")
        chosen = cls(
            state=state,
            narrow=Narrow.read({**asked, **typed}),
            q=q,
            asked_order=QueueOrder(order) if order in {o.value for o in QueueOrder} else None,
            is_given=bool(asked.get("state") or q),
        )
        cursor = _cursor(asked.get("cursor"), chosen.which)
        past = (_number(asked.get("past"), MOST_PAST) or 0) if cursor else 0
        return replace(chosen, cursor=cursor, past=past)

    @property
    def order(self) -> QueueOrder:
        """The house's order, unless another was asked for; all letters stand newest first."""
        if self.q or self.state == ALL:
            return QueueOrder.RECEIVED
        return self.asked_order or newsroom().column().rules.queue_order

    @property
    def which(self) -> LetterFilter:
        """For the store; the articles of a topic are looked up by `queue.which_of`."""
        narrow = self.narrow
        name, _colon, outcome = narrow.check.partition(":")
        today = newsroom().column().today(newsroom().store.clock())
        return LetterFilter(
            TABS[self.state][1] if self.state in TABS else (State(self.state),),
            narrow.article,
            narrow.channel,
            self.q,
            column_id=narrow.column,
            campaign_id=narrow.campaign,
            writer_id=narrow.writer,
            assigned_id=_assigned(narrow.editor),
            check=(name, Result(outcome)) if outcome else None,
            before=_days_ago(today, narrow.older) if narrow.older else None,
            fits=narrow.fits,
            is_first=narrow.first,
            order=self.order,
        )

    @property
    def article_id(self) -> int | None:
        """The article that the list is about."""
        return self.narrow.article

    @property
    def is_narrow(self) -> bool:
        """True where more than a tab was chosen."""
        return bool(self.narrow != ANYTHING or self.q)

    def pairs(self) -> list[tuple[str, str]]:
        """The query string's parts, for hidden fields of a form."""
        after = {
            "q": self.q,
            "order": self.asked_order,
            "cursor": self.cursor,
            "past": self.past,
        }
        further = [(name, str(value)) for name, value in after.items() if value]
        return [("state", self.state), *self.narrow.pairs(), *further]

    @property
    def query(self) -> str:
        """The query string, without a question mark."""
        return urlencode(self.pairs())

    @property
    def href(self) -> str:
        """The queue with this selection."""
        return f"/desk/?{self.query}"

    def letter_href(self, ref: str, **more: str) -> str:
        """A letter's page beside this list; `more` (as `do`, `view`) tells what it shows."""
        pairs = (self.pairs() if self.is_given else []) + [(k, v) for k, v in more.items() if v]
        return f"/desk/letters/{ref}" + (f"?{urlencode(pairs)}" if pairs else "")

    def given(self) -> "Selection":
        """The same list, named in every link."""
        return replace(self, is_given=True)

    def with_state(self, state: str) -> "Selection":
        """Another tab, from its first letter on."""
        return replace(self, state=state, cursor=None, past=0, is_given=True)

    def about(self, article_id: int | None) -> "Selection":
        """The same tab for one article (None: for all)."""
        narrow = replace(self.narrow, article=article_id)
        return replace(self, narrow=narrow, cursor=None, past=0, is_given=True)

    def around(self, letter: Letter) -> "Selection":
        """This list where one was asked for, else the one in which the letter stands."""
        if self.is_given:
            return self
        own = [key for key, (_name, states) in TABS.items() if letter.state in states]
        return replace(self, state=own[0] if own else ALL)

    def plain(self) -> "Selection":
        """The tab alone."""
        return Selection(state=self.state, is_given=True)

    def first(self) -> "Selection":
        """The same list from its first letter on."""
        return replace(self, cursor=None, past=0, is_given=True)

    def after(self, cursor: str, shown: int) -> "Selection":
        """The page that follows one with `shown` letters."""
        return replace(self, cursor=cursor, past=self.past + shown, is_given=True)


def _cursor(text: str | None, which: LetterFilter) -> str | None:
    if not text or len(text) > 200:
        return None
    try:
        read_key_cursor(text) if which.is_read_in_order else read_cursor(text)
    except Refused:
        return None
    return text


def _one_of(text: str | None, known: Container[str]) -> str:
    return text if text and text in known else ""


def _editor(text: str | None) -> str:
    if text in (ME, NONE):
        return str(text)
    number = _number(text, MOST_ID)
    return str(number) if number else ""


def _assigned(editor: str) -> int | None:
    """Number of the account whose letters are asked for."""
    if not editor:
        return None
    if editor == ME:
        return current_editor().id
    return NOBODY if editor == NONE else int(editor)


def _days_ago(today: date, days: int) -> date | None:
    """The first day of those that are too young; letters of before are so old."""
    try:
        return today - timedelta(days=days)
    except OverflowError:
        return None


def _number(text: str | None, most: int) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    number = int(text)
    return number if 0 < number <= most else None
