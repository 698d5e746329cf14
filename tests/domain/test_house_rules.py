"""Rules as data: what is kept comes back, what is not kept has the usual value."""

from datetime import date

from feedback.domain.house_rules import Blackout, HouseRules, QuotaPeriod, Strictness
from feedback.store.columns import first

CHANGED = HouseRules(
    words_hard=300,
    over_length=Strictness.REFUSE,
    quota_period=QuotaPeriod.MONTH,
    states=("WA", "ID"),
    election_on=date(2026, 11, 3),
    blackouts=(Blackout("Bond vote", date(2026, 3, 1), date(2026, 3, 9), ("bond",)),),
    threats=(),
    topics={"Water": ("levee", "river")},
)


def test_what_is_kept_comes_back():
    assert HouseRules.of(CHANGED.kept()) == CHANGED
    assert HouseRules().kept() == {}
    assert HouseRules.of(None) == HouseRules()


def test_a_rule_of_another_version_is_passed_over():
    assert HouseRules.of({"sun_signs": "leo", "words_hard": 90}) == HouseRules(words_hard=90)


def test_a_column_keeps_its_rules(store):
    with store.work() as work:
        first(work).rules = CHANGED
    with store.read() as work:
        assert first(work).rules == CHANGED
