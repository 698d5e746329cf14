"""What the settings page calls the choices of a column."""

from flask_babel import lazy_gettext as _

from feedback.domain.column import Divider, PlaceRule, SalutationRule, VerificationPolicy
from feedback.reading.article_list import ListKind

# By the name of the rule: value, words, a line of explanation where one is needed.
CHOICES: dict[str, list[tuple[str, str, str]]] = {
    "verification_policy": [
        (
            VerificationPolicy.LINK,
            _("The writer’s yes by link"),
            _("or what an editor has recorded. The link comes with the receipt and the question."),
        ),
        (VerificationPolicy.EDITOR, _("What an editor has recorded"), ""),
        (
            VerificationPolicy.LINK_AND_CALL,
            _("The writer’s yes by link and a telephone call"),
            "",
        ),
        (
            VerificationPolicy.NONE,
            _("Nothing"),
            _("For trials and old archives only: letters print unchecked."),
        ),
    ],
    "place_rule": [
        (PlaceRule.ASKED, _("Asked for once"), _("then the name alone prints")),
        (PlaceRule.REQUIRED, _("Required"), _("no letter prints without a town or state")),
        (PlaceRule.OPTIONAL, _("Optional"), _("never asked for")),
    ],
    "salutation_rule": [
        (SalutationRule.FIRST, _("On the first letter of each group"), ""),
        (SalutationRule.EVERY, _("On every letter"), ""),
        (SalutationRule.NONE, _("On none"), ""),
    ],
    "divider": [
        (Divider.STARS, _("Three asterisks"), ""),
        (Divider.RULE, _("A thin rule"), ""),
        (Divider.NONE, _("Space alone"), ""),
    ],
}

LIST_KINDS: dict[str, str] = {
    ListKind.FEED: _("feed"),
    ListKind.SITEMAP: _("sitemap"),
    ListKind.SITEMAP_INDEX: _("index of sitemaps"),
    ListKind.WORDPRESS: _("WordPress’s own list"),
    ListKind.CSV: _("table"),
    ListKind.JSONL: _("list in JSON"),
}
