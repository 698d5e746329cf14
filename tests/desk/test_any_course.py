"""Whatever several people do in whatever order: the table holds, nothing is lost, all is logged."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from feedback.desk import propose
from feedback.desk.batch import FOR_MANY, decide_all, undo_batch
from feedback.desk.claims import ask_source, settle
from feedback.desk.decide import Wish, approve_if_wanted, decide
from feedback.desk.edit import Edits, edit
from feedback.desk.mark_answer import mark_answer
from feedback.desk.set_article import mark_general, set_article
from feedback.desk.together import give
from feedback.desk.undo import undo
from feedback.domain.claim import ClaimOutcome
from feedback.domain.edition import Edition, EditionState
from feedback.domain.editor import Editor
from feedback.domain.errors import FeedbackError
from feedback.domain.event import Event, EventKind
from feedback.domain.gates import TO_APPROVE, TO_PUBLISH, lacking
from feedback.domain.letter import Letter
from feedback.domain.letter_record import letter_record
from feedback.domain.state import LEADS_TO, MOVES, State, decisions_from
from feedback.domain.verification import EDITORS_METHODS, Outcome
from feedback.edition.arrange import Group, arrange
from feedback.edition.publish import publish, unpublish
from feedback.intake.complete import complete
from feedback.intake.recheck import end_holds
from feedback.store import articles, audit, batches, claims, editions, letters, proposals
from feedback.store.work import Store, Work
from feedback.writer import verify
from feedback.writer.withdraw import withdraw
from tests.desk.desk import CHIEF, EDITOR, PUBLISHER, READER_EDITOR
from tests.factories import a_letter, an_article, an_edition, approved
from tests.fixtures_database import Clock

LETTERS, EDITIONS = 3, 2
REMARKS = "In 2024 the “board” said no to 3 bridges. We count, and Spokane does not. Ann Lee knows."
TEXTS = ["", "We count.", REMARKS + " And how.", REMARKS.replace("3", "4"), None]
NAMES = [None, None, None, "Max Writer", "jane q. reader", ""]
OUTCOMES = [*Outcome, Outcome.CONFIRMED, Outcome.CONFIRMED]

N, E = st.integers(0, LETTERS - 1), st.integers(0, EDITIONS - 1)
PEOPLE = st.sampled_from([*[CHIEF] * 6, *[EDITOR] * 2, PUBLISHER, READER_EDITOR])
OLD = st.sampled_from([False] * 7 + [True])
CHANCE = st.integers(0, 10**9).map(Random)
DESK = st.sampled_from(
    ["decide"] * 5 + ["undo"] * 3 + ["edit"] * 2
    + ["article", "general", "ring", "ask for a source", "settle", "answer", "accept"]
)  # fmt: skip
BESIDE = st.sampled_from(["take", "propose", "propose", "refuse"])
WRITER = st.sampled_from(["yes"] * 4 + ["no", "complete", "complete", "withdraw"])
COLUMN = st.sampled_from(["arrange"] * 3 + ["publish"] * 2 + ["take back"])


@dataclass(frozen=True)
class Seen:
    """A letter as it stood after a step."""

    state: State
    events: int
    record: dict[str, Any]


class Newsroom(RuleBasedStateMachine):
    """Three letters, two editions, four people, the writers, a clock."""

    store: Store
    clock: Clock
    courses = 0

    @initialize(verified=st.booleans())
    def begins(self, verified: bool) -> None:
        """One letter that is new, one that is approved, one that is placed."""
        type(self).courses += 1
        self.slugs = [f"e{self.courses}-{n}" for n in range(EDITIONS)]
        self.article = an_article(self.store)
        new = a_letter(self.store, REMARKS, verified=verified)
        ready, placed = (approved(self.store, REMARKS, article=self.article) for _ in range(2))
        an_edition(self.store, slug=self.slugs[0], groups=[(None, [placed])])
        an_edition(self.store, slug=self.slugs[1])
        self.refs = [new.ref, ready.ref, placed.ref]
        self.seen: dict[str, Seen] = {}
        self.texts: dict[str, list[tuple[int, str]]] = {}
        self.versions: dict[str, int] = {}

    # --- what people do: few rules with many choices, or most courses would lack most of them

    @rule(n=N, by=PEOPLE, old=OLD, what=DESK, chance=CHANCE)
    def at_the_desk(self, n: int, by: Editor, old: bool, what: str, chance: Random) -> None:
        """Somebody decides, undoes, edits, says what it answers, rings up."""

        def carry_out(work: Work, letter: Letter) -> None:
            version = letter.version - old
            match what:
                case "decide":
                    decide(work, letter, a_wish(letter, chance), by, version)
                case "undo":
                    undo(work, letter, by, version)
                case "edit":
                    edits = Edits(edited=chance.choice(TEXTS), name=chance.choice(NAMES))
                    edit(work, letter, edits, by, version)
                case "article":
                    article = articles.by_id(work, self.article.id)
                    set_article(work, letter, article, by, version)
                case "general":
                    mark_general(work, letter, by, version, general=chance.random() < 0.6)
                case "ring":
                    method, outcome = chance.choice(EDITORS_METHODS), chance.choice(OUTCOMES)
                    verify.record(work, letter, method, outcome, "", by, version)
                case "ask for a source":
                    ask_source(work, letter, "3 bridges", "Which?", by, version)
                case "settle":
                    asked = claims.of_letter(work, letter.id)
                    outcome = chance.choice(list(ClaimOutcome))
                    number = asked[0].id if asked else 0
                    settle(work, letter, number, outcome, "The minutes", by, version)
                case "answer":
                    mark_answer(work, letter, by, version, answer=chance.random() < 0.5)
                case "accept":
                    waiting = proposals.open_for(work, letter.id)
                    number = waiting[0].id if waiting else 0
                    proposal = proposals.one(work, letter.id, number)
                    propose.accept(work, letter, proposal, by, version)

        self.on(n, carry_out, is_stale=old)

    @rule(n=N, by=PEOPLE, what=BESIDE, chance=CHANCE)
    def beside_the_history(self, n: int, by: Editor, what: str, chance: Random) -> None:
        """What is no decision makes no version: whose it is, what somebody proposes."""

        def carry_out(work: Work, letter: Letter) -> None:
            if what == "take":
                give(work, letter, chance.choice([by, None]), by, letter.assigned_id)
            elif what == "propose":
                edits = Edits(edited=chance.choice(TEXTS), name=chance.choice(NAMES))
                propose.propose(work, letter, edits, by, None)
            else:
                for proposal in proposals.open_for(work, letter.id):
                    propose.refuse(work, proposal, "No.", by)

        with contextlib.suppress(FeedbackError), self.store.work() as work:
            carry_out(work, letters.by_ref(work, self.refs[n]))
        self.nothing_happened()

    @rule(by=PEOPLE, is_undo=st.booleans(), chance=CHANCE)
    def many_at_once(self, by: Editor, is_undo: bool, chance: Random) -> None:
        """A decision about all of them, and its one undo."""
        with contextlib.suppress(FeedbackError), self.store.work() as work:
            if not is_undo:
                wish = Wish(chance.choice(sorted(FOR_MANY)), reason="too_long")
                decide_all(work, batches.to_change(work, self.refs), wish, by)
            elif rows := batches.page(work, None).rows:
                undo_batch(work, batches.by_id(work, rows[0].id, to_change=True), by)

    @rule(n=N, what=WRITER)
    def outside(self, n: int, what: str) -> None:
        """The writer answers, completes, withdraws."""
        given = {"name": "Jane Reader", "article": self.article.url or "", "town": "Limon"}
        steps: dict[str, Callable[[Work, Letter], Any]] = {
            "yes": lambda work, letter: verify.answer(work, letter, wrote_it=True),
            "no": lambda work, letter: verify.answer(work, letter, wrote_it=False),
            "complete": lambda work, letter: complete(work, letter, given),
            "withdraw": withdraw,
        }
        self.on(n, steps[what])

    @rule(e=E, by=PEOPLE, what=COLUMN, chance=CHANCE)
    def in_the_column(self, e: int, by: Editor, what: str, chance: Random) -> None:
        """Somebody arranges an edition, publishes it, takes that back."""

        def carry_out(work: Work, edition: Edition) -> None:
            if what == "publish":
                publish(work, edition, by, None, chance.choice([None, "So."]))
            elif what == "take back":
                unpublish(work, edition, by, None)
            else:
                some = [letters.by_ref(work, ref) for ref in chance.sample(self.refs, LETTERS)]
                fit = [one.ref for one in some if one.state in (State.APPROVED, State.PLACED)]
                cut = chance.randint(0, LETTERS)
                groups = [Group(None, fit[:cut]), Group("Two", fit[cut:])]
                arrange(work, edition, groups, by, None)

        try:
            with self.store.work() as work:
                carry_out(work, editions.by_slug(work, self.slugs[e], to_change=True))
        except FeedbackError:
            self.nothing_happened()

    @rule(days=st.sampled_from([0, 1, 15]))
    def time_passes(self, days: int) -> None:
        """Holds end by themselves."""
        self.clock.advance(timedelta(days=days))
        with self.store.work() as work:
            end_holds(work)

    def on(self, n: int, step: Callable[[Work, Letter], Any], *, is_stale: bool = False) -> None:
        """In a transaction of its own, as at every edge; a refusal is an answer."""
        try:
            with self.store.work() as work:
                letter = letters.by_ref(work, self.refs[n], to_change=True)
                step(work, letter)
                approve_if_wanted(work, letter)
        except FeedbackError:
            self.nothing_happened()
        else:
            assert not is_stale, "an old version was taken"

    # --- what must hold

    def nothing_happened(self) -> None:
        """What was refused left no trace."""
        with self.store.read() as work:
            assert self.versions_now(work) == self.versions

    def versions_now(self, work: Work) -> dict[str, int]:
        found = select(Letter.ref, Letter.version).where(Letter.ref.in_(self.refs))
        return {row.ref: row.version for row in work.session.execute(found)}

    @invariant()
    def all_is_well(self) -> None:
        """Of what a step changed: it was allowed, it is logged, it stands in one place."""
        if not hasattr(self, "refs"):
            return
        with self.store.read() as work:
            now = self.versions_now(work)
            changed = [ref for ref in self.refs if now[ref] != self.versions.get(ref)]
            standing = self.editions_hold(work) if changed else {}
            for ref in changed:
                assert now[ref] > self.versions.get(ref, 0)
                self.letter_holds(work, letters.by_ref(work, ref), standing.get(ref))
        self.versions = now

    def editions_hold(self, work: Work) -> dict[str, EditionState]:
        standing: dict[str, EditionState] = {}
        for slug in self.slugs:
            edition = editions.by_slug(work, slug)
            assert (edition.proofsheet is None) == (edition.state is EditionState.DRAFT)
            for letter in edition.letters():
                assert letter.ref not in standing, "it stands in two editions"
                standing[letter.ref] = edition.state
        return standing

    def letter_holds(self, work: Work, letter: Letter, stands_in: EditionState | None) -> None:
        assert audit.verify_letter(work, letter.id) is None
        assert letter.original.remarks == REMARKS
        where = {
            State.PLACED: EditionState.DRAFT,
            State.PUBLISHED: EditionState.PUBLISHED,
            State.KILLED: EditionState.PUBLISHED,
        }
        assert stands_in is where.get(letter.state)
        assert letter.wanted is None or letter.state is State.SHORTLISTED
        assert (letter.hold_until is not None) == (letter.state is State.HELD)
        texts = [(one.number, one.remarks) for one in letter.revisions]
        before_it = self.texts.get(letter.ref, [])
        assert texts[: len(before_it)] == before_it, "a revision was lost"
        self.texts[letter.ref] = texts
        history = letters.history(work, letter.id)
        before = self.seen.get(letter.ref)
        if before is not None:
            self.steps_hold(letter, before.state, history[before.events :])
            if history[before.events :] == []:
                assert letter_record(letter)["remarks"] == before.record["remarks"]
        self.seen[letter.ref] = Seen(letter.state, len(history), letter_record(letter))

    def steps_hold(self, letter: Letter, state: State, new: list[Event]) -> None:
        """Each step from the state before to the present one is in the table, or an undo."""
        for event in new:
            assert event.by_name
            assert event.at == self.clock.now
            if event.to_state is None:
                continue
            assert event.from_state is state
            if event.kind is EventKind.MOVED:
                assert event.to_state in MOVES[state]
                assert event.why or event.to_state not in NEED_REASON
            else:
                assert event.kind is EventKind.UNDONE
            state = event.to_state
        assert state is letter.state
        moves = [event for event in new if event.to_state is not None]
        if moves and moves[-1].kind is EventKind.MOVED:
            if state is State.APPROVED and moves[-1].from_state is not State.PLACED:
                assert lacking(letter, TO_APPROVE) == []
            if state is State.PUBLISHED:
                assert lacking(letter, TO_PUBLISH) == []


NEED_REASON = (State.WITHDRAWN, State.KILLED, State.DECLINED)


def a_wish(letter: Letter, chance: Random) -> Wish:
    """Mostly what the state allows, now and then something else."""
    some = decisions_from(letter.state) if chance.random() < 0.85 else []
    return Wish(
        chance.choice(some or list(LEADS_TO)),
        reason=chance.choice([None, "too_long", "too_long"]),
        tell=chance.choice([None, "mail"]),
        when_ready=chance.random() < 0.5,
        override=chance.choice([None] * 5 + ["I know her.", ""]),
    )


RUNS = {"sqlite": (12, 40), "postgresql": (1, 40)}  # courses, steps each


@pytest.mark.parametrize("engine_name", list(RUNS), indirect=True)
def test_the_rules_hold_in_any_course_of_events(
    store: Store, clock: Clock, engine_name: str
) -> None:
    courses, steps = RUNS[engine_name]
    room = type("Newsroom", (Newsroom,), {"store": store, "clock": clock})
    run_state_machine_as_test(
        room,
        settings=settings(
            max_examples=courses,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # to shorten a course takes minutes
        ),
    )
