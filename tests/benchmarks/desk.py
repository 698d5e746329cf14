"""Queue, letter, writer's drawer and search at 1,000 and at 1,000,000 letters."""

from tests.benchmarks import pages


def run(postgresql: str) -> bool:
    """Both engines: at most 1.5 times the cost, p99 of 50 ms (150 ms for a search)."""
    budget = pages.Budget(ratio=1.5, page=50.0, search=150.0)
    return pages.run(postgresql, (1_000, 1_000_000), budget)
