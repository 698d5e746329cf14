"""A word by mail to the chiefs about what only they can mend."""

from sqlalchemy import select

from feedback.accounts.models import Account
from feedback.domain.editor import Role
from feedback.outbox import messages
from feedback.store.mailboxes import Switched
from feedback.store.work import Work


def tell_chiefs(work: Work, switched: Switched, says: str, base_url: str) -> int:
    """Owe each chief a mail about the mailbox for letters; returns how many."""
    from flask_babel import gettext as _  # the rest of the worker does without the web

    if switched is Switched.FAILS:
        subject = _("Letters desk: the mailbox for letters cannot be read")
        text = _(
            "For a quarter of an hour no letters have come in by mail. The reason:\n\n%(why)s\n\n"
            "Nothing is lost: what lies in the mailbox is taken as soon as it can be read, and "
            "you get a mail then.",
            why=says,
        )
    else:
        subject = _("Letters desk: the mailbox for letters can be read again")
        text = _("Letters come in by mail again, from %(mailbox)s.", mailbox=says)
    chiefs = select(Account.email).where(Account.active, Account.role == Role.CHIEF)
    addresses = list(work.session.scalars(chiefs))
    for address in addresses:
        text_ = f"{text}\n\n{base_url}/desk/settings/mail\n"
        messages.owe_editor(work, address, subject, text_, None)
    return len(addresses)
