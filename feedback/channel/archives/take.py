"""An archive comes in, whatever it is: the one door of `feedback letters import`."""

from collections.abc import Callable
from pathlib import Path

from feedback.channel.archives.columns import import_columns
from feedback.channel.archives.mail_files import size_of
from feedback.channel.archives.mails import import_mails
from feedback.channel.archives.outcome import Outcome
from feedback.channel.archives.shape import Shape, shape_of
from feedback.channel.imports import import_letters
from feedback.newsroom import Newsroom


def size_of_archive(path: Path) -> int:
    """Bytes that there are to read; raises Refused where the file cannot be read."""
    return size_of(path, shape_of(path))


def import_archive(
    newsroom: Newsroom,
    path: Path,
    *,
    mails: bool = False,
    told: Callable[[int], object] = lambda _bytes: None,
) -> Outcome:
    """Import a file or folder of any kind that `Shape` names; what it is, its content tells.

    Doing it again adds nothing. Nobody is mailed unless `mails`. `told` hears how many bytes are
    done. Raises Refused (kind `fields`) where the archive as a whole cannot be read.
    """
    shape = shape_of(path)
    if shape is Shape.ROWS:
        with path.open("rb") as stream:
            return import_letters(newsroom, stream, mails=mails, told=told)
    outcome = Outcome()
    if shape is Shape.COLUMNS:
        import_columns(newsroom, path, outcome, told=told)
    else:
        import_mails(newsroom, path, shape, outcome, mails=mails, told=told)
    return outcome
