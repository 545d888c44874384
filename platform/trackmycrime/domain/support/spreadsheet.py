"""The services of a force's own as a file for spreadsheets: written so that nothing in it runs, and read as a whole or not at all."""

import csv
from _csv import Reader
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from msgspec import Struct, structs

from trackmycrime.domain.support import writing
from trackmycrime.domain.support.entries import MOST
from trackmycrime.domain.tenancy.configuration import Configuration
from trackmycrime.domain.tenancy.services import SupportService
from trackmycrime.kit import cells
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.folding import fold
from trackmycrime.kit.words import _

LARGEST = 8 * 1024 * 1024  # bytes
FIELD = "file"
# What stands over the columns, which is the same in every language: the file is written once and read everywhere.
COLUMNS: Mapping[str, str] = {
    "name": "Name",
    "name_cy": "Name in Welsh",
    "helps_with": "Helps with",
    "helps_with_cy": "Helps with, in Welsh",
    "who_for": "Who for",
    "who_for_cy": "Who for, in Welsh",
    "category": "Kind of help",
    "areas": "Areas",
    "areas_cy": "Areas in Welsh",
    "phone": "Phone",
    "text_relay": "Text relay",
    "web": "Website",
    "hours": "Hours",
    "hours_cy": "Hours in Welsh",
    "languages": "Languages",
    "free": "Free",
    "anonymous": "Anonymous",
    "crimes": "After which crimes",
    "reviewed_on": "Checked on",
}
_FIELDS = {fold(title): field for field, title in COLUMNS.items()}
_SHOWN = 20  # faults; more of them are counted
_DIALLED = ("phone", "text_relay")  # where a plus begins a number


class Row(Struct, frozen=True):
    """A line of a file, as it is counted there, with the texts of its cells by field."""

    line: int
    cells: dict[str, str]


class Comparison(Struct, frozen=True):
    """What a file would change: services by name, and the list as it would then be."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int
    configuration: Configuration


def write(services: Iterable[SupportService]) -> bytes:
    """Return services as a file: UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS.values())
    for service in services:
        told = writing.as_text(service)
        writer.writerow([cells.safe(told[field]) for field in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def compare(configuration: Configuration, content: bytes, *, removes: bool) -> Comparison:
    """Return what a file changes; with `removes` the services that it does not name go, and its order is the order.

    A column that the file does not have stays as it is. Raises Invalid, at FIELD, with all that is wrong by line and column.
    """
    known = {service.name.casefold(): service for service in configuration.support}
    read = _services(content, known)
    given = {service.name.casefold(): service for service in read}
    new = [service for name, service in given.items() if name not in known]
    kept = [] if removes else [given.get(name, service) for name, service in known.items()]
    support = tuple(read) if removes else (*kept, *new)
    if len(support) > MOST:
        raise _unreadable(_("The list takes %(number)s services, and this would be more", number=MOST))
    return Comparison(
        added=tuple(service.name for service in new),
        changed=tuple(service.name for name, service in given.items() if name in known and known[name] != service),
        removed=tuple(service.name for name, service in known.items() if removes and name not in given),
        same=sum(1 for name, service in given.items() if known.get(name) == service),
        configuration=structs.replace(configuration, support=support),
    )


def _services(content: bytes, known: Mapping[str, SupportService]) -> list[SupportService]:
    rows = _rows(_text(content))
    faults = [*_twice(rows)]
    found: list[SupportService] = []
    for row in rows:
        try:
            found.append(_service(row, known))
        except Invalid as refusal:
            faults += [_at(row, field, sentence) for field, sentence in refusal.fields.items()]
    if faults:
        raise _unreadable(*faults)
    return found


def _service(row: Row, known: Mapping[str, SupportService]) -> SupportService:
    formulas = {field: _formula() for field, cell in row.cells.items() if _runs(field, cell)}
    if formulas:
        raise Invalid(formulas)
    told = {field: cells.plain(cell) for field, cell in row.cells.items()}
    before = known.get(told["name"].strip().casefold())
    return writing.read((writing.as_text(before) if before else {}) | told)


def _runs(field: str, cell: str) -> bool:
    dialled = field in _DIALLED and cell.startswith("+") and cell[1:].replace(" ", "").isdigit()
    return cells.is_formula(cell) and not dialled


def _formula() -> str:
    return _(
        "this begins like a formula, which a spreadsheet would run. Put an apostrophe (') before it if you mean it"
    )


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):  # what spreadsheets write
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unreadable(_("We could not read this file. Save it as “CSV UTF-8” and try again"))


def _rows(text: str) -> list[Row]:
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        fields = _head(next(reader, [""]))
        rows = list(_body(reader, fields))
    except csv.Error as fault:
        raise _unreadable(
            _("Line %(line)s: a quotation mark is missing or stands where none can", line=reader.line_num)
        ) from fault
    if not rows:
        raise _unreadable(_("There is no service in this file"))
    return rows


def _head(titles: Sequence[str]) -> list[str]:
    """Return the fields of the columns. Raises Invalid unless every column is known, none is there twice, and none is missing."""
    titles = titles[: max((at for at, title in enumerate(titles, start=1) if title.strip()), default=0)]
    fields = [_FIELDS.get(fold(title), "") for title in titles]
    unknown = [title for title, field in zip(titles, fields, strict=True) if not field]
    missing = [COLUMNS[field] for field in ("name", "helps_with", "who_for") if field not in fields]
    faults = [_("Line 1: we do not know the column “%(title)s”", title=title[:80]) for title in unknown]
    faults += [_("Line 1: the column “%(title)s” is missing", title=title) for title in missing]
    faults += [
        _("Line 1: the column “%(title)s” is there twice", title=COLUMNS[field])
        for field in COLUMNS
        if fields.count(field) > 1
    ]
    if faults:
        raise _unreadable(*faults)
    return fields


def _body(reader: Reader, fields: Sequence[str]) -> Iterator[Row]:
    """Yield the rows, each with the line on which it begins: the one after the row before it ends."""
    ended = reader.line_num
    for row in reader:
        line, ended = ended + 1, reader.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(fields) and any(cell.strip() for cell in row[len(fields) :]):
            raise _unreadable(_("Line %(line)s has more cells than there are columns", line=line))
        yield Row(line, dict(zip(fields, [*row, *[""] * len(fields)], strict=False)))


def _twice(rows: Sequence[Row]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for row in rows:
        name = row.cells["name"].strip()
        line = seen.setdefault(name.casefold(), row.line)
        if name and line != row.line:
            yield _(
                "Lines %(first)s and %(second)s: “%(name)s” is there twice", first=line, second=row.line, name=name[:80]
            )


def _at(row: Row, field: str, sentence: str) -> str:
    return _("Line %(line)s, %(column)s: %(sentence)s", line=row.line, column=COLUMNS[field], sentence=sentence)


def _unreadable(*faults: str) -> Invalid:
    """Return the refusal of a file: its first faults, each under a name of its own that begins with FIELD."""
    shown = {f"{FIELD}{number or ''}": fault for number, fault in enumerate(faults[:_SHOWN])}
    if len(faults) > _SHOWN:
        shown[f"{FIELD}{_SHOWN}"] = _("There are %(number)s more like these", number=len(faults) - _SHOWN)
    return Invalid(shown)
