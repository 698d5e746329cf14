"""The invitation for the foot of an article, as HTML that a site puts under each."""

from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext as _
from markupsafe import Markup, escape

from feedback.domain.column import Column

HEADLINE, ADDRESS = "HEADLINE", "ARTICLE-ADDRESS"  # the site fills these in


@dataclass(frozen=True)
class Invitation:
    """One copy: its key, name, hint and the HTML to put on the site."""

    key: str
    name: str
    hint: str
    html: str


def invitations(column: Column, base_url: str) -> list[Invitation]:
    """The copies that this house can use: by mail, by the form."""
    body = _("\n\n\nName: \nTown, State: \n")
    mailto = f"mailto:{quote(column.address, safe='@')}?subject={HEADLINE}&body={quote(body)}"
    form = f"{base_url}/letters/new?article={ADDRESS}"
    return [
        Invitation(
            "mail",
            _("By email"),
            _("Opens a mail with the headline in the subject. %(what)s stands for the headline, "
              "percent-encoded.", what=HEADLINE),
            _paragraph(column, mailto, _("Email us")),
        ),
        Invitation(
            "form",
            _("By the form"),
            _("Opens the form with the article filled in. %(what)s stands for the article’s "
              "address, percent-encoded.", what=ADDRESS),
            _paragraph(column, form, _("Write to us")),
        ),
        Invitation(
            "embed",
            _("The form itself"),
            _("Shows the form where this stands, about the page it stands on. Allowed on your "
              "site and on the sites of FEEDBACK_ARTICLE_HOSTS."),
            f'<script src="{base_url}/embed.js" defer></script>',
        ),
    ]  # fmt: skip


def _paragraph(column: Column, href: str, words: str) -> str:
    says = _(
        "Have an opinion about this article? %(link)s, and we’ll consider publishing your edited "
        "remarks in our regular “%(column)s” feature. Remember to include the URL or headline of "
        "the article plus your name and town and/or state.",
        link=Markup('<a href="{}">{}</a>').format(href, words),
        column=escape(column.name),
    )
    return f"<p>{says}</p>"
