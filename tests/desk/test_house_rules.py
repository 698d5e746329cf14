"""Rules as a chief types them: every one is read back as it was written, each mistake is told."""

from dataclasses import fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.desk.decide import DECLINE_REASONS
from feedback.desk.house_rules import READERS, as_typed, change_rules, read_house_rules
from feedback.desk.presets import PRESETS
from feedback.domain.deadline import Deadline
from feedback.domain.editor import Role
from feedback.domain.errors import NotAllowed, Refused, Stale
from feedback.domain.house_rules import Blackout, HouseRules, QuotaPer, Strictness
from feedback.store import columns, rules_changes
from tests.factories.account import an_editor

CHIEF = an_editor(Role.CHIEF)
WORD = st.from_regex(r"[a-z]{2,12}( [a-z]{2,12})?", fullmatch=True)
WORDS = st.lists(WORD, max_size=5, unique=True).map(tuple)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
BLACKOUTS = st.builds(
    lambda name, begins, length, words: Blackout(
        name, begins, begins + timedelta(days=length), words
    ),
    WORD, DAYS, st.integers(0, 30), WORDS,
)  # fmt: skip


def to_the_minute(at: time) -> time:
    return at.replace(second=0, microsecond=0, fold=0)


RULES = st.builds(
    HouseRules,
    words_hard=st.integers(0, 20_000),
    mails_a_minute=st.integers(0, 6000),
    over_length=st.sampled_from(Strictness),
    quota_per=st.sampled_from(QuotaPer),
    needs_phone=st.booleans(),
    states=st.lists(st.sampled_from(["WA", "ID", "DC"]), unique=True).map(tuple),
    election_on=st.none() | DAYS,
    election_words=WORDS,
    blackouts=st.lists(BLACKOUTS, max_size=3, unique_by=lambda one: one.name).map(tuple),
    slurs=WORDS,
    deadline=st.none() | st.builds(Deadline, st.integers(0, 6), st.times().map(to_the_minute)),
    answers=st.dictionaries(st.sampled_from(DECLINE_REASONS), WORD, max_size=3),
    topics=st.dictionaries(WORD, WORDS.filter(bool), max_size=3),
)


@given(RULES)
def test_what_is_typed_is_what_is_kept(rules):
    assert read_house_rules(as_typed(rules)) == rules
    assert HouseRules.of(rules.kept()) == rules


def test_every_rule_can_be_set():
    assert set(READERS) == {one.name for one in fields(HouseRules)}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_set_of_rules_that_can_be_saved(name):
    assert read_house_rules(as_typed(PRESETS[name])) == PRESETS[name]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("words_hard", "-1"),
        ("words_hard", "many"),
        ("quota", "sometimes"),
        ("states", "Ruritania"),
        ("election_on", "November"),
        ("blackouts", "Bond vote | 2026-11-03 | 2026-11-01"),
        ("blackouts", "Bond vote"),
        ("topics", "Water"),
        ("deadline", "Someday, 5 p.m."),
        ("deadline", "Wednesday, 13 p.m."),
        ("answers", "rude: No."),
        ("answers", "too_long:"),
        ("disposable_hosts", "not a host"),
        ("slurs", "\n".join(f"word {n}" for n in range(600))),
        ("threats", "x" * 300),
    ],
)
def test_what_cannot_be_is_told_at_its_field(name, typed):
    with pytest.raises(Refused) as refused:
        read_house_rules(as_typed(HouseRules()) | {name: typed})
    assert [one.field for one in refused.value.details["errors"]] == [name]


def test_a_change_is_kept_with_who_when_before_and_after(store):
    with store.work() as work:
        column = columns.first(work)
        version = column.version
        change_rules(work, column, HouseRules(words_hard=300), CHIEF, version, touched=4)
    with store.work() as work:
        column = columns.first(work)
        (change,) = rules_changes.newest(work, column.id)
        assert (change.before, change.after) == ({"words_hard": "0"}, {"words_hard": "300"})
        assert (change.by_name, change.touched, change.at) == (CHIEF.name, 4, work.now)
        assert column.rules.words_hard == 300
        assert change_rules(work, column, HouseRules(words_hard=300), CHIEF, None) is None
        with pytest.raises(Stale):
            change_rules(work, column, HouseRules(), CHIEF, version)
        with pytest.raises(NotAllowed):
            change_rules(work, column, HouseRules(), an_editor(Role.EDITOR), None)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Wednesday, 5 p.m.", "Wednesday, 5 p.m."),
        ("wed 17:00", "Wednesday, 5 p.m."),
        ("Fri, noon", "Friday, noon"),
        ("Sunday 12 am", "Sunday, midnight"),
        ("", ""),
    ],
)
def test_a_deadline_is_typed_in_many_ways(typed, shown):
    rules = read_house_rules({**as_typed(HouseRules()), "deadline": typed})
    assert as_typed(rules)["deadline"] == shown


def test_the_deadline_of_an_edition_is_the_last_such_day_before_it():
    rule = Deadline(2, time(17))
    zone = ZoneInfo("America/Chicago")
    assert rule.before(date(2026, 11, 29), zone) == datetime(2026, 11, 25, 17, tzinfo=zone)
    assert rule.before(date(2026, 11, 25), zone) == datetime(2026, 11, 25, 17, tzinfo=zone)
