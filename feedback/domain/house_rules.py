"""The rules of a column that are data: read by checks, set on the settings page.

They are kept as one JSON object with the column; what is not in it has the value that stands
here, which is that of a newsroom with one editor (the preset `one_editor`).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from feedback.domain.deadline import Deadline


class Strictness(StrEnum):
    """What a rule does that a letter breaks."""

    OFF = "off"  # the rule is not asked
    NOTE = "note"  # said on the page
    HOLD = "hold"  # keeps the letter out of print until an editor has looked
    REFUSE = "refuse"  # the form does not take it; by other ways it is said on the page


class QuotaPeriod(StrEnum):
    """What the quota of printed letters counts in."""

    DAYS = "days"  # the last so many days
    MONTH = "month"  # the calendar month
    EDITION = "edition"  # one edition


class QuotaPer(StrEnum):
    """Whose printed letters count together."""

    PERSON = "person"  # the same address, or name and place
    HOUSEHOLD = "household"  # the same surname and place
    SIGNER = "signer"  # everybody who signed, each on their own


class QueueOrder(StrEnum):
    """In which order the queue stands."""

    READING = "reading"  # replies, then by article, first-time writers first
    RECEIVED = "received"  # the newest on top


class AiPolicy(StrEnum):
    """What the house says about letters made with a machine's help."""

    SILENT = "silent"  # nothing is asked or said
    DECLARE = "declare"  # help is to be declared, and is noted
    REFUSE = "refuse"  # declared help holds the letter


@dataclass(frozen=True)
class Blackout:
    """Days on which letters about a topic are not printed; no words: about anything."""

    name: str
    begins_on: date
    ends_on: date  # the last day of it
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From its JSON form."""
        return cls(
            str(kept["name"]),
            date.fromisoformat(kept["begins_on"]),
            date.fromisoformat(kept["ends_on"]),
            tuple(str(word) for word in kept.get("words", ())),
        )

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "name": self.name,
            "begins_on": self.begins_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "words": list(self.words),
        }


@dataclass(frozen=True)
class HouseRules:
    """Every rule with its default; 0 and empty mean that the rule is not asked."""

    # Length. The column's `words_limit` is what is asked for.
    words_hard: int = 0  # no longer than this
    over_length: Strictness = Strictness.NOTE
    # The article.
    article_days: int = 30  # a letter about an older article is noted
    # Printed letters of one writer.
    quota_letters: int = 1
    quota_days: int = 30
    quota_period: QuotaPeriod = QuotaPeriod.DAYS
    quota_per: QuotaPer = QuotaPer.PERSON
    quota: Strictness = Strictness.NOTE
    # What a letter needs beside name, place and article.
    needs_phone: bool = False
    deadline: Deadline | None = None  # for the next edition; told on the form
    exclusivity: Strictness = Strictness.OFF  # also sent to other papers
    group_letters: Strictness = Strictness.NOTE  # several signers
    states: tuple[str, ...] = ()  # USPS letters of the states that letters come from
    # Elections.
    election_on: date | None = None
    election_quiet_days: int = 0  # no letters about it in the last days before
    election_words: tuple[str, ...] = ()  # names of candidates and measures
    letters_per_candidate: int = 0
    # Help by machines.
    ai_policy: AiPolicy = AiPolicy.DECLARE
    blackouts: tuple[Blackout, ...] = ()
    # Word lists, an entry a line.
    slurs: tuple[str, ...] = ()
    threats: tuple[str, ...] = (
        "I will kill", "I'll kill", "going to kill", "should be shot", "should be hanged",
        "deserves to die", "know where you live", "burn it down", "put a bullet",
    )  # fmt: skip
    disposable_hosts: tuple[str, ...] = ()  # beside those that are known to be
    # Letters nobody has decided about.
    not_chosen_days: int = 14
    not_chosen_editions: int = 2
    answers: Mapping[str, str] = field(default_factory=dict)  # reason of a decline -> the mail's
    mails_a_minute: int = 1200  # no more leave, so that no mail server throttles
    desks: Mapping[str, str] = field(default_factory=dict)  # another desk -> its address
    # Asking writers for what is missing.
    remind_days: int = 3  # after the receipt; once
    reply_addresses: bool = False  # answers go to letters+…@: the mail server must take those
    # The desk.
    queue_order: QueueOrder = QueueOrder.READING
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # name -> words of articles

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Self:
        """From what the column keeps; a key that is not known any more is passed over."""
        made: dict[str, Any] = {}
        for one in fields(cls):
            if kept and one.name in kept:
                made[one.name] = _read(one.name, kept[one.name])
        return cls(**made)

    def kept(self) -> dict[str, Any]:
        """As the column keeps them: only what differs from the defaults."""
        usual, mine = asdict(type(self)()), asdict(self)
        changed = {name: value for name, value in mine.items() if value != usual[name]}
        return {name: _write(name, changed[name], self) for name in changed}

    def but(self, **changes: Any) -> Self:
        """The same with some of them changed."""
        return replace(self, **changes)


_WORDS: dict[str, type[StrEnum]] = {
    "over_length": Strictness,
    "quota_period": QuotaPeriod,
    "quota_per": QuotaPer,
    "quota": Strictness,
    "exclusivity": Strictness,
    "group_letters": Strictness,
    "ai_policy": AiPolicy,
    "queue_order": QueueOrder,
}
_LISTS = frozenset({"states", "election_words", "slurs", "threats", "disposable_hosts"})


_READ: dict[str, Callable[[Any], Any]] = {
    "answers": lambda value: {str(key): str(text) for key, text in value.items()},
    "deadline": lambda value: Deadline.of(value) if value else None,
    "desks": lambda value: {str(key): str(address) for key, address in value.items()},
    "election_on": lambda value: date.fromisoformat(value) if value else None,
    "topics": lambda value: {str(key): tuple(words) for key, words in value.items()},
}


def _read(name: str, value: Any) -> Any:
    if name in _WORDS:
        return _WORDS[name](value)
    if name in _LISTS:
        return tuple(str(one) for one in value)
    if name in _READ:
        return _READ[name](value)
    if name == "blackouts":
        return tuple(Blackout.of(one) for one in value)
    return value


def _write(name: str, value: Any, rules: HouseRules) -> Any:
    if name == "blackouts":
        return [one.kept() for one in rules.blackouts]
    if name == "deadline":
        return rules.deadline.kept() if rules.deadline else None
    if name == "election_on":
        return rules.election_on.isoformat() if rules.election_on else None
    if name == "topics":
        return {key: list(words) for key, words in rules.topics.items()}
    return list(value) if isinstance(value, tuple) else value
