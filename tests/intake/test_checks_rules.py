"""Checks of the column's rules: length, quota, blackout, election, region, signers."""

from dataclasses import replace
from datetime import date

import pytest

from feedback.domain.finding import Result
from feedback.domain.house_rules import (
    AiPolicy,
    Blackout,
    HouseRules,
    QuotaPeriod,
    Strictness,
)
from feedback.intake.checks.context import Printed
from tests.intake.test_checks import HOLD, NOTE, PASS, found

REFUSE = Result.REFUSE
DAY = date(2026, 11, 9)


def under(check: str, /, rules: HouseRules, **facts: object):
    days = {"today": DAY, "prints_on": DAY, **facts}
    return found(check, rules=rules, **days)


def test_length_is_noted_first_and_then_what_the_rule_says() -> None:
    rules = HouseRules(words_hard=400, over_length=Strictness.REFUSE)
    assert under("length", rules, word_count=200).outcome is PASS
    assert under("length", rules, word_count=201).outcome is NOTE
    over = under("length", rules, word_count=450)
    assert (over.outcome, over.says) == (REFUSE, "450 words, 50 over the most of 400.")
    off = HouseRules(over_length=Strictness.OFF)
    assert under("length", off, word_count=900).outcome is PASS


def test_an_article_is_old_when_the_rule_says_so() -> None:
    old = {"article_published_on": date(2026, 10, 20)}
    assert under("article", HouseRules(article_days=30), **old).outcome is PASS
    assert under("article", HouseRules(article_days=14), **old).outcome is NOTE
    assert under("article", HouseRules(article_days=0), **old).outcome is PASS


def quota(printed: list[date], rules: HouseRules | None = None, **facts: object):
    rules = rules or HouseRules(quota=Strictness.HOLD)
    some = tuple(Printed(f"WHY-{n}", on) for n, on in enumerate(printed))
    return under("quota", rules, printed=some, **facts)


def test_the_quota_opens_on_the_day_on_which_the_print_is_old_enough() -> None:
    finding = quota([date(2026, 10, 20)])
    assert (finding.outcome, finding.until) == (HOLD, date(2026, 11, 19))
    assert finding.evidence == ("WHY-0",)
    assert "It may print from Nov. 19, 2026." in finding.says
    opened = quota([date(2026, 10, 20)], today=date(2026, 11, 19), prints_on=date(2026, 11, 19))
    assert opened.outcome is PASS
    assert quota([date(2026, 10, 20)], prints_on=date(2026, 11, 18)).outcome is HOLD
    assert quota([]).outcome is PASS


def test_a_quota_of_several_opens_when_enough_have_passed() -> None:
    rules = HouseRules(quota=Strictness.NOTE, quota_letters=2, quota_days=60)
    days = [date(2026, 10, 1), date(2026, 10, 20), date(2026, 11, 1)]
    finding = quota(days, rules)
    # On the day on which the second newest is 60 days old, one alone still counts.
    assert (finding.outcome, finding.until) == (NOTE, date(2026, 12, 19))
    assert quota(days[:1], rules).outcome is PASS


def test_a_quota_by_month_and_by_edition() -> None:
    month = HouseRules(quota=Strictness.HOLD, quota_period=QuotaPeriod.MONTH)
    assert quota([date(2026, 10, 31)], month).outcome is PASS
    assert quota([date(2026, 11, 1)], month).until == date(2026, 12, 1)
    edition = HouseRules(quota=Strictness.HOLD, quota_period=QuotaPeriod.EDITION)
    assert quota([date(2026, 11, 1)], edition).outcome is PASS
    beside = quota([DAY], edition)
    assert (beside.outcome, beside.until) == (HOLD, None)


def test_an_answer_to_criticism_and_what_is_in_print_are_spared() -> None:
    assert quota([DAY], is_answer=True).outcome is PASS
    assert quota([DAY], is_printed=True).outcome is PASS


TARIFFS = Blackout("Trial week", date(2026, 11, 8), date(2026, 11, 14), ("the Malloy trial",))


def test_a_blackout_holds_its_topic_until_it_is_over() -> None:
    rules = HouseRules(blackouts=(TARIFFS,))
    about = {"text": "What the Malloy Trial shows is plain."}
    finding = under("blackout", rules, **about)
    assert (finding.outcome, finding.until) == (HOLD, date(2026, 11, 15))
    assert finding.evidence == ("the Malloy Trial",)
    assert under("blackout", rules).outcome is PASS
    before = under("blackout", rules, today=date(2026, 11, 7), prints_on=date(2026, 11, 7), **about)
    assert (before.outcome, before.until) == (PASS, date(2026, 11, 8))
    assert under("blackout", rules, prints_on=date(2026, 11, 15), **about).outcome is PASS


def test_a_blackout_without_words_holds_every_letter() -> None:
    rules = HouseRules(blackouts=(replace(TARIFFS, words=()),))
    assert under("blackout", rules).outcome is HOLD


def test_quiet_days_hold_letters_about_the_election_and_let_answers_pass() -> None:
    rules = HouseRules(
        election_on=date(2026, 11, 12), election_quiet_days=4, election_words=("Jane Roe",)
    )
    about = {"text": "Jane Roe has my vote."}
    finding = under("election", rules, **about)
    assert (finding.outcome, finding.until) == (HOLD, date(2026, 11, 13))
    assert under("election", rules, is_answer=True, **about).outcome is NOTE
    assert under("election", rules).outcome is PASS
    early = under("election", rules, today=date(2026, 11, 1), prints_on=date(2026, 11, 1), **about)
    assert (early.outcome, early.until) == (NOTE, date(2026, 11, 8))
    assert under("election", rules, prints_on=date(2026, 11, 13), **about).outcome is PASS


def test_a_candidate_has_had_enough_letters() -> None:
    rules = HouseRules(
        election_on=date(2026, 12, 12), election_words=("Jane Roe",), letters_per_candidate=3
    )
    about = {"text": "Jane Roe has my vote."}
    assert under("election", rules, printed_about={"Jane Roe": 2}, **about).outcome is NOTE
    full = under("election", rules, printed_about={"Jane Roe": 3}, **about)
    assert (full.outcome, full.says) == (HOLD, "3 about Jane Roe in print; the rule is 3.")


def test_region_and_signers() -> None:
    here = HouseRules(states=("WA", "ID"))
    assert under("region", here).outcome is PASS
    assert under("region", here, state="OR").evidence == ("OR",)
    assert under("region", here, country="Ukraine", state=None).outcome is NOTE
    assert under("group", HouseRules(), name="Jane Roe, Jr.").outcome is PASS
    several = HouseRules(group_letters=Strictness.REFUSE)
    assert under("group", several, name="Randy and Peg Malloy").outcome is REFUSE
    assert (
        under("group", HouseRules(), text="Signed by 25 residents of Elm Street.").outcome is NOTE
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Harriet", "not whole"),
        ("H. V.", "not whole"),
        ("A concerned citizen", "not a person"),
        (None, "no name"),
    ],
)
def test_a_signature_that_is_no_whole_name(name: str | None, says: str) -> None:
    finding = found("signature", name=name)
    assert finding.outcome is NOTE
    assert says in finding.says


def test_a_telephone_number_is_missed_where_the_column_wants_one() -> None:
    rules = HouseRules(needs_phone=True)
    assert "telephone" in under("signature", rules).says
    assert under("signature", rules, has_phone=True).outcome is PASS


def test_help_by_a_machine_is_noted_or_held_and_style_is_not_guessed_at() -> None:
    said = {"text": "This letter was written with the help of ChatGPT."}
    assert under("machine", HouseRules(), **said).outcome is NOTE
    assert under("machine", HouseRules(ai_policy=AiPolicy.REFUSE), **said).outcome is HOLD
    assert found("machine", text="As an AI language model, I cannot vote.").outcome is NOTE
    assert (
        found("machine", text="Artificial intelligence delves into our tapestry.").outcome is PASS
    )


def test_other_papers() -> None:
    rules = HouseRules(exclusivity=Strictness.HOLD)
    for text in (
        "I have also sent this to the Tribune.",
        "To the Editor of the Spokane Chronicle: we have had enough.",
        "cc: letters@tribune.example, opinion@post.example",
    ):
        assert under("exclusive", rules, text=text, publication="The Daily Example").outcome is HOLD
    own = under(
        "exclusive",
        rules,
        text="To the Editor of the Daily Example: enough.",
        publication="The Daily Example",
    )
    assert own.outcome is PASS
