"""Style sheets, scripts: served from the package under names that change with their content."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from feedback.shipped import shipped

# A style sheet is sent as one file; the order is the order of reading.
BASE = ("tokens", "base", "type")
READER_PARTS = (
    "button", "field", "choice", "article_match", "card", "empty", "error_summary", "redline",
    "steps", "progress", "pager", "state", "table",
)  # fmt: skip
DESK_PARTS = (
    *READER_PARTS, "search", "column_head", "cut_meter", "finding", "key_help", "letter_row",
    "letter_group", "tabs", "toast", "why",
)  # fmt: skip


def _sheet(parts: tuple[str, ...], pages: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *(f"css/{name}.css" for name in BASE),
        *(f"css/parts/{name}.css" for name in parts),
        *(f"css/pages/{name}.css" for name in pages),
        "css/widths.css",
        "css/print.css",
    )


BUNDLES: dict[str, tuple[str, ...]] = {
    "reader.css": _sheet(READER_PARTS, ("reader", "edition")),
    "desk.css": _sheet(
        DESK_PARTS,
        ("reader", "desk", "desk_rooms", "desk_writers", "insights", "edition_builder", "edition"),
    ),
}
YEAR = 31_536_000


@dataclass(frozen=True)
class Asset:
    """One file ready to be sent."""

    body: bytes
    packed: bytes
    kind: str


class Assets:
    """Every static file, read once at the start; `version` is a digest of them all."""

    def __init__(self, folder: Path) -> None:
        files = {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*"))
            if p.is_file() and not p.name.startswith(".")
        }
        for name, parts in BUNDLES.items():
            files[name] = b"".join(files[part] for part in parts)
        digest = hashlib.sha256()
        for name in sorted(files):
            digest.update(name.encode() + b"\x00" + files[name] + b"\x00")
        self.version = digest.hexdigest()[:12]
        self._files = {name: _asset(name, body) for name, body in files.items()}

    def find(self, name: str) -> Asset | None:
        """The file with that name."""
        return self._files.get(name)

    def address(self, name: str) -> str:
        """Where a page finds the file; raises KeyError for one that is not there."""
        if name not in self._files:
            raise KeyError(f"there is no static file {name!r}")
        return f"/static/{self.version}/{name}"


def _asset(name: str, body: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith("javascript"):
        kind = f"{kind}; charset=utf-8"
    return Asset(body, gzip.compress(body, 9, mtime=0), kind)


@cache
def _assets_in(folder: Path) -> Assets:
    """A folder's files, read once in a process."""
    return Assets(folder)


def init(app: Flask) -> None:
    """Serve the files, give templates `asset(name)`."""
    assets = _assets_in(shipped("static"))
    app.extensions["assets"] = assets
    app.jinja_env.globals["asset"] = assets.address

    blueprint = Blueprint("assets", __name__)

    @blueprint.get("/static/<version>/<path:name>")
    def file(version: str, name: str) -> Response:
        found = assets.find(name)
        if found is None:
            abort(404)
        packs = request.accept_encodings.quality("gzip") > 0
        response = Response(found.packed if packs else found.body, content_type=found.kind)
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        # Another version's name gets today's file: a page from before an update still looks well.
        life = f"public, max-age={YEAR}, immutable" if version == assets.version else "no-cache"
        response.headers["Cache-Control"] = life
        return response

    app.register_blueprint(blueprint)
