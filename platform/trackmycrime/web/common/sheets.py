"""Tables as files that spreadsheets write and read: CSV, in whatever way a spreadsheet saves it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from litestar import Response
from msgspec import Struct

from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.words import _

_DELIMITERS = (",", ";", "\t")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 2000


class Sheet(Struct, frozen=True):
    """What a file holds: its heads, and each row below with the line on which it begins, counted from 1."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(content: bytes, *, field: str = "file") -> Sheet:
    """Return the table in a CSV file: UTF-8 or Windows-1252, with commas, semicolons or tabs. Empty rows are left out.

    What `written` made harmless is as it was. Raises Invalid by `field` for what is no such file.
    """
    (_line, heads), *rows = _lines(_text(content, field), field) or [(1, ())]
    return Sheet(heads, tuple(rows))


def _text(content: bytes, field: str) -> str:
    if b"\0" in content:
        raise Invalid({field: _("This is not a CSV file. In your spreadsheet choose Save as, then CSV")})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _lines(text: str, field: str) -> list[tuple[int, tuple[str, ...]]]:
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    found: list[tuple[int, tuple[str, ...]]] = []
    line = 1
    try:
        for cells in reader:
            row = tuple(map(_as_it_was, cells))
            found += [(line, row)] if any(row) else []
            line = reader.line_num + 1
    except csv.Error as wrong:
        said = _("Line %(number)s cannot be read: look for a quotation mark too many", number=line)
        raise Invalid({field: said}) from wrong
    return found


def _as_it_was(cell: str) -> str:
    cell = cell.strip()[:_LONGEST_CELL]
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a CSV file that every spreadsheet opens rightly; no cell of it is ever taken for a formula."""
    return b"\xef\xbb\xbf" + lines([heads, *rows])


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as lines of such a file."""
    text = StringIO(newline="")
    csv.writer(text).writerows(map(_harmless, row) for row in rows)
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def download(name: str, content: bytes) -> Response[bytes]:
    """Return a file for the browser to save under a name of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
