"""Which letters the list shows: read from the query string, written back into every link."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _

from feedback.domain.errors import Refused
from feedback.domain.letter import Channel, Letter
from feedback.domain.state import State
from feedback.store.letter_filter import LetterFilter
from feedback.store.paging import read_cursor

PAGE = 50  # letters of one page
MOST_ASKED = 300  # characters of a search
MOST_PAST = 10_000_000
ALL = "all"

# The tabs, in the order in which a letter passes them; every other state is one of the filters.
TABS: dict[str, tuple[str, tuple[State, ...]]] = {
    "waiting": (_("Waiting"), (State.RECEIVED,)),
    "shortlisted": (_("Shortlisted"), (State.SHORTLISTED,)),
    "approved": (_("Approved"), (State.APPROVED,)),
    "held": (_("Held"), (State.HELD,)),
    ALL: (_("All"), ()),
}


@dataclass(frozen=True)
class Selection:
    """A tab (or any other state), an article, a channel, words; how far down the list.

    `past` is how many letters stand above the page, for its numbers alone. `is_given` says that
    the address named a list: then a decision goes on to the next letter of it.
    """

    state: str = "waiting"
    article_id: int | None = None
    channel: Channel | None = None
    q: str = ""
    cursor: str | None = None
    past: int = 0
    is_given: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Selection":
        """From a query string; what is not understood is as if it were not there."""
        q = " ".join(asked.get("q", "").replace("\x00", " ").split())[:MOST_ASKED]
        state = asked.get("state", "").strip().lower()
        state = "waiting" if state == State.RECEIVED.value else state
        if state not in TABS and state not in {s.value for s in State}:
            state = ALL if q else "waiting"
        channel = asked.get("channel", "")
        cursor = _cursor(asked.get("cursor"))
        return cls(
            state=state,
            article_id=_number(asked.get("article"), 2**63 - 1),
            channel=Channel(channel) if channel in {c.value for c in Channel} else None,
            q=q,
            cursor=cursor,
            past=(_number(asked.get("past"), MOST_PAST) or 0) if cursor else 0,
            is_given=bool(asked.get("state") or q),
        )

    @property
    def which(self) -> LetterFilter:
        """For the store."""
        states = TABS[self.state][1] if self.state in TABS else (State(self.state),)
        return LetterFilter(states, self.article_id, self.channel, self.q)

    @property
    def is_narrow(self) -> bool:
        """True where more than a tab was chosen."""
        return bool(self.article_id is not None or self.channel or self.q)

    def pairs(self) -> list[tuple[str, str]]:
        """The query string's parts, for hidden fields of a form."""
        return [
            (name, str(value))
            for name, value in (
                ("state", self.state),
                ("article", self.article_id),
                ("channel", self.channel),
                ("q", self.q),
                ("cursor", self.cursor),
                ("past", self.past),
            )
            if value
        ]

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
        return replace(self, article_id=article_id, cursor=None, past=0, is_given=True)

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


def _cursor(text: str | None) -> str | None:
    if not text or len(text) > 200:
        return None
    try:
        read_cursor(text)
    except Refused:
        return None
    return text


def _number(text: str | None, most: int) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    number = int(text)
    return number if 0 < number <= most else None
