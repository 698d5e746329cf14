"""The daily mail to those at the desk who want it: figures and links, no word of any letter."""

from collections.abc import Iterator

from sqlalchemy import or_, select, update

from feedback.accounts.models import Account
from feedback.domain.column import Column
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import Refused
from feedback.outbox import messages
from feedback.reading.ap_dates import ap_date
from feedback.store.desk_figures import Figures, figures
from feedback.store.work import Work

HOURS = range(24)


def choose_hour(work: Work, account_id: int, hour: int | None) -> None:
    """The hour of the newsroom's day from which the mail leaves; None: no mail. Raises Refused."""
    if hour is not None and hour not in HOURS:
        raise Refused("Choose an hour of the day.", "fields", {"field": "hour"})
    account = work.session.get_one(Account, account_id)
    account.digest_hour = hour


def send_due(work: Work, column: Column, base_url: str) -> int:
    """Owe the mails of this day whose hour has come, each once; gives how many were owed.

    On a day on which there is nothing to tell no mail leaves.
    """
    here = work.now.astimezone(column.zone)
    today = here.date()
    is_new = or_(Account.digest_on.is_(None), Account.digest_on < today)
    due = select(Account).where(Account.active, Account.digest_hour <= here.hour, is_new)
    owed = 0
    for account in list(work.session.scalars(due)):
        # Whoever of two workers is second finds that it is done.
        mark = update(Account).where(Account.id == account.id, is_new).values(digest_on=today)
        options = {"synchronize_session": False}
        marked = work.session.execute(mark.returning(Account.id), execution_options=options)
        if marked.first() is None:
            continue
        found = figures(work, account.id, today)
        if not found.is_empty:
            _owe(work, account, found, column, base_url)
            owed += 1
    return owed


def _owe(work: Work, account: Account, found: Figures, column: Column, base_url: str) -> None:
    from flask_babel import gettext as _  # the rest of the worker does without the web
    from markupsafe import escape

    today = ap_date(work.now.astimezone(column.zone).date())
    lines = list(_lines(account.editor, found, column, base_url))
    hello = _("Hello %(name)s,", name=account.name)
    head = _("this is what waits at the letters desk on %(day)s:", day=today)
    foot = _("You get this mail once a day. Turn it off under “Your account”:")
    own = f"{base_url}/desk/account"
    text = "\n\n".join(
        (hello, head, "\n".join(f"* {says}\n  {href}" for says, href in lines), f"{foot}\n{own}")
    )
    rows = "".join(f'<li><a href="{escape(href)}">{escape(says)}</a></li>' for says, href in lines)
    html = (
        f"<p>{escape(hello)}</p><p>{escape(head)}</p><ul>{rows}</ul>"
        f'<p>{escape(foot)} <a href="{escape(own)}">{escape(own)}</a></p>'
    )
    subject = _("Letters desk, %(day)s: %(waiting)s waiting", day=today, waiting=found.waiting)
    messages.owe_editor(work, account.email, subject, text + "\n", html)


def _lines(
    editor: Editor, found: Figures, column: Column, base_url: str
) -> Iterator[tuple[str, str]]:
    """What there is to tell, each with where it stands."""
    from flask_babel import gettext as _

    desk, you = f"{base_url}/desk/", f"{base_url}/desk/you"
    if found.waiting.number:
        since = ""
        if found.oldest is not None:
            day = ap_date(found.oldest.astimezone(column.zone).date())
            since = " " + _("(the oldest since %(day)s)", day=day)
        yield _("Letters waiting: %(n)s", n=found.waiting) + since, desk
    if found.answered.number:
        yield _("Writers who have answered: %(n)s", n=found.answered), you
    if found.back_today.number:
        yield _("Held letters that come back today: %(n)s", n=found.back_today), desk
    if found.mine.number:
        late = ""
        if found.overdue.number:
            late = " " + _("(%(n)s for more than three days)", n=found.overdue)
        yield _("Letters that are yours: %(n)s", n=found.mine) + late, you
    if found.named.number:
        yield _("Notes that name you: %(n)s", n=found.named), you
    if found.proposed.number and editor.may(Deed.EDIT):
        yield _("Proposed edits: %(n)s", n=found.proposed), you
