"""Every page there is, by who opens it: for what must hold on all of them."""

import json
from collections.abc import Callable

from tests.served import Served

Address = Callable[[Served], str]


def letter_of(served: Served, state: str) -> str:
    """The reference of the newest letter of a state."""
    rows = json.loads(served.run("letters", "list", "--state", state, "--json"))
    return str(rows[0]["ref"])


def _letter(state: str, more: str = "") -> Address:
    return lambda served: f"/desk/letters/{letter_of(served, state)}{more}"


def _at(path: str) -> Address:
    return lambda _served: path


OPEN: dict[str, Address] = {
    "home": _at("/"),
    "form": _at("/letters/new"),
    "form for an article": _at("/letters/new?article=the%20levee"),
    "editions": _at("/editions/"),
    "edition": _at("/editions/library-sundays-and-the-levee"),
    "edition with a letter taken down": _at("/editions/phones-in-class-and-the-price-of-eggs"),
    "nothing there": _at("/editions/no-such-edition"),
    "log in": _at("/desk/login"),
    "forgotten password": _at("/desk/reset"),
}
DESK: dict[str, Address] = {
    "queue": _at("/desk/"),
    "queue, shortlisted": _at("/desk/?state=shortlisted"),
    "queue, search": _at("/desk/?q=levee"),
    "queue, narrowed": _at("/desk/?fits=60&check=links:note&first=yes"),
    "many at once": _at("/desk/batches/"),
    "campaigns": _at("/desk/campaigns/"),
    "campaign": _at("/desk/campaigns/1"),
    "for you": _at("/desk/you"),
    "refused mails": _at("/desk/refused"),
    "blocked senders": _at("/desk/settings/blocked"),
    "letter for another desk": _letter("received", "?do=route"),
    "house rules": _at("/desk/settings/rules"),
    "changes of the rules": _at("/desk/settings/rules/history"),
    "queue, nothing found": _at("/desk/?q=zzzzzz"),
    "letter received": _letter("received"),
    "letter approved": _letter("approved"),
    "letter placed": _letter("placed"),
    "letter published": _letter("published"),
    "letter held": _letter("held"),
    "letter killed": _letter("killed"),
    "letter edited": _letter("received", "?do=edit"),
    "new letter": _at("/desk/letters/new"),
    "editions": _at("/desk/editions/"),
    "edition in the making": _at("/desk/editions/fentanyl-snow-days-and-the-new-bridge"),
    "edition published": _at("/desk/editions/library-sundays-and-the-levee"),
    "copies of an edition": _at("/desk/editions/library-sundays-and-the-levee?copies=1"),
    "articles": _at("/desk/articles/"),
    "article": _at("/desk/articles/1"),
    "writer": _at("/desk/writers/1"),
    "insights": _at("/desk/insights"),
    "outbox": _at("/desk/outbox"),
    "mail": _at("/desk/outbox/1"),
    "settings": _at("/desk/settings"),
    "words of the mails": _at("/desk/settings/mails"),
    "words of a mail": _at("/desk/settings/mails/receipt"),
    "first start": _at("/desk/setup"),
    "audit": _at("/desk/audit?check=newest"),
    "audit of the house": _at("/desk/audit?of=house&check=all"),
    "account": _at("/desk/account"),
    "people": _at("/desk/users"),
    "person": _at("/desk/users/2"),
    "password": _at("/desk/password"),
}
