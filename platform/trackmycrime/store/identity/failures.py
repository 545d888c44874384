"""Failed guesses, counted in hourly and daily windows by an atomic upsert."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx


class Count(Struct, frozen=True):
    """Failures of one bucket in its present window."""

    bucket: bytes
    failures: int


_COUNTS = """
select f.bucket, f.failures from app.failure f
join unnest($2::bytea[], $3::timestamptz[]) as asked(bucket, window_start)
  on f.bucket = asked.bucket and f.window_start = asked.window_start
where f.force_id = $1
"""
_ADD = """
insert into app.failure (force_id, id, bucket, window_start, failures)
select $1, id, bucket, window_start, 1 from unnest($2::uuid[], $3::bytea[], $4::timestamptz[]) as t(id, bucket, window_start)
on conflict (force_id, bucket, window_start) do update set failures = app.failure.failures + 1
returning (failures = 1)
"""
_SWEEP = "delete from app.failure where force_id = $1 and window_start < now() - $2::interval"


async def counts(tx: ForceTx, windows: Sequence[tuple[bytes, datetime]]) -> dict[bytes, int]:
    """Return the failures of each bucket in its window; a bucket without any is not there."""
    buckets, starts = [bucket for bucket, _ in windows], [start for _, start in windows]
    return {count.bucket: count.failures for count in await tx.all(Count, _COUNTS, buckets, starts)}


async def add(tx: ForceTx, windows: Sequence[tuple[bytes, datetime]]) -> list[bool]:
    """Count one failure in each bucket; for each, say whether it was the first of its window."""
    ordered = sorted(windows)  # always the same order: two failures at once cannot wait for each other
    fresh = await tx.many(_ADD, [(ids.new(), bucket, start) for bucket, start in ordered])
    first = dict(zip(ordered, fresh, strict=True))
    return [first[window] for window in windows]


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Forget windows that can no longer matter."""
    return await tx.run(_SWEEP, older)
