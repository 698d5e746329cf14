"""The column: a regular feature, the house rules it follows."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.domain.house_rules import HouseRules
from feedback.domain.mapped import Entity, Id, Json, UtcTime, words_of


class VerificationPolicy(StrEnum):
    """What makes a letter verified."""

    EDITOR = "editor"  # an editor's recorded verification
    LINK = "link"  # the writer's yes by link; an editor's verification counts as well
    LINK_AND_CALL = "link_and_call"  # both the yes and a telephone call
    NONE = "none"  # nothing; for trials and old archives


class PlaceRule(StrEnum):
    """What the column does about a missing town or state."""

    REQUIRED = "required"  # no print without a place
    ASKED = "asked"  # asked for once, then the name alone prints
    OPTIONAL = "optional"  # never asked


class SalutationRule(StrEnum):
    """Which letters of an edition begin with the salutation."""

    FIRST = "first"  # the first of each group
    EVERY = "every"  # every letter
    NONE = "none"  # none


class Divider(StrEnum):
    """What stands between letters of a group."""

    STARS = "***"  # three asterisks on a line
    RULE = "rule"  # a thin line
    NONE = "none"  # only space


class Column(Entity):
    """One regular feature with its name, house rules and reading of the newsroom's site."""

    __tablename__ = "column"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="We Hear You")
    prefix: Mapped[str] = mapped_column(String(5), default="WHY")
    publication: Mapped[str] = mapped_column(String(120), default="")
    site_url: Mapped[str] = mapped_column(String(2000), default="")
    address: Mapped[str] = mapped_column(String(254), default="letters@example.com")
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    sender: Mapped[str] = mapped_column(String(254), default="")  # From: of its mails; else address
    time_zone: Mapped[str] = mapped_column(String(64), default="America/New_York")
    salutation: Mapped[str] = mapped_column(String(120), default="Dear {publication}: ")
    salutation_rule: Mapped[SalutationRule] = mapped_column(
        words_of(SalutationRule), default=SalutationRule.FIRST
    )
    divider: Mapped[Divider] = mapped_column(words_of(Divider), default=Divider.STARS)
    first_subhead_printed: Mapped[bool] = mapped_column(default=False)
    invitation: Mapped[str] = mapped_column(Text, default="")
    verification_policy: Mapped[VerificationPolicy] = mapped_column(
        words_of(VerificationPolicy), default=VerificationPolicy.LINK
    )
    place_rule: Mapped[PlaceRule] = mapped_column(words_of(PlaceRule), default=PlaceRule.ASKED)
    proof_threshold: Mapped[int] = mapped_column(default=30)  # per cent of the words cut
    words_limit: Mapped[int] = mapped_column(default=200)  # a letter's length, as asked for
    words_budget: Mapped[int] = mapped_column(default=1400)  # an edition's length
    grace_minutes: Mapped[int] = mapped_column(default=10)  # before a decision's mail leaves
    hold_days: Mapped[int] = mapped_column(default=14)
    tells_declined: Mapped[bool] = mapped_column(default=False)  # mail without being asked to
    articles_url: Mapped[str] = mapped_column(String(2000), default="")  # feed, sitemap, wp-json
    articles_kind: Mapped[str] = mapped_column(String(20), default="")
    articles_read_at: Mapped[datetime | None] = mapped_column(UtcTime)
    articles_problem: Mapped[str] = mapped_column(String(300), default="")
    set_up_at: Mapped[datetime | None] = mapped_column(UtcTime)  # the first chief answered
    further_rules: Mapped[dict[str, Any] | None] = mapped_column(Json)  # see `rules`
    rules_number: Mapped[int] = mapped_column(default=0)  # how often the rules were changed
    # Which checks and rules its letters were checked by; letters below that number are still to
    # be checked again (None: none are). Kept by the worker, see `store/findings`.
    checks_mark: Mapped[str | None] = mapped_column(String(64))
    checks_below: Mapped[int | None] = mapped_column(Id)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def rules(self) -> HouseRules:
        """The rules that have no column of their own."""
        return HouseRules.of(self.further_rules)

    @rules.setter
    def rules(self, rules: HouseRules) -> None:
        self.further_rules = rules.kept() or None

    @property
    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return ZoneInfo(self.time_zone)

    def today(self, now: datetime) -> date:
        """Which day it is in the newsroom."""
        return now.astimezone(self.zone).date()

    @property
    def greeting(self) -> str:
        """The salutation with the publication's name in it; empty where there is none."""
        name = self.publication or self.name
        return self.salutation.replace("{publication}", name)
