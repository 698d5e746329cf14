"""What a target is: it takes a post, puts it in one place, finds it there again."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Post:
    """A column as a site's post. `key` is the same for the same edition, whenever it is sent."""

    key: str
    title: str
    body: str
    excerpt: str
    category: str


@dataclass(frozen=True)
class Placed:
    """Where it lies: what the other side calls it, and its address for people."""

    remote_id: str
    url: str


class NotNow(Exception):
    """It could not be put there now; its text is one line for the desk."""


class Never(Exception):
    """It is refused for good; its text is one line for the desk."""


class Target(Protocol):
    """A place that takes posts."""

    def put(self, post: Post, remote_id: str | None) -> Placed:
        """Put it there, or in the place of what lies there; raises NotNow, Never.

        Whatever ends a try: the next one with the same key makes no second post.
        """
