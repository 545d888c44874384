"""The registry of forces: national tables. The key of a force is read by those who serve it alone."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct
from sqlalchemy import String, func, literal_column, select, text, update

from trackmycrime.store.tables import Force
from trackmycrime.tx import NationalTx

type Stamp = tuple[UUID, str]  # its id, and which transaction has written it last


class ForceRow(Struct, frozen=True):
    """A force as the registry has it."""

    id: UUID
    slug: str
    name: str
    state: str
    version: int
    configuration: dict[str, object]


class KeyedForce(Struct, frozen=True):
    """A force and its wrapped key: for the processes that serve forces, never for the console."""

    row: ForceRow
    wrapped_key: bytes


class PartitionRow(Struct, frozen=True):
    """One table's partition of a force, as PostgreSQL's own statistics count it."""

    table: str
    rows: int
    size: int


_SHOWN = (Force.id, Force.slug, Force.name, Force.state, Force.version, Force.configuration)
_STAMPS = select(Force.slug, Force.id, literal_column("xmin::text", String)).order_by(Force.slug)
_PROVISION = text("select app.provision_force(:force, :slug, :name, :key, cast(:configuration as jsonb))")
_PARTITIONS = """
select parent.relname, coalesce(s.n_live_tup, 0), pg_total_relation_size(part.oid)
from pg_class part
join pg_inherits i on i.inhrelid = part.oid
join pg_class parent on parent.oid = i.inhparent
left join pg_stat_all_tables s on s.relid = part.oid
where part.relnamespace = 'part'::regnamespace and part.relname = parent.relname || '__' || $1
order by parent.relname
"""


async def stamps(tx: NationalTx) -> dict[str, Stamp]:
    """Return every force by slug, each with what changes whenever anything of it does; a hundredth of the configurations' size."""
    return {slug: (force_id, written) for slug, force_id, written in await tx.session.execute(_STAMPS)}


async def keyed(tx: NationalTx, slugs: Sequence[str]) -> list[KeyedForce]:
    """Return the forces with these slugs, each with its wrapped key."""
    found = await tx.session.execute(select(*_SHOWN, Force.wrapped_key).where(Force.slug.in_(slugs)))
    return [KeyedForce(ForceRow(*row[:6]), row[6]) for row in found]


async def listed(tx: NationalTx) -> list[ForceRow]:
    """Return every force by slug, as the console may see it."""
    found = await tx.session.execute(select(*_SHOWN).order_by(Force.slug))
    return [ForceRow(*row) for row in found]


async def by_slug(tx: NationalTx, slug: str) -> ForceRow | None:
    """Return a force, or None."""
    row = (await tx.session.execute(select(*_SHOWN).where(Force.slug == slug))).first()
    return ForceRow(*row) if row else None


async def provision(tx: NationalTx, force: ForceRow, wrapped_key: bytes, configuration: str) -> None:
    """Enter a force in the registry and make its partitions, as the one role that may."""
    values = {
        "force": force.id,
        "slug": force.slug,
        "name": force.name,
        "key": wrapped_key,
        "configuration": configuration,
    }
    await tx.session.execute(_PROVISION, values)


async def publish(tx: NationalTx, force: ForceRow) -> bool:
    """Replace a force's configuration by the next version; False when somebody else has published that one."""
    newer = {"name": force.name, "state": force.state, "version": force.version, "configuration": force.configuration}
    last = update(Force).where(Force.id == force.id, Force.version == force.version - 1)
    found = await tx.session.execute(last.values(**newer, updated_at=func.now()).returning(Force.id))
    return found.first() is not None


async def partitions(tx: NationalTx, slug: str) -> Sequence[PartitionRow]:
    """Return the partitions of a force with their estimated rows and their size in bytes, indexes included."""
    found = await tx.driver.fetch(_PARTITIONS, slug.replace("-", "_"))
    return [PartitionRow(*row) for row in found]
