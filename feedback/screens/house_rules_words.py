"""What the page of the house's rules calls them and their choices."""

from typing import NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from feedback.domain.house_rules import AiPolicy, QueueOrder, QuotaPer, QuotaPeriod, Strictness

NAMES: dict[str, str] = {
    "words_hard": _("Words of a letter, at most"),
    "over_length": _("A longer letter is"),
    "article_days": _("Days after which an article is old"),
    "quota": _("A writer with more in print than that is"),
    "quota_letters": _("Letters in print"),
    "quota_days": _("Within days"),
    "quota_period": _("Counted"),
    "quota_per": _("Counted for"),
    "deadline": _("Deadline for the next column"),
    "mails_a_minute": _("Mails a minute, at most"),
    "answers": _("What a mail says that declines"),
    "desks": _("Other desks"),
    "needs_phone": _("The form asks for a telephone number"),
    "group_letters": _("A letter with several signers is"),
    "exclusivity": _("A letter that was sent to others as well is"),
    "states": _("Letters come from these states"),
    "ai_policy": _("Help by machines"),
    "election_on": _("Day of the election"),
    "election_quiet_days": _("Quiet days before it"),
    "election_words": _("Candidates and measures"),
    "letters_per_candidate": _("Letters for each of them, at most"),
    "blackouts": _("Days without letters about a topic"),
    "slurs": _("Slurs"),
    "threats": _("Threats"),
    "disposable_hosts": _("Hosts of throw-away addresses"),
    "not_chosen_days": _("Days until a letter is not chosen"),
    "not_chosen_editions": _("Editions that have appeared since"),
    "remind_days": _("Days until a writer is reminded of what is missing"),
    "reply_addresses": _("Answers go to an address of their own for each letter"),
    "queue_order": _("The queue stands"),
    "topics": _("Topics"),
}
_STRICT = [
    (Strictness.OFF, _("not looked at")),
    (Strictness.NOTE, _("noted")),
    (Strictness.HOLD, _("kept out of print until an editor has looked")),
]
OPTIONS: dict[str, list[tuple[str, str]]] = {
    "over_length": [*_STRICT, (Strictness.REFUSE, _("not taken by the form"))],
    "quota": [*_STRICT],
    "group_letters": [*_STRICT],
    "exclusivity": [*_STRICT],
    "quota_period": [
        (QuotaPeriod.DAYS, _("in the last days")),
        (QuotaPeriod.MONTH, _("in the calendar month")),
        (QuotaPeriod.EDITION, _("in one edition")),
    ],
    "quota_per": [
        (QuotaPer.PERSON, _("a person")),
        (QuotaPer.HOUSEHOLD, _("a household (surname and place)")),
        (QuotaPer.SIGNER, _("everybody who signed")),
    ],
    "ai_policy": [
        (AiPolicy.SILENT, _("is not asked about")),
        (AiPolicy.DECLARE, _("is noted where it is told")),
        (AiPolicy.REFUSE, _("keeps a letter out of print")),
    ],
    "queue_order": [
        (QueueOrder.READING, _("by article, as one reads")),
        (QueueOrder.RECEIVED, _("newest first")),
    ],
}
PRESET_WORDS: list[tuple[str, str]] = [
    ("one_editor", _("One editor")),
    ("national_daily", _("A national daily")),
    ("metro_daily", _("A metropolitan daily")),
    ("small_weekly", _("A small-town weekly")),
]


class InWords(NamedTuple):
    """One rule that changes: its name, before, after."""

    name: str
    before: str
    after: str


def in_words(name: str, before: str, after: str) -> InWords:
    """A change as a person reads it; `before` and `after` are as typed."""
    return InWords(str(NAMES.get(name, name)), _said(name, before), _said(name, after))


def _said(name: str, typed: str) -> str:
    words = {str(value): str(said) for value, said in OPTIONS.get(name, ())}
    if name in ("needs_phone", "reply_addresses"):
        return str(gettext("yes") if typed else gettext("no"))
    return words.get(typed, typed.replace("\n", "; ")) or str(gettext("none"))
