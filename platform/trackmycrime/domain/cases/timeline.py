"""What is said on a case: sealed under the case's key, read by an explicit audience."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct, structs

from trackmycrime.domain import feed
from trackmycrime.domain.cases import notices
from trackmycrime.domain.cases.access import Case
from trackmycrime.domain.feed import Fact
from trackmycrime.kit import ids
from trackmycrime.kit.actor import Kind
from trackmycrime.kit.sealing import Key
from trackmycrime.kit.time import now
from trackmycrime.kit.words import language
from trackmycrime.store.cases import timeline as rows
from trackmycrime.store.cases.timeline import EntryRow, NewEntry, ReadRow
from trackmycrime.tx import ForceTx

PAGE = 20
_ALL = 1_000_000
_DRAFT = "draft"  # how the store calls what was begun and not sent, among what was said


class EntryKind(StrEnum):
    """What sort of entry it is."""

    UPDATE = "update"
    MESSAGE = "message"
    REPLY = "reply"
    NOTICE = "notice"
    NOTE = "note"


class Audience(StrEnum):
    """Who may read an entry: everybody on the case, named people, or staff alone."""

    EVERYONE = "everyone"
    NAMED = "named"
    STAFF = "staff"


# Looked up for each entry of each page: asking the class itself takes ten times as long.
_KINDS = {kind.value: kind for kind in EntryKind}
_AUDIENCES = {audience.value: audience for audience in Audience}


class Draft(Struct, frozen=True, kw_only=True):
    """An entry before it is sealed. `to` names who may read it; nobody named means everyone or staff, as `audience` says."""

    kind: EntryKind
    text: str
    topic: str = ""
    audience: Audience = Audience.NAMED
    to: tuple[UUID, ...] = ()
    author_kind: str
    author_id: UUID | None = None
    author_name: str = ""
    language: str = "en"
    happened_at: datetime
    event_id: str | None = None


class Entry(Struct, frozen=True):
    """An entry that its reader may read; `to` is told to staff alone."""

    id: UUID
    kind: EntryKind
    audience: Audience
    to: tuple[UUID, ...]
    author_kind: str
    author_id: UUID | None
    author_name: str
    text: str
    language: str
    happened_at: datetime
    unread: bool
    read_by: str
    read_at: datetime | None


class Shown(Struct, frozen=True):
    """A page of a case's timeline: whether older entries follow, and what its reader has begun to write ("" for nothing)."""

    entries: list[Entry]
    more: bool
    begun: str


def place(entry_id: UUID) -> bytes:
    """Return the place that an entry's text is bound to."""
    return b"entry " + entry_id.bytes


def sealed(key: Key, case_id: UUID, draft: Draft) -> NewEntry:
    """Return the entry of a draft, its text sealed under the case's key."""
    entry_id = ids.new()
    return NewEntry(
        entry_id,
        case_id,
        draft.kind,
        draft.topic,
        draft.audience,
        draft.to,
        draft.author_kind,
        draft.author_id,
        draft.author_name,
        key.seal(draft.text.encode(), place(entry_id)),
        draft.language,
        draft.happened_at,
        draft.event_id,
    )


class SaidAlready(Exception):
    """The same form was sent before, and what it says is there: whoever sent it again gets the answer that was lost."""


async def say(tx: ForceTx, case: Case, draft: Draft, *, once: str = "") -> UUID:
    """Write one entry on a case and return its id. `once` is the form's own; SaidAlready when it said the same before."""
    entry = sealed(case.key(tx), case.id, draft)
    if not await rows.add(tx, [structs.replace(entry, once=_once(tx, draft, once))]):
        raise SaidAlready
    return entry.id


def _once(tx: ForceTx, draft: Draft, once: str) -> bytes | None:
    """Return the mark of a form and of what it says: other words from a page that was left open are a new entry."""
    said = (once, draft.kind, draft.topic, str(draft.author_id), *sorted(map(str, draft.to)), draft.text)
    return tx.keys.sign("said once", "\0".join(said).encode()) if once else None


async def add(tx: ForceTx, entries: Sequence[NewEntry]) -> None:
    """Write entries of many cases at once."""
    await rows.add(tx, entries)


async def page(tx: ForceTx, case: Case, *, number: int = 1) -> Shown:
    """Return a page of what this actor may read on the case, newest first.

    What the reader sees for the first time is noted as read, and the other side is told so.
    """
    offset = (max(1, number) - 1) * PAGE
    ask = rows.for_person if tx.actor.kind is Kind.VICTIM else rows.for_staff
    found = await ask(tx, case.id, tx.actor.id, PAGE + 1, offset)
    begun = _begun(tx, case, found.pop()) if found and found[-1].kind == _DRAFT else ""
    entries = _entries(tx, case, found[:PAGE])
    await _note_as_read(tx, case, [entry.id for entry in entries if entry.unread])
    return Shown(entries, len(found) > PAGE, begun)


def draft_place(case_id: UUID, person_id: UUID) -> bytes:
    """Return the place that what somebody has begun to write on a case is bound to."""
    return b"draft " + case_id.bytes + person_id.bytes


def _begun(tx: ForceTx, case: Case, row: ReadRow) -> str:
    return case.key(tx).open(row.body or b"", draft_place(case.id, tx.actor.id)).decode()


async def whole(tx: ForceTx, case: Case) -> list[Entry]:
    """Return all that this victim may read on the case, newest first. A copy is no reading: nothing is noted as read."""
    found = await rows.for_person(tx, case.id, tx.actor.id, _ALL, 0)
    return _entries(tx, case, [row for row in found if row.kind != _DRAFT])


def _entries(tx: ForceTx, case: Case, found: Sequence[ReadRow]) -> list[Entry]:
    key, by_victim = case.key(tx), tx.actor.kind is Kind.VICTIM
    return [_entry(key, row, by_victim=by_victim) for row in found]


def _entry(key: Key, row: ReadRow, *, by_victim: bool) -> Entry:
    # What the record system sent is the force's own word, as what staff write is.
    from_me_side = (row.author_kind == Kind.VICTIM) is by_victim
    return Entry(
        row.id,
        _KINDS[row.kind],
        _AUDIENCES[row.audience],
        tuple(row.persons),
        row.author_kind,
        row.author_id,
        row.author_name,
        opened(key, row),
        language() if row.kind == EntryKind.NOTICE else row.language,
        row.happened_at,
        unread=row.read_at is None and not from_me_side,
        read_by=row.read_by or "",
        read_at=row.read_by_them_at,
    )


def opened(key: Key, row: EntryRow | ReadRow) -> str:
    """Return an entry's text; a notice is in the language of the moment."""
    text = key.open(row.body, place(row.id)).decode() if row.body is not None else ""
    return notices.said(row.topic, text) if row.kind == EntryKind.NOTICE else text


async def _note_as_read(tx: ForceTx, case: Case, entry_ids: Sequence[UUID]) -> None:
    victim = tx.actor.kind is Kind.VICTIM
    fresh = await rows.read(tx, entry_ids, tx.actor.id, tx.actor.kind, "" if victim else tx.actor.name)
    if victim and fresh:
        read: dict[str, object] = {"entries": [str(entry_id) for entry_id in fresh], "at": now().isoformat()}
        await feed.tell(tx, [Fact("update.read", case.id, tx.actor.id, detail=read)])


async def everything(tx: ForceTx, case_id: UUID) -> list[EntryRow]:
    """Return every entry of a case, oldest first, still sealed: for the force's own systems."""
    return await rows.everything(tx, case_id)
