"""Static files, read once and named after their content, so that a browser may keep them for ever."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from msgspec import Struct

_FOLDER = Path(__file__).parent / "static"
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_COMPRESSIBLE = {".css", ".mjs", ".svg", ".txt"}


class StaticFile(Struct, frozen=True):
    """A file's bytes, the same compressed in each way that made it smaller, and what to call them."""

    body: bytes
    packed: dict[str, bytes]
    media_type: str


def static_href(name: str) -> str:
    """Return the address of a file by its plain name, such as "app.css"; KeyError when there is none."""
    return f"/static/{_shelf().names[name]}"


def static_file(name: str) -> StaticFile | None:
    """Return a file by the name in its address, such as "app.0123456789ab.css"; None when there is none."""
    return _shelf().files.get(name)


class _Shelf(Struct, frozen=True):
    names: dict[str, str]
    files: dict[str, StaticFile]


@cache
def _shelf() -> _Shelf:
    shelf = _Shelf(names={}, files={})
    for path in sorted((*_FOLDER.glob("*.*"), *_FOLDER.glob("dist/*.*"))):
        if path.suffix in _MEDIA_TYPES:
            file = _read(path)
            shelf.names[path.name] = f"{path.stem}.{hashlib.sha256(file.body).hexdigest()[:12]}{path.suffix}"
            shelf.files[shelf.names[path.name]] = file
    if "app.css" not in shelf.names:
        message = "The style sheet has not been built: run `python hatch_build.py` in the project's folder."
        raise RuntimeError(message)
    return shelf


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    packed = gzip.compress(body, compresslevel=9, mtime=0) if path.suffix in _COMPRESSIBLE else body
    beside = path.with_name(f"{path.name}.br")  # made when the file was built
    ways = {"br": beside.read_bytes() if beside.exists() else body, "gzip": packed}
    smaller = {way: content for way, content in ways.items() if len(content) < len(body)}
    return StaticFile(body=body, packed=smaller, media_type=_MEDIA_TYPES[path.suffix])
