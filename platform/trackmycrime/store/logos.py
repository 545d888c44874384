"""The pictures that a force's settings name, by their SHA-256."""

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class LogoRow(Struct, frozen=True):
    """A picture, and how many pixels there were to see in the file that it was made of."""

    image: bytes
    came_width: int
    came_height: int


_KEEP = """
insert into app.logo (force_id, id, digest, image, came_width, came_height) values ($1, $2, $3, $4, $5, $6)
on conflict (force_id, digest) do update set kept_at = now()
"""
_CHOOSE = "update app.logo set kept_at = now() where force_id = $1 and digest = $2"
_ONE = "select image, came_width, came_height from app.logo where force_id = $1 and digest = $2"
_SEEN_BY_ALL = f"{_ONE} and published_at is not null"
_PUBLISH = "update app.logo set published_at = coalesce(published_at, now()) where force_id = $1 and digest = $2"
# Whoever saves a draft that names a picture has touched its row in the same transaction: a day is longer than any of those.
_SWEEP = """
delete from app.logo l where l.force_id = $1 and l.published_at is null and l.kept_at < now() - interval '1 day'
  and not exists (select from app.configuration_draft d where d.force_id = $1 and d.content -> 'brand' ->> 'logo' = l.digest)
"""


async def keep(tx: ForceTx, digest: str, logo: LogoRow) -> None:
    """Keep a picture; one that is there already stays as it is."""
    await tx.run(_KEEP, ids.new(), digest, logo.image, logo.came_width, logo.came_height)


async def choose(tx: ForceTx, digest: str) -> bool:
    """Note that a picture was chosen just now; False when it is not there."""
    return await tx.run(_CHOOSE, digest) == 1


async def one(tx: ForceTx, digest: str) -> LogoRow | None:
    """Return a picture, whether it was ever published or not."""
    return await tx.one(LogoRow, _ONE, digest)


async def seen_by_all(tx: ForceTx, digest: str) -> LogoRow | None:
    """Return a picture that a published version names, or once named."""
    return await tx.one(LogoRow, _SEEN_BY_ALL, digest)


async def publish(tx: ForceTx, digest: str) -> None:
    """Note that a published version names a picture."""
    await tx.run(_PUBLISH, digest)


async def sweep(tx: ForceTx) -> int:
    """Remove what was never published and no draft names, a day after it was chosen last; return how many."""
    return await tx.run(_SWEEP)
