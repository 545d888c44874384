"""Reading an exported file again: whether every line of it is as it was written, and the first that is not."""

import binascii
import hmac
import re
from base64 import b64decode
from collections.abc import Iterable
from typing import cast

import msgspec
from msgspec import Struct

from trackmycrime.domain import audit
from trackmycrime.domain.audit import Canonical, Place
from trackmycrime.domain.auditing.exporting import NAME, mark
from trackmycrime.kit.sealing import Keyring

_LINE = re.compile(rb'(\{.*),"proof":"([0-9a-f]{64})"\}\n', re.DOTALL)
LONGEST = 1024 * 1024  # bytes of a line


class Wrong(Struct, frozen=True):
    """The first line that is not as it was written, counted from 1."""

    line: int
    what: str


class Checked(Struct, frozen=True):
    """What a file holds, as far as it is right. `chain` says that it holds all rows from `first` to `last`."""

    chain: bool
    rows: int
    first: int
    last: int
    digest: str
    wrong: Wrong | None


class _Header(Struct, frozen=True):
    file: str
    force: str
    holds: str
    first: int
    last: int


class _Row(Struct, frozen=True):
    position: int
    row: list[str] | None
    previous: str
    digest: str


class _Head(Struct, frozen=True):
    position: int
    digest: str
    proof: str


class _Trailer(Struct, frozen=True):
    end: str
    rows: int
    head: _Head


class _Fault(Exception):
    """A line is not as it was written."""


def force_of(first: bytes) -> str:
    """Return the force that the first line of a file names, "" for no such line."""
    try:
        return msgspec.json.decode(first, type=_Header).force
    except msgspec.DecodeError:
        return ""


def check(keys: Keyring, file: Iterable[bytes]) -> Checked:
    """Read a file of lines with the force's keys, and return what it holds and the first line that is wrong."""
    reader = _Reader(keys)
    number = 0
    for number, line in enumerate(file, 1):
        try:
            reader.take(number, line)
        except (_Fault, msgspec.DecodeError, ValueError, binascii.Error) as fault:
            return reader.found(Wrong(number, str(fault) if isinstance(fault, _Fault) else "it cannot be read"))
    return reader.found(None if reader.ended else Wrong(number + 1, "the file ends before its last line"))


class _Reader:
    def __init__(self, keys: Keyring) -> None:
        self._keys, self._mark = keys, b""
        self._header: _Header | None = None
        self._rows = self._first = 0
        self._place = Place(0, b"")
        self.ended = False

    def found(self, wrong: Wrong | None) -> Checked:
        chain = self._header is not None and self._header.holds == "chain"
        return Checked(chain, self._rows, self._first, self._place.position, self._place.digest.hex(), wrong)

    def take(self, number: int, line: bytes) -> None:
        if self.ended:
            raise _Fault("there is a line after the last one")
        body = self._proved(line)
        if number == 1:
            self._header = msgspec.json.decode(body, type=_Header)
        elif body.startswith(b'{"end":'):
            self._end(msgspec.json.decode(body, type=_Trailer))
        else:
            self._take_row(msgspec.json.decode(body, type=_Row))

    def _proved(self, line: bytes) -> bytes:
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise _Fault("it is not a whole line of such a file")
        body = parts[1] + b"}"
        self._mark = mark(self._keys, self._mark, body)
        if not hmac.compare_digest(self._mark.hex().encode(), parts[2]):
            raise _Fault("it is not what this force's key says was written here")
        return body

    def _take_row(self, row: _Row) -> None:
        if row.row is None:
            raise _Fault("the row was removed from the audit before this file was made")
        previous, digest = bytes.fromhex(row.previous), bytes.fromhex(row.digest)
        if self._header and self._header.holds == "chain":
            self._require_next(row.position, previous)
        if audit.following(previous, _canonical(row.row)) != digest:
            raise _Fault("the row was changed in the audit before this file was made")
        self._first = self._first or row.position
        self._place, self._rows = Place(row.position, digest), self._rows + 1

    def _require_next(self, position: int, previous: bytes) -> None:
        if self._rows == 0:
            if self._header and position != self._header.first:
                raise _Fault("the chain does not begin where the file says")
        elif (position, previous) != (self._place.position + 1, self._place.digest):
            raise _Fault("it does not follow from the row before it")

    def _end(self, trailer: _Trailer) -> None:
        head = Place(trailer.head.position, bytes.fromhex(trailer.head.digest))
        proved = hmac.compare_digest(audit.proof(self._keys, head).hex(), trailer.head.proof)
        if trailer.end != NAME or trailer.rows != self._rows or not proved:
            raise _Fault("it does not fit the lines before it")
        if self._header and self._header.holds == "chain" and self._place.position != self._header.last:
            raise _Fault("rows are missing before it")
        self.ended = True


def _canonical(row: list[str]) -> Canonical:
    *told, reason, detail = row
    return cast("Canonical", (*told, b64decode(reason, validate=True), detail.encode()))
