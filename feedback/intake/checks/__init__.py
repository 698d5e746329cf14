"""The checks, in the order in which the page shows them; each is pure, named, versioned."""

from collections.abc import Callable
from dataclasses import dataclass

from feedback.domain.finding import Finding
from feedback.intake.checks import article, hidden, length, links, place, withheld
from feedback.intake.checks.context import Checked


@dataclass(frozen=True)
class Check:
    """A check's name, the version of its rule, the rule."""

    name: str
    version: int
    run: Callable[[Checked], Finding]


CHECKS: tuple[Check, ...] = (
    Check("withheld", withheld.VERSION, withheld.check),
    Check("article", article.VERSION, article.check),
    Check("place", place.VERSION, place.check),
    Check("length", length.VERSION, length.check),
    Check("links", links.VERSION, links.check),
    Check("hidden", hidden.VERSION, hidden.check),
)

__all__ = ["CHECKS", "Check", "Checked"]
