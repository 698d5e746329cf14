"""The rules that are data, as a chief types them: read, written back, changed with a record."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from feedback.desk.decide import DECLINE_REASONS
from feedback.desk.rules import BadRule, Reader, box, email, one_of, whole
from feedback.domain.actor import Actor
from feedback.domain.column import Column
from feedback.domain.deadline import WEEKDAYS, Deadline
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Stale, WrongField, refuse_fields
from feedback.domain.house_event import HouseEventKind
from feedback.domain.house_rules import (
    AiPolicy,
    Blackout,
    HouseRules,
    QueueOrder,
    QuotaPer,
    QuotaPeriod,
    Strictness,
)
from feedback.domain.other_desk import OtherDesk
from feedback.domain.place import state_code
from feedback.domain.rules_change import RulesChange
from feedback.reading.ap_dates import ap_time
from feedback.reading.cleaning import clean_line
from feedback.store import house_events, rules_changes
from feedback.store.work import Work

MOST_LINES, MOST_LINE, MOST_ANSWER, MOST_ADDRESS = 500, 200, 600, 254
TIME = re.compile(r"([01]?[0-9]|2[0-3])(?::([0-5][0-9]))? ?(?:([ap])\.?m\.?)?", re.IGNORECASE)
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def _lines(text: str, longest: int = MOST_LINE) -> list[str]:
    found = [clean_line(line) for line in text.replace("\r\n", "\n").split("\n")]
    found = [line for line in found if line]
    if len(found) > MOST_LINES:
        raise BadRule(f"Give {MOST_LINES} lines at most.")
    if any(len(line) > longest for line in found):
        raise BadRule(f"Shorten each line to {longest} characters.")
    return list(dict.fromkeys(found))


def words(text: str) -> tuple[str, ...]:
    """Words or phrases, one a line."""
    return tuple(_lines(text))


def hosts(text: str) -> tuple[str, ...]:
    """What stands behind the @ of addresses, one a line."""
    found = [line.lower().rpartition("@")[2] for line in _lines(text)]
    if any(not HOST.fullmatch(one) for one in found):
        raise BadRule("Give one a line, like mail.example.com.")
    return tuple(found)


def states(text: str) -> tuple[str, ...]:
    """States, by commas or one a line."""
    found = []
    for part in re.split(r"[,\n]", text):
        name = clean_line(part)
        if not name:
            continue
        code = state_code(name)
        if code is None:
            raise BadRule(f"“{name}” is no state: write WA, Wash. or Washington.")
        found.append(code)
    return tuple(dict.fromkeys(found))


def day(text: str) -> date | None:
    """A day, or none."""
    value = clean_line(text)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadRule("Give the day like 2026-11-03.") from error


def blackouts(text: str) -> tuple[Blackout, ...]:
    """One a line: name | first day | last day | words (or none: about anything)."""
    return tuple(_blackout(line) for line in _lines(text))


def _blackout(line: str) -> Blackout:
    name, *rest = (part.strip() for part in line.split("|"))
    if not name or len(rest) not in (2, 3):
        raise BadRule("Write each like: Bond vote | 2026-11-01 | 2026-11-03 | bond, levy")
    begins, ends = day(rest[0]), day(rest[1])
    if begins is None or ends is None or ends < begins:
        raise BadRule(f"“{name}”: give its first and its last day, like 2026-11-01.")
    listed = rest[2].split(",") if len(rest) == 3 else []
    return Blackout(name, begins, ends, tuple(word.strip() for word in listed if word.strip()))


def topics(text: str) -> dict[str, tuple[str, ...]]:
    """One a line: name: words of headlines."""
    found = {}
    for line in _lines(text):
        name, colon, listed = line.partition(":")
        some = tuple(word.strip() for word in listed.split(",") if word.strip())
        if not colon or not name.strip() or not some:
            raise BadRule("Write each like: Water: levee, river")
        found[name.strip()] = some
    return found


def answers(text: str) -> dict[str, str]:
    """One a line: a reason's code: what the mail to the writer says."""
    found = {}
    for line in _lines(text, MOST_ANSWER):
        code, _colon, says = (part.strip() for part in line.partition(":"))
        if code not in DECLINE_REASONS or not says:
            known = ", ".join(DECLINE_REASONS)
            raise BadRule(f"Write each like: too_long: Please send … The reasons are {known}.")
        found[code] = says
    return found


def desks(text: str) -> dict[str, str]:
    """One a line: a desk's name: its address."""
    found = {}
    for line in _lines(text, MOST_ADDRESS + 20):
        name, _colon, address = (part.strip() for part in line.partition(":"))
        if name not in tuple(OtherDesk) or not address:
            known = ", ".join(OtherDesk)
            raise BadRule(f"Write each like: news_tip: desk@example.com. The desks are {known}.")
        found[name] = email(address)
    return found


def deadline(text: str) -> Deadline | None:
    """A weekday and a time, or none: “Wednesday, 5 p.m.”, “Wed 17:00”."""
    value = clean_line(text).replace("noon", "12:00").replace("midnight", "0:00")
    if not value:
        return None
    name, _space, at = value.replace(",", " ").partition(" ")
    days = [n for n, day in enumerate(WEEKDAYS) if day.lower().startswith(name.lower())]
    match = TIME.fullmatch(at.strip())
    if len(name) < 3 or not days or match is None:
        raise BadRule("Write it like: Wednesday, 5 p.m.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise BadRule("Write it like: Wednesday, 5 p.m.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Deadline(days[0], time(hour, minute))


def deadline_in_words(rule: Deadline) -> str:
    """“Wednesday, 5 p.m.”"""
    return f"{WEEKDAYS[rule.weekday]}, {ap_time(datetime.combine(date(2026, 1, 1), rule.at))}"


READERS: dict[str, Reader] = {
    "words_hard": whole(0, 20_000),
    "over_length": one_of(Strictness),
    "article_days": whole(0, 3650),
    "quota": one_of(Strictness),
    "quota_letters": whole(0, 100),
    "quota_days": whole(1, 366),
    "quota_period": one_of(QuotaPeriod),
    "quota_per": one_of(QuotaPer),
    "needs_phone": box,
    "deadline": deadline,
    "group_letters": one_of(Strictness),
    "exclusivity": one_of(Strictness),
    "states": states,
    "ai_policy": one_of(AiPolicy),
    "election_on": day,
    "election_quiet_days": whole(0, 60),
    "election_words": words,
    "letters_per_candidate": whole(0, 1000),
    "blackouts": blackouts,
    "slurs": words,
    "threats": words,
    "disposable_hosts": hosts,
    "not_chosen_days": whole(0, 366),
    "not_chosen_editions": whole(0, 52),
    "answers": answers,
    "mails_a_minute": whole(0, 6000),
    "desks": desks,
    "remind_days": whole(0, 60),
    "reply_addresses": box,
    "queue_order": one_of(QueueOrder),
    "topics": topics,
}


def read_house_rules(given: Mapping[str, str]) -> HouseRules:
    """The rules from a form; a field that was not sent counts as empty.

    Raises Refused (kind `fields`) that says of every field what is wrong with it.
    """
    values: dict[str, Any] = {}
    wrong: list[WrongField] = []
    for name, read in READERS.items():
        try:
            values[name] = read(given.get(name, ""))
        except BadRule as error:
            wrong.append(WrongField(name, str(error)))
    if wrong:
        raise refuse_fields("The rules are not saved yet.", wrong)
    return HouseRules(**values)


def as_typed(rules: HouseRules) -> dict[str, str]:
    """The rules as the form shows them: what `read_house_rules` reads back."""
    return {name: _WRITERS.get(name, _plain)(getattr(rules, name)) for name in READERS}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None else str(value)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "answers": lambda value: "\n".join(f"{code}: {says}" for code, says in value.items()),
    "desks": lambda value: "\n".join(f"{name}: {address}" for name, address in value.items()),
    "deadline": lambda value: deadline_in_words(value) if value else "",
    "states": ", ".join,
    "blackouts": lambda value: "\n".join(
        f"{one.name} | {one.begins_on} | {one.ends_on}"
        + (f" | {', '.join(one.words)}" if one.words else "")
        for one in value
    ),
    "topics": lambda value: "\n".join(f"{name}: {', '.join(some)}" for name, some in value.items()),
}


def differing(before: HouseRules, after: HouseRules) -> dict[str, tuple[str, str]]:
    """What a change changes, as typed: before and after, by name of the rule."""
    old, new = as_typed(before), as_typed(after)
    return {name: (old[name], new[name]) for name in READERS if old[name] != new[name]}


def change_rules(
    work: Work, column: Column, rules: HouseRules, by: Editor, version: int | None, touched: int = 0
) -> RulesChange | None:
    """Give the column these rules and keep what changed; None where nothing does.

    Letters that wait are checked again by them in the background. Raises NotAllowed, Stale.
    """
    by.require(Deed.SETTINGS)
    if version is not None and version != column.version:
        raise Stale("Somebody else has changed the rules meanwhile.", column.version)
    changes = differing(column.rules, rules)
    if not changes:
        return None
    column.rules = rules
    column.rules_number += 1
    actor = Actor.of(by)
    says = f"change {column.rules_number}"
    house_events.note(work, HouseEventKind.RULES_CHANGED, by, about=column.name, says=says)
    return rules_changes.keep(
        work,
        RulesChange(
            column_id=column.id,
            number=column.rules_number,
            before={name: pair[0] for name, pair in changes.items()},
            after={name: pair[1] for name, pair in changes.items()},
            touched=touched,
            by_id=actor.id,
            by_name=actor.name,
            at=work.now,
        ),
    )
