"""Ten thousand events in one batch over HTTP, everything applied; beside raw COPY of as many rows."""

import asyncio
import time
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import msgspec
import psycopg
from msgspec import Struct

from tests.bench import proc
from tests.bench.people import POURED, TEXT, victims
from tests.bench.record_system import Client, send, token
from tests.bench.stage import Stage
from tests.bench.visitor import at
from tests.cast import crime, event
from trackmycrime.cli.embedded import DATABASE

_CRIMES, _UPDATES_EACH = 2000, 4
EVENTS = _CRIMES * (1 + _UPDATES_EACH)
# What each batch has to leave behind: every table, and how many rows at least.
_LEFT = {"case": _CRIMES, "timeline_entry": EVENTS - _CRIMES, "event": EVENTS, "notification": _CRIMES, "audit": EVENTS}
_COPIED = """
create table if not exists public.bench_copied (
    force_id uuid, id uuid, source_id text, digest bytea, type text, case_id uuid, state text, reason text, content bytea,
    backfill boolean, happened_at timestamptz, primary key (force_id, id))
"""


class Poured(Struct, frozen=True):
    """What one batch took, and what it left."""

    per_second: float
    per_cpu_second: float
    copied_per_second: float
    left: dict[str, int]


def pour(stage: Stage, web: int, client: Client, number: int) -> Poured:
    """Send a fresh batch. Raises LookupError when not all of it was applied."""
    visitor = at(stage.settings, POURED)
    lines = msgspec.json.Encoder().encode_lines(batch(f"B{number}"))
    access_token = token(visitor, client)
    before, cpu, began = _rows(stage), _cpu(stage, web), time.perf_counter()
    send(visitor, access_token, lines, EVENTS)
    took, used, after = time.perf_counter() - began, _cpu(stage, web) - cpu, _rows(stage)
    left = {table: after[table] - before[table] for table in _LEFT}
    if any(left[table] < wanted for table, wanted in _LEFT.items()):
        message = f"a batch left {left}, but it should have left {_LEFT}"
        raise LookupError(message)
    return Poured(EVENTS / took, EVENTS / used, EVENTS / asyncio.run(_copy(stage)), left)


def batch(mark: str) -> list[dict[str, object]]:
    """Return a batch: crimes that nobody knows yet, and updates on each."""
    people = victims(_CRIMES, mark)
    recorded = [crime(victim.reference, [victim.as_event()]) for victim in people]
    updates = [
        event("update.published", victim.reference, text=TEXT.format(number=f"{number:02d}"))
        for victim in people
        for number in range(_UPDATES_EACH)
    ]
    return [*recorded, *updates]


def _cpu(stage: Stage, web: int) -> float:
    return proc.cpu_seconds(web) + proc.cpu_seconds(stage.database_pid)


def _rows(stage: Stage) -> dict[str, int]:
    with psycopg.connect(stage.postgres.admin_url(DATABASE)) as connection:
        found = (connection.execute(f'select count(*) from app."{table}"'.encode()).fetchone() for table in _LEFT)
        return {table: row[0] if row else 0 for table, row in zip(_LEFT, found, strict=True)}


async def _copy(stage: Stage) -> float:
    """Return the seconds in which PostgreSQL takes as many rows like those of the events, and nothing else is done."""
    connection = await asyncpg.connect(stage.postgres.admin_url(DATABASE))
    try:
        await connection.execute(_COPIED)
        force, now, content = uuid4(), datetime.now(UTC), TEXT.encode() * 2
        rows = [
            (force, uuid4(), uuid4().hex, bytes(32), "update.published", uuid4(), "applied", "", content, False, now)
            for _ in range(EVENTS)
        ]
        began = time.perf_counter()
        await connection.copy_records_to_table("bench_copied", schema_name="public", records=rows)
        return time.perf_counter() - began
    finally:
        await connection.close()
