"""Compresses pages for the wire, but none whose secrets another site could guess by how small they become."""

import zlib
from functools import lru_cache
from typing import cast

from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, HTTPScope

_SMALLEST = 1000  # bytes; less is not worth the work
# The least work: a tenth of a millisecond for a long page. More of either takes longer, for a twentieth less.
_LEVEL, _MEMORY = 1, 5
_GZIP = 31  # zlib's word for it, with the largest window
_OURS = frozenset({b"same-origin", b"none"})


@lru_cache(maxsize=200)
def taken(header: str) -> frozenset[str]:
    """Return the ways of compressing that a browser takes, by its Accept-Encoding; one weighed with 0 it does not."""
    ways = [part.replace(" ", "").lower().partition(";q=") for part in header.split(",")]
    return frozenset(way for way, _, weight in ways if weight.strip("0.") or not weight)


def may_pack(scope: HTTPScope, start: HTTPResponseStartEvent, *, secret: bool) -> bool:
    """Say whether an answer may be compressed: a page, for a browser that takes it so.

    The page of somebody who is signed in is `secret`: it holds the token of their forms beside words that others chose. Whoever
    sees how long answers are, and has the browser ask again and again from a site of theirs, could guess it letter by letter
    (BREACH). So such a page is compressed only where the browser says that no other site asked for it.
    """
    asked = dict(scope["headers"])
    accepted = asked.get(b"accept-encoding")
    if accepted is None or scope["method"] == "HEAD" or not _is_page(start):
        return False
    return "gzip" in taken(accepted.decode("latin-1")) and (not secret or asked.get(b"sec-fetch-site") in _OURS)


def _is_page(start: HTTPResponseStartEvent) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])


def pack(start: HTTPResponseStartEvent, message: HTTPResponseBodyEvent) -> None:
    """Compress a whole answer, and change its headers to say so; one that comes in parts, or is short, stays as it is."""
    body = message["body"]
    if message["more_body"] or len(body) < _SMALLEST:
        return
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP, _MEMORY)
    packed = packer.compress(body) + packer.flush()
    others = [header for header in start["headers"] if header[0] != b"content-length"]
    start["headers"] = [*others, (b"content-length", str(len(packed)).encode()), (b"content-encoding", b"gzip")]
    cast("dict[str, object]", message)["body"] = packed
