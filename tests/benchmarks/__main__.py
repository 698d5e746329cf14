"""`make bench`: every budget, or those that are named: `make bench ARGS=intake`."""

import sys

from tests.benchmarks import campaigns, desk, exports, intake, keys, mail, queue
from tests.benchmarks.postgresql import server

BENCHMARKS = {
    "intake": intake.run,
    "mail": mail.run,
    "campaigns": campaigns.run,
    "queue": queue.run,
    "keys": keys.run,
    "desk": desk.run,
    "exports": exports.run,
}


def main() -> int:
    """Run them; 1 where a budget does not hold."""
    wanted = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in wanted if name not in BENCHMARKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    with server() as postgresql:
        held = {name: BENCHMARKS[name](postgresql) for name in wanted}
    for name, holds in held.items():
        print(f"{name}: {'within budget' if holds else 'OVER BUDGET'}")
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
