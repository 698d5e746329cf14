"""Findings: of each check the newest run; who reads a letter, whether the worker lives."""

from datetime import timedelta

from feedback.domain.finding import Finding, Result
from feedback.domain.presence import STILL_READING
from feedback.store import findings, letters, presence
from tests.factories import a_letter

TOO_LONG = Finding("length", 1, Result.NOTE, "It is long.", ("312 words",))
NO_PLACE = Finding("place", 1, Result.HOLD, "No town.")


def of(store, ref):
    with store.read() as work:
        found = letters.by_ref(work, ref).findings
        return {
            f.check: (f.version, f.outcome, f.says, tuple(f.evidence), f.revision) for f in found
        }


def put(store, letter, *found, revision=0):
    with store.work() as work:
        findings.replace(work, letter.id, found, revision)


def test_a_new_run_takes_the_place_of_the_old_one(store):
    letter, other = a_letter(store), a_letter(store)
    put(store, letter, TOO_LONG, NO_PLACE)
    put(store, other, TOO_LONG)
    put(store, letter, Finding("length", 2, Result.PASS), revision=3)
    assert of(store, letter.ref) == {
        "length": (2, Result.PASS, "", (), 3),
        "place": (1, Result.HOLD, "No town.", (), 0),
    }
    assert of(store, other.ref) == {"length": (1, Result.NOTE, "It is long.", ("312 words",), 0)}


def test_nothing_found_changes_nothing(store):
    letter = a_letter(store)
    put(store, letter, TOO_LONG)
    put(store, letter)
    assert set(of(store, letter.ref)) == {"length"}


def test_a_long_sentence_is_cut_to_what_is_kept(store):
    letter = a_letter(store)
    put(store, letter, Finding("length", 1, Result.NOTE, "x" * 5000, ("“é”\n" * 100,)))
    assert of(store, letter.ref)["length"][2] == "x" * findings.MOST_SAID


def test_letters_owe_their_checks_until_they_are_done(store, clock):
    first = a_letter(store)
    clock.advance(timedelta(minutes=1))
    second = a_letter(store)
    with store.work() as work:
        assert [one.ref for one in letters.unchecked(work, 1)] == [second.ref]
        letters.mark_checked(work, {second.id: "en"})
    with store.work() as work:
        owed = letters.unchecked(work, 5)
        assert [one.ref for one in owed] == [first.ref]
        done = letters.by_ref(work, second.ref)
        assert (done.version, done.language) == (1, "en")


def test_who_else_reads_a_letter(store, clock):
    letter = a_letter(store)
    for number, name in ((1, "Ann"), (2, "Bo"), (1, "Ann")):
        with store.work() as work:
            presence.opened(work, letter.id, number, name)
    with store.read() as work:
        assert presence.on_letter(work, letter.id, 1).others == ["Bo"]
        assert sorted(presence.on_letter(work, letter.id, 3).others) == ["Ann", "Bo"]
        assert presence.on_letter(work, letter.id + 1, 3).others == []
    clock.advance(STILL_READING)
    with store.read() as work:
        assert presence.on_letter(work, letter.id, 1).others == []


def test_the_worker_gives_signs_of_life(store, clock):
    with store.read() as work:
        assert presence.last_beat(work) is None
    for name in ("a", "b", "a"):
        clock.advance(timedelta(seconds=5))
        with store.work() as work:
            presence.beat(work, name)
    with store.read() as work:
        assert presence.last_beat(work) == clock.now
