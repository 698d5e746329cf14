"""Let mails go again to an address that a mail server had said does not exist."""

from feedback.domain.actor import Actor
from feedback.domain.editor import Deed, Editor
from feedback.domain.errors import NotFound, Refused
from feedback.domain.event import EventKind
from feedback.domain.letter import Letter
from feedback.domain.owed_mail import OwedMail
from feedback.store import dead_addresses, events
from feedback.store.work import Work


def lift(work: Work, mail: OwedMail, letter: Letter | None, by: Editor) -> None:
    """Whoever this mail went to is written to again; it stands in the letter's history.

    The mail itself stays as it is: trying it again is another step. Raises NotAllowed, NotFound
    for a mail about an account, Refused (kind `move`) where nothing stops mails to the address.
    """
    by.require(Deed.SEE_CONTACTS)
    key = dead_addresses.key_of(work.keys, mail, letter)
    if key is None or letter is None:
        raise NotFound("There is no address that could be written to.")
    if not dead_addresses.lift(work, key):
        raise Refused("Mails to this address are not stopped.", "move")
    events.append_beside(work, letter, EventKind.ADDRESS_LIFTED, Actor.of(by))
