"""Whose post it is that came to the letters desk and is no letter for the column."""

from enum import StrEnum

ROUTED_ON = "routed_on"  # the reason with which such a letter is declined
DESK = "desk"  # key of that event's facts: which one has it


class OtherDesk(StrEnum):
    """Another desk of the house; the rules of the column have its address."""

    SUBSCRIPTION = "subscription"  # trouble with a subscription or a delivery
    NEWS_TIP = "news_tip"  # something to report about
    CORRECTION = "correction"  # an error in what was published
    ADVERTISING = "advertising"  # an advertisement, or trouble with one
    OTHER = "other"  # whoever answers for the rest
