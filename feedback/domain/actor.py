"""Who did it: an editor, the writer, the machine."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from feedback.domain.editor import Editor


class ActorKind(StrEnum):
    """Which side acted."""

    EDITOR = "editor"  # somebody at the desk
    WRITER = "writer"  # the person outside
    MACHINE = "machine"  # a rule, a check, the clock


@dataclass(frozen=True)
class Actor:
    """Name and number of whoever acted, as the history keeps them."""

    kind: ActorKind
    name: str
    id: int | None = None

    @classmethod
    def of(cls, editor: Editor) -> Self:
        """The editor as an actor."""
        return cls(ActorKind.EDITOR, editor.name, editor.id)


# The history never holds a writer's name: erasing the letter must leave the chain whole.
WRITER = Actor(ActorKind.WRITER, "the writer")
MACHINE = Actor(ActorKind.MACHINE, "We Hear You")
