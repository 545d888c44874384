"""Pages with holes: drawn once without what belongs to one reader, then filled for each.

Most of a busy page is the same for everybody in the same situation, and drawing it again for each reader is most of its
cost (platform/decisions/0006). So a handler puts what is one reader's own into holes, and the template draws a mark in its
place. The page with its marks is kept under everything else that the template was given, so a kept page is never a wrong
one: what was not put into a hole makes another page. What a template decides on cannot be in a hole; whether there is
anything can, because nothing makes no hole.
"""

import secrets
from collections.abc import Hashable
from functools import lru_cache

from markupsafe import Markup, escape

from trackmycrime.kit import words
from trackmycrime.web.common.frame import Form, Frame
from trackmycrime.web.common.pages import render

NOTHING = Form({}, {})
_MARK = secrets.token_hex(16)  # nobody who writes something can know it
_MOST = 64
_MARKS = [Markup(f"{_MARK}{number:02};") for number in range(_MOST)]  # noqa: S704 - ours
_AFTER = len("00;")


class Holes:
    """What is one reader's own on a page."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: list[bytes] = []

    def put(self, text: str) -> Markup:
        """Put a text into the next hole and return what the template draws for it. Nothing stays nothing."""
        if not text:
            return Markup("")
        self.values.append(escape(text).encode())
        return _MARKS[len(self.values) - 1]


def draw(template: str, frame: Frame, holes: Holes, form: Form, **values: Hashable) -> bytes:
    """Draw a page whose holes are in `frame` and `values`. With a form that was filled in, nothing is kept."""
    given = tuple(values.items())
    filled_in = form.values or form.errors
    make = _pieces if filled_in else _kept_pieces
    first, others = make(template, words.language(), frame, form if filled_in else None, given)
    filled = [first]
    for number, piece in others:
        filled += (holes.values[number], piece)
    return b"".join(filled)


def _pieces(
    template: str, _language: str, frame: Frame, form: Form | None, values: tuple[tuple[str, Hashable], ...]
) -> tuple[bytes, list[tuple[int, bytes]]]:
    first, *others = render(template, frame, form=form or NOTHING, **dict(values)).split(_MARK)
    return first.encode(), [(int(other[: _AFTER - 1]), other[_AFTER:].encode()) for other in others]


_kept_pieces = lru_cache(maxsize=1000)(_pieces)
