"""The targets that are set."""

import contextlib
from collections.abc import Iterator

from feedback.domain.delivery import TargetKind
from feedback.export.targets.target import Target
from feedback.export.targets.wordpress import WordPress


@contextlib.contextmanager
def targets_of(wordpress: tuple[str, str, str] | None) -> Iterator[dict[TargetKind, Target]]:
    """Each target by its kind, for as long as this is open."""
    if wordpress is None:
        yield {}
        return
    site = WordPress(*wordpress)
    try:
        yield {TargetKind.WORDPRESS: site}
    finally:
        site.close()
