"""Whatever is done in whatever order, no letter is lost, doubled or printed unready."""

import random
from collections.abc import Callable

import pytest

from feedback.desk.decide import Wish, decide
from feedback.domain.edition import EditionState
from feedback.domain.editor import Role
from feedback.domain.errors import FeedbackError
from feedback.domain.state import Decision, State
from feedback.edition.arrange import Group, add, arrange
from feedback.edition.publish import publish, unpublish
from feedback.store import audit, editions, letters
from feedback.store.work import Store, Work
from feedback.writer.withdraw import withdraw
from tests.export.read_back import csv_rows, html_letters, markdown_blocks
from tests.export.sheets import NASTY, printed_lines
from tests.factories import an_edition, an_editor, approved

CHIEF = an_editor(Role.CHIEF)
SLUGS = ("eggs", "ham")
Deal = random.Random


def _arrange(work: Work, deal: Deal, refs: list[str]) -> None:
    edition = editions.by_slug(work, deal.choice(SLUGS), to_change=True)
    mine = [letter.ref for letter in edition.letters()]
    some = deal.sample(refs, deal.randint(0, 3)) + deal.sample(mine, deal.randint(0, len(mine)))
    asked = list(dict.fromkeys(some))
    cut = deal.randint(0, len(asked))
    arrange(work, edition, [Group(None, asked[:cut]), Group("Two", asked[cut:])], CHIEF, None)


def _add(work: Work, deal: Deal, refs: list[str]) -> None:
    edition = editions.by_slug(work, deal.choice(SLUGS), to_change=True)
    add(work, edition, letters.by_ref(work, deal.choice(refs), to_change=True), CHIEF)


def _decide(work: Work, deal: Deal, refs: list[str]) -> None:
    wish = Wish(
        deal.choice([Decision.HOLD, Decision.APPROVE, Decision.SHORTLIST, Decision.KILL]), "why"
    )
    decide(work, letters.by_ref(work, deal.choice(refs), to_change=True), wish, CHIEF, None)


def _withdraw(work: Work, deal: Deal, refs: list[str]) -> None:
    if deal.random() < 0.3:
        withdraw(work, letters.by_ref(work, deal.choice(refs), to_change=True))


def _publish(work: Work, deal: Deal, refs: list[str]) -> None:
    publish(work, editions.by_slug(work, deal.choice(SLUGS), to_change=True), CHIEF, None)


def _unpublish(work: Work, deal: Deal, refs: list[str]) -> None:
    unpublish(work, editions.by_slug(work, deal.choice(SLUGS), to_change=True), CHIEF, None)


STEPS: list[Callable[[Work, Deal, list[str]], None]] = [
    _arrange, _arrange, _arrange, _add, _decide, _withdraw, _publish, _unpublish,
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 6, 11])
def test_no_course_of_events_loses_a_letter(store: Store, seed: int) -> None:
    deal = Deal(seed)
    for slug in SLUGS:
        an_edition(store, slug=slug)
    refs = [approved(store).ref for _ in range(6)]
    done = 0
    for _ in range(30):
        step = deal.choice(STEPS)
        try:
            with store.work() as work:
                step(work, deal, refs)
            done += 1
        except FeedbackError:
            pass  # refused: then nothing may have changed, which the rules below would show
        _hold_true(store, refs)
    assert done > 8
    with store.read() as work:
        for ref in refs:
            assert audit.verify_letter(work, letters.by_ref(work, ref).id) is None


def _hold_true(store: Store, refs: list[str]) -> None:
    with store.read() as work:
        standing: dict[str, EditionState] = {}
        for slug in SLUGS:
            edition = editions.by_slug(work, slug)
            assert (edition.proofsheet is None) == (edition.state is EditionState.DRAFT)
            orders = [[one.place_order for one in section.letters] for section in edition.sections]
            assert all(order == sorted(set(order)) for order in orders)
            for letter in edition.letters():
                assert letter.ref not in standing, "a letter stands twice"
                standing[letter.ref] = edition.state
        found = letters.page(work, letters.LetterFilter()).rows
        assert sorted(letter.ref for letter in found) == sorted(refs)
        for letter in found:
            ref = letter.ref
            match letter.state:
                case State.PLACED:
                    assert standing[ref] is EditionState.DRAFT
                case State.PUBLISHED | State.KILLED:
                    assert standing[ref] is EditionState.PUBLISHED
                case _:
                    assert ref not in standing
                    assert (letter.section_id, letter.place_order) == (None, None)


def test_hostile_letters_are_printed_as_words(store: Store) -> None:
    from feedback.edition.printed import printed_sheet
    from feedback.export.formats import FORMATS
    from feedback.export.formats.csv import unguarded

    some = [approved(store, words, name=" ".join(words.split())[:100]) for words in NASTY]
    an_edition(store, slug="eggs", groups=[("=1+1 <b>*x*", some)], published=True)
    with store.read() as work:
        sheet = printed_sheet(editions.by_slug(work, "eggs"))
    wanted = [printed_lines(letter) for letter in sheet.letters()]
    assert [letter.ref for letter in sheet.letters()] == [letter.ref for letter in some]
    assert html_letters(FORMATS["html"].render(sheet)) == wanted
    assert markdown_blocks(FORMATS["markdown"].render(sheet))[1:] == [
        block for letter in wanted for block in letter
    ]
    rows = csv_rows(FORMATS["csv"].render(sheet))
    assert [unguarded(row["text"]) for row in rows] == [
        "\n\n".join(letter.paragraphs) for letter in sheet.letters()
    ]
