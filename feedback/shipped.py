"""Where the folders that travel with the program lie: templates, static, migrations, seeds."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The folder `name`: inside the package when installed, beside it in the repository.

    Raises FileNotFoundError when it lies in neither place, which means a broken installation.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder {name!r} is missing from this installation")
