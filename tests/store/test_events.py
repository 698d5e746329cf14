"""Lines of a history that change nothing of the letter: a look at contact data."""

import threading

from feedback.desk.decide import log_contact_look
from feedback.domain.actor import Actor
from feedback.domain.editor import Role
from feedback.domain.event import EventKind
from feedback.store import audit, letters
from tests.factories import a_letter
from tests.factories.account import an_editor

CHIEF = an_editor(Role.CHIEF)
CHIEF_ACTOR = Actor.of(CHIEF)


def test_a_look_is_logged_in_the_chain_and_makes_no_page_stale(store):
    letter = a_letter(store)
    with store.work() as work:
        log_contact_look(work, letters.by_ref(work, letter.ref), CHIEF)
    with store.work() as work:
        one = letters.by_ref(work, letter.ref, to_change=True)
        assert one.version == letter.version
        log_contact_look(work, one, CHIEF)
        one.record(EventKind.NOTED, CHIEF_ACTOR, work.now)
    with store.read() as work:
        kinds = [event.kind for event in letters.history(work, letter.id)]
        assert kinds[1:] == [EventKind.CONTACT_SEEN, EventKind.CONTACT_SEEN, EventKind.NOTED]
        assert audit.verify_letter(work, letter.id) is None


def test_two_looks_at_once_follow_one_another(store):
    letter = a_letter(store)
    failed: list[Exception] = []

    def look() -> None:
        try:
            with store.work() as work:
                log_contact_look(work, letters.by_ref(work, letter.ref), CHIEF)
        except Exception as error:  # told by the test
            failed.append(error)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failed == []
    with store.read() as work:
        assert len(letters.history(work, letter.id)) == 7
        assert audit.verify_letter(work, letter.id) is None
