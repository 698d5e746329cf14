"""An edition is published whole or not at all, and taken back until a writer has been told."""

from collections.abc import Callable

import pytest

from feedback.desk.decide import Wish, decide
from feedback.desk.edit import Edits, edit
from feedback.domain.edition import Edition, EditionState
from feedback.domain.editor import Editor, Role
from feedback.domain.errors import NotAllowed, Refused, Stale
from feedback.domain.event import EventKind
from feedback.domain.owed_mail import MailKind, MailState, OwedMail
from feedback.domain.state import Decision, State
from feedback.edition.publish import publish, unpublish
from feedback.store import editions, letters, mails
from feedback.store.work import Store
from feedback.writer.withdraw import withdraw
from tests.factories import an_edition, an_editor, approved

PUBLISHER, CHIEF = an_editor(Role.PUBLISHER), an_editor(Role.CHIEF)


@pytest.fixture
def refs(store: Store) -> list[str]:
    """Two letters in the edition `eggs`, which is ready."""
    some = [approved(store) for _ in range(2)]
    an_edition(store, slug="eggs", groups=[(None, some)])
    return [one.ref for one in some]


def put_out(store: Store, by: Editor = PUBLISHER, **more: object) -> None:
    with store.work() as work:
        found = editions.by_slug(work, "eggs", to_change=True)
        publish(work, found, by, **{"version": None, **more})


def take_back(store: Store, by: Editor = PUBLISHER, version: int | None = None) -> None:
    with store.work() as work:
        unpublish(work, editions.by_slug(work, "eggs", to_change=True), by, version)


def edition(store: Store) -> Edition:
    with store.read() as work:
        return editions.by_slug(work, "eggs")


def states(store: Store) -> set[State]:
    return {letter.state for letter in edition(store).letters()}


def printed_mails(store: Store, ref: str) -> list[OwedMail]:
    with store.read() as work:
        found = mails.of_letter(work, letters.by_ref(work, ref).id)
        return [mail for mail in found if mail.kind is MailKind.PRINTED]


def cut_to_the_bone(store: Store, ref: str) -> None:
    """An edit that its writer has to see first."""
    with store.work() as work:
        edit(work, letters.by_ref(work, ref), Edits(edited="Meetings."), an_editor(), None)


def test_all_letters_are_printed_and_their_writers_are_owed_a_mail(
    store: Store, refs: list[str]
) -> None:
    put_out(store)
    out = edition(store)
    assert (out.state, out.published_by) == (EditionState.PUBLISHED, PUBLISHER.name)
    assert out.published_at == store.clock()
    assert states(store) == {State.PUBLISHED}
    for ref in refs:
        (mail,) = printed_mails(store, ref)
        assert mail.state is MailState.WAITING
        assert mail.due_at > store.clock(), "it waits for the grace time"


def test_the_frozen_records_are_those_of_the_printed_letters(store: Store, refs: list[str]) -> None:
    from feedback.domain.letter_record import letter_record
    from feedback.edition.printed import printed_sheet

    put_out(store)
    for printed in printed_sheet(edition(store)).letters():
        with store.read() as work:
            live = letter_record(letters.by_ref(work, printed.ref), "eggs", with_name=False)
        assert printed.record == live


def test_one_letter_that_is_not_ready_holds_all(store: Store, refs: list[str]) -> None:
    cut_to_the_bone(store, refs[1])
    with pytest.raises(Refused) as refused:
        put_out(store)
    assert refused.value.kind == "gates"
    assert refused.value.details == {"missing": [{"ref": refs[1], "gates": ["proofed"]}]}
    assert edition(store).state is EditionState.DRAFT
    assert edition(store).proofsheet is None
    assert states(store) == {State.PLACED}
    assert printed_mails(store, refs[0]) == []


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_chief_passes_no_gate_without_a_reason(
    store: Store, refs: list[str], reason: str | None
) -> None:
    cut_to_the_bone(store, refs[0])
    with pytest.raises(Refused) as refused:
        put_out(store, CHIEF, override=reason)
    assert refused.value.kind == "gates"


def test_a_chiefs_reason_passes_the_gates_and_is_logged(store: Store, refs: list[str]) -> None:
    cut_to_the_bone(store, refs[0])
    put_out(store, CHIEF, override="He agreed on the telephone.")
    with store.read() as work:
        letter = letters.by_ref(work, refs[0])
        passed = [e for e in letters.history(work, letter.id) if e.kind is EventKind.OVERRIDDEN]
        other = letters.by_ref(work, refs[1])
    assert letter.overrides == {"proofed": "He agreed on the telephone."}
    assert [(e.why, e.facts, e.by_name) for e in passed] == [
        ("He agreed on the telephone.", {"gates": ["proofed"]}, CHIEF.name)
    ]
    assert other.overrides is None


def test_who_publishes(store: Store, refs: list[str]) -> None:
    with pytest.raises(NotAllowed):
        put_out(store, an_editor(Role.READER_EDITOR))
    with pytest.raises(NotAllowed):
        put_out(store, PUBLISHER, override="Because.")
    assert states(store) == {State.PLACED}


def test_a_stale_version_and_a_second_time_are_refused(store: Store, refs: list[str]) -> None:
    version = edition(store).version
    with pytest.raises(Stale) as stale:
        put_out(store, version=version - 1)
    assert stale.value.version == version
    put_out(store, version=version)
    with pytest.raises(Refused) as refused:
        put_out(store)
    assert refused.value.kind == "move"
    assert len(printed_mails(store, refs[0])) == 1


def test_an_empty_edition_is_not_published(store: Store) -> None:
    an_edition(store, slug="eggs", groups=[("Nothing Yet", [])])
    with pytest.raises(Refused) as refused:
        put_out(store)
    assert refused.value.details == {"field": "sections"}


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_letter_withdrawn_in_that_moment_is_not_printed(store: Store, refs: list[str]) -> None:
    """SQLite lets one transaction write at a time; PostgreSQL finds the two out."""

    def publish_while_it_is_withdrawn() -> None:
        with store.work() as work:
            found = editions.by_slug(work, "eggs", to_change=True)
            with store.work() as other:
                withdraw(other, letters.by_ref(other, refs[0], to_change=True))
            publish(work, found, PUBLISHER, None)

    with pytest.raises(Stale):
        publish_while_it_is_withdrawn()
    assert edition(store).state is EditionState.DRAFT
    assert states(store) == {State.PLACED}
    with store.read() as work:
        assert letters.by_ref(work, refs[0]).state is State.WITHDRAWN


def test_taken_back_it_is_the_draft_that_it_was(store: Store, refs: list[str]) -> None:
    before = [letter.ref for letter in edition(store).letters()]
    put_out(store)
    take_back(store)
    back = edition(store)
    assert (back.state, back.published_at, back.proofsheet) == (EditionState.DRAFT, None, None)
    assert [letter.ref for letter in back.letters()] == before
    assert states(store) == {State.PLACED}
    assert [mail.state for mail in printed_mails(store, refs[0])] == [MailState.CANCELLED]
    put_out(store)
    assert sorted(mail.state for mail in printed_mails(store, refs[0])) == [
        MailState.CANCELLED,
        MailState.WAITING,
    ]
    take_back(store)
    assert states(store) == {State.PLACED}


def _sent(mail: OwedMail, store: Store) -> None:
    mail.state, mail.sent_at = MailState.SENT, store.clock()


def _on_its_way(mail: OwedMail, store: Store) -> None:
    mail.lease_until = store.clock()


@pytest.mark.parametrize("happened", [_sent, _on_its_way])
def test_once_a_writer_was_told_it_stays(
    store: Store, refs: list[str], happened: Callable[[OwedMail, Store], None]
) -> None:
    put_out(store)
    with store.work() as work:
        letter = letters.by_ref(work, refs[1])
        for mail in mails.of_letter(work, letter.id):
            if mail.kind is MailKind.PRINTED:
                happened(mail, store)
    with pytest.raises(Refused, match="told") as refused:
        take_back(store)
    assert refused.value.kind == "move"
    assert states(store) == {State.PUBLISHED}
    assert printed_mails(store, refs[0])[0].state is MailState.WAITING


def test_an_edition_with_a_letter_taken_down_stays(store: Store, refs: list[str]) -> None:
    put_out(store)
    with store.work() as work:
        wish = Wish(Decision.KILL, reason="Not hers.")
        decide(work, letters.by_ref(work, refs[0]), wish, PUBLISHER, None)
    with pytest.raises(Refused, match="taken down"):
        take_back(store)


def test_who_takes_back_and_from_which_version(store: Store, refs: list[str]) -> None:
    put_out(store)
    with pytest.raises(NotAllowed):
        take_back(store, an_editor(Role.READER_EDITOR))
    with pytest.raises(Stale):
        take_back(store, version=edition(store).version - 1)
    take_back(store, version=edition(store).version)
    with pytest.raises(Refused) as refused:
        take_back(store)
    assert refused.value.kind == "move"
