"""Rules to begin with, as papers of different kinds publish them."""

from feedback.domain.house_rules import (
    AiPolicy,
    HouseRules,
    QuotaPer,
    Strictness,
)

PRESETS: dict[str, HouseRules] = {
    # One editor, nothing in the way: what every new newsroom has.
    "one_editor": HouseRules(),
    # A national daily: short, to this paper alone, about what was printed this week.
    "national_daily": HouseRules(
        words_hard=175,
        over_length=Strictness.REFUSE,
        article_days=7,
        exclusivity=Strictness.HOLD,
        needs_phone=True,
        quota=Strictness.HOLD,
        quota_days=60,
        group_letters=Strictness.NOTE,
        ai_policy=AiPolicy.REFUSE,
    ),
    # A metropolitan daily: a letter a month for each writer.
    "metro_daily": HouseRules(
        words_hard=250,
        over_length=Strictness.HOLD,
        article_days=30,
        quota=Strictness.HOLD,
        quota_days=30,
        needs_phone=True,
        exclusivity=Strictness.NOTE,
    ),
    # A small-town weekly: longer letters, a household at a time, quiet before an election.
    "small_weekly": HouseRules(
        words_hard=400,
        over_length=Strictness.NOTE,
        article_days=60,
        quota=Strictness.HOLD,
        quota_days=60,
        quota_per=QuotaPer.HOUSEHOLD,
        election_quiet_days=7,
        group_letters=Strictness.NOTE,
    ),
}
