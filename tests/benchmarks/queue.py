"""The queue at 1,000 and at 100,000 letters."""

from tests.benchmarks import pages


def run(postgresql: str) -> bool:
    """Both engines: the large desk's pages cost at most 1.2 times the small one's."""
    return pages.run(postgresql, (1_000, 100_000), pages.Budget(ratio=1.2))
