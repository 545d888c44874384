"""A force's draft of its configuration, and the versions that it has published."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class CurrentRow(Struct, frozen=True):
    """The configuration that is used now."""

    number: int
    content: str


class DraftRow(Struct, frozen=True):
    """What is changed and not published yet, None for nothing: by whom last, when, and the how manieth change that was.

    Publishing and giving up are changes too. `led_by` says who last wrote each text that leads somewhere.
    """

    content: str | None
    revision: int
    changed_at: datetime
    changed_by: UUID
    name: str
    led_by: str


class VersionRow(Struct, frozen=True):
    """A published version. Without `published_by` it was the service or an operator; `why` is sealed.

    `content` is "" in a list: fifty directories of thousands of services are nothing to read for a list of days and names.
    """

    number: int
    content: str
    published_at: datetime
    published_by: UUID | None
    name: str
    why: bytes | None


_CURRENT = "select version, configuration::text from app.force where id = $1"
_DRAFT = """
select d.content::text, d.revision, d.changed_at, d.changed_by, s.name, d.led_by::text
from app.configuration_draft d join app.staff s on s.force_id = $1 and s.id = d.changed_by
where d.force_id = $1
"""
_BEGIN = """
insert into app.configuration_draft (force_id, id, content, led_by, revision, changed_by)
values ($1, $2, $3::text::jsonb, $4::text::jsonb, 1, $5) on conflict (force_id) do nothing
"""
_CHANGE = """
update app.configuration_draft set content = $2::text::jsonb, led_by = $3::text::jsonb, revision = revision + 1,
changed_by = $4, changed_at = now() where force_id = $1 and revision = $5
"""
# Whose draft it is stays as it was: they did not do this.
_CARRY_OVER = """
update app.configuration_draft set content = $2::text::jsonb, revision = revision + 1 where force_id = $1 and revision = $3
"""
_PUBLISH = "select app.publish_configuration($1, $2, $3::text::jsonb, $4)"
_ADD = """
insert into app.configuration_version (force_id, id, number, content, published_by, why)
values ($1, $2, $3, $4::text::jsonb, $5, $6) on conflict (force_id, number) do nothing
"""
_VERSIONS = """
select v.number, case when $2::int is null then '' else v.content::text end, v.published_at, v.published_by, coalesce(s.name, ''), v.why
from app.configuration_version v left join app.staff s on s.force_id = $1 and s.id = v.published_by
where v.force_id = $1 and ($2::int is null or v.number = $2)
  and v.number <= (select f.version from app.force f where f.id = $1) order by v.number desc limit $3
"""


async def current(tx: ForceTx) -> CurrentRow:
    """Return what is used now: a process's own copy of it may be two seconds old."""
    found = await tx.one(CurrentRow, _CURRENT)
    if found is None:
        raise LookupError
    return found


async def draft(tx: ForceTx) -> DraftRow | None:
    """Return the draft, if there ever was one."""
    return await tx.one(DraftRow, _DRAFT)


async def save(
    tx: ForceTx, content: dict[str, object] | None, revision: int, *, led_by: Mapping[str, UUID] | None = None
) -> bool:
    """Save the draft after the change that was seen, 0 for none; False when there is another by now. None empties it."""
    text = msgspec.json.encode(content).decode() if content else None
    led = msgspec.json.encode(led_by or {}).decode()
    if revision:
        return await tx.run(_CHANGE, text, led, tx.actor.id, revision) == 1
    return await tx.run(_BEGIN, ids.new(), text, led, tx.actor.id) == 1


async def carry_over(tx: ForceTx, content: dict[str, object], revision: int) -> bool:
    """Replace what is in the draft; False when somebody has changed it meanwhile."""
    return await tx.run(_CARRY_OVER, msgspec.json.encode(content).decode(), revision) == 1


async def publish(tx: ForceTx, name: str, content: dict[str, object], number: int) -> bool:
    """Make a configuration the one that is used; False when another one has that number by now."""
    return bool(await tx.value(_PUBLISH, name, msgspec.json.encode(content).decode(), number))


async def add(
    tx: ForceTx, number: int, content: dict[str, object], *, by: UUID | None = None, why: bytes | None = None
) -> None:
    """Write a version down; one that is written down already stays as it is."""
    await tx.run(_ADD, ids.new(), number, msgspec.json.encode(content).decode(), by, why)


async def versions(tx: ForceTx, *, number: int | None = None, limit: int = 50) -> list[VersionRow]:
    """Return the versions, newest first, without what they say, or the one of this number with it."""
    return await tx.all(VersionRow, _VERSIONS, number, limit)
