"""Failed guesses, counted in windows by an atomic upsert."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from trackmycrime.kit import ids
from trackmycrime.tx import ForceTx

type Window = tuple[bytes, datetime]
"""Which counter: whose bucket, and when its window began."""


class Count(Struct, frozen=True):
    """Failures of one bucket in its window."""

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
select $1, id, bucket, window_start, greatest($2::int, 0)
from unnest($3::uuid[], $4::bytea[], $5::timestamptz[]) as t(id, bucket, window_start)
on conflict (force_id, bucket, window_start) do update set failures = app.failure.failures + $2::int
returning bucket, failures
"""
_SWEEP = "delete from app.failure where force_id = $1 and window_start < now() - $2::interval"


async def counts(tx: ForceTx, windows: Sequence[Window]) -> dict[bytes, int]:
    """Return the failures of each bucket in its window; a bucket without any is not there."""
    buckets, starts = [bucket for bucket, _ in windows], [start for _, start in windows]
    return _by_bucket(await tx.all(Count, _COUNTS, buckets, starts))


async def add(tx: ForceTx, windows: Sequence[Window], *, number: int = 1) -> dict[bytes, int]:
    """Count `number` failures in each bucket, -1 to take one back, and return how many each has now."""
    ordered = sorted(windows)  # always the same order: two failures at once cannot wait for each other
    made = [ids.new() for _ in ordered]
    buckets, starts = [bucket for bucket, _ in ordered], [start for _, start in ordered]
    return _by_bucket(await tx.all(Count, _ADD, number, made, buckets, starts))


async def sweep(tx: ForceTx, older: timedelta) -> int:
    """Forget windows that can no longer matter."""
    return await tx.run(_SWEEP, older)


def _by_bucket(found: Sequence[Count]) -> dict[bytes, int]:
    return {count.bucket: count.failures for count in found}
