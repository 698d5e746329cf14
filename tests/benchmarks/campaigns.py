"""Copies of form letters among 100,000 others, and what a check costs at 1,000,000 letters."""

import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict, deque
from pathlib import Path

from feedback.intake.compare import LEAST_SHARED, MOST_COMPARED, compare_new
from feedback.newsroom import Newsroom
from feedback.reading.likeness import MARKS, is_like, marks
from feedback.store.likeness import OF_A_MARK
from tests.benchmarks.filling import fill, newsroom_in
from tests.reading.form_letters import a_copy, a_text, written

OTHERS, FORMS, COPIES = 100_000, 60, 12
RECALL, PRECISION = 0.95, 0.995
LETTERS, MOST = 1_000_000, 20.0  # milliseconds a check
COMMON, SHARE = 2_000, 20  # phrases that many write; one mark in so many is one of them


def run(_postgresql: str) -> bool:
    """On the embedded database; both figures in one run."""
    return _found() & _cost()


def _found() -> bool:
    """The marks of all letters in memory, asked and compared by the rules of the desk."""
    chance = random.Random(11)
    letters = [(None, written(a_text(chance))) for _ in range(OTHERS)]
    for form in range(FORMS):
        text = a_text(chance)
        letters += [(form, written(a_copy(chance, text))) for _ in range(COPIES)]
    chance.shuffle(letters)
    newest: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=OF_A_MARK))
    seen: Counter[int] = Counter()
    right = wrong = due = 0
    for number, (form, text) in enumerate(letters):
        own = marks(text)
        shared = Counter(other for mark in own for other in newest[mark])
        near = [one for one, times in shared.most_common(MOST_COMPARED) if times >= LEAST_SHARED]
        told = [one for one in near if is_like(text, letters[one][1])]
        if form is not None:
            due += seen[form] > 0  # the first one has nothing to be like
            seen[form] += 1
        if told:
            is_right = form is not None and letters[told[0]][0] == form
            right, wrong = right + is_right, wrong + (not is_right)
        for mark in own:
            newest[mark].append(number)
    recall, precision = right / due, right / (right + wrong)
    good = recall >= RECALL and precision >= PRECISION
    print(
        f"form letters among {OTHERS:,} others: {right} of {due} copies found (recall "
        f"{recall:.3f}), {wrong} wrong (precision {precision:.4f}){'' if good else '  <- over'}",
        flush=True,
    )
    return good


def _cost() -> bool:
    """A check by the worker's own way, with a table of marks as large as a million letters have."""
    with tempfile.TemporaryDirectory() as folder:
        newsroom = newsroom_in(Path(folder))
        fill(newsroom, 1_000)
        small = _checked(newsroom, 300)
        _grow(newsroom)
        large = _checked(newsroom, 300)
    good = max(large[:-3]) <= MOST
    print(
        f"a campaign check: median {statistics.median(small):.1f} ms at 1,000 letters, "
        f"{statistics.median(large):.1f} ms at {LETTERS:,}, 99 in 100 within "
        f"{large[int(len(large) * 0.99) - 1]:.1f} ms{'' if good else '  <- over'}",
        flush=True,
    )
    return good


def _checked(newsroom: Newsroom, number: int) -> list[float]:
    """Milliseconds of single checks, sorted."""
    took = []
    for _ in range(number):
        began = time.perf_counter()
        with newsroom.store.work() as work:
            compare_new(work, 1)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def _grow(newsroom: Newsroom) -> None:
    """Marks of a million letters: most their own, some of phrases that many write."""
    with newsroom.store.work() as work:
        connection = work.session.connection()
        connection.exec_driver_sql("PRAGMA cache_size = -1000000")
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO likeness (mark, letter_id) "
            "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?), "
            "ids AS (SELECT id, row_number() OVER () AS r FROM letter), "
            "common AS (SELECT mark, row_number() OVER () AS r FROM "
            "(SELECT DISTINCT mark FROM likeness LIMIT ?)) "
            "SELECT CASE WHEN k % ? = 0 THEN "
            "(SELECT mark FROM common WHERE r = 1 + k / ? % ?) ELSE random() END AS m, "
            "(SELECT id FROM ids WHERE r = 1 + k % 1000) FROM n ORDER BY m",
            (LETTERS * (MARKS + 1), COMMON, SHARE, SHARE, COMMON),
        )
