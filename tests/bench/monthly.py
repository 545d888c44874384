"""What counting a force's figures costs: 100,000 cases reported over six months, their updates, messages, invitations and notices.

    .venv/bin/python -m tests.bench.monthly            # two minutes
    .venv/bin/python -m tests.bench.monthly 10000

Prints what each statement took, the whole count, and the page. Not part of `make bench`.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import psycopg

from tests.bench.stage import Stage, analyse, migrated
from tests.cast import configuration
from trackmycrime.cli.embedded import DATABASE
from trackmycrime.cli.service import Service, opened
from trackmycrime.domain import figures
from trackmycrime.domain.figures import Period, counting
from trackmycrime.kit.actor import service
from trackmycrime.settings import Role
from trackmycrime.store import figures as rows
from trackmycrime.tx import ForceDoor

_CLOCK = service("bench")
_TABLES = ("staff", "person", "case", "duty", "task", "invite", "account", "notification", "timeline_entry")
# When something of case n of all happened: spread over 180 days, and ids are as old as their rows.
_AT = "(now() - interval '180 days' * (1 - n::float8 / %(cases)s))"
_ID = f"uuidv7({_AT} - now())"
_ROWS = (
    """insert into app.staff (force_id, id, collar_number, name, title, unit, role, active, ordering)
       select %(force)s, uuidv7(), n::text, 'Officer ' || n, 'PC', 'Unit ' || n %% 40, '', true, '{}'
       from generate_series(0, 999) n""",
    f"""insert into app.case (force_id, id, reference, folded_reference, known, offence_code, offence_title, offence_group, risky,
                              tracked, released, reported_at, officer_id, stage, closed, orders, made_at)
        select %(force)s, {_ID}, 'MO/' || n, 'MO' || n, true, '', 'Theft', 'theft', false, true, true, {_AT},
               (select id from app.staff s where s.force_id = %(force)s and s.collar_number = (n %% 1000)::text),
               'investigation', false, '{{}}', {_AT}
        from generate_series(1, %(cases)s) n""",
    f"""insert into app.person (force_id, id, source_id, language, contact_by, ordering)
        select %(force)s, {_ID}, n::text, 'en', 'feed', '{{}}' from generate_series(1, %(cases)s) n""",
    """create temporary table whole on commit drop as
       select substr(c.folded_reference, 3)::int n, c.id as case_id, p.id as person_id, c.reported_at as at
       from app.case c join app.person p on p.force_id = c.force_id and p.source_id = substr(c.folded_reference, 3)
       where c.force_id = %(force)s""",
    """insert into app.duty (force_id, id, case_id, what, why, since, due_at, met_at)
       select %(force)s, uuidv7(w.at + turn * interval '25 days' - now()), w.case_id, 'regular_update', '',
              w.at + turn * interval '25 days', w.at + turn * interval '25 days' + interval '28 days',
              case when random() < 0.9 then w.at + (turn + 1) * interval '25 days' end
       from whole w, generate_series(0, 6) turn where w.at + turn * interval '25 days' < now()""",
    """insert into app.task (force_id, id, kind, subject, case_id, person_id, why, made_at, due_at, done_at, done_by)
       select %(force)s, uuidv7(w.at - now()), case when n %% 3 > 0 then 'message' else 'call_request' end, n::text, w.case_id,
              w.person_id, '[]', w.at, w.at, case when n %% 10 > 0 then w.at + interval '1 day' end, w.person_id
       from whole w""",
    """insert into app.timeline_entry (force_id, id, case_id, kind, topic, audience, persons, author_kind, author_name, language,
                                       happened_at, arrived_at)
       select %(force)s, uuidv7(w.at - now()), w.case_id, 'reply', '', 'named', array[w.person_id], 'staff', '', 'en',
              w.at + interval '1 day', w.at + interval '1 day' from whole w where n %% 10 > 0""",
    """insert into app.invite (force_id, id, person_id, case_id, state, tries_left, expires_at, made_at)
       select %(force)s, uuidv7(w.at - now()), w.person_id, w.case_id, 'used', 5, w.at, w.at from whole w""",
    """insert into app.account (force_id, id, person_id, password_hash, email_on, text_on, made_at)
       select %(force)s, uuidv7(w.at - now()), w.person_id, '', true, false, w.at + interval '1 day' from whole w where n %% 4 > 0""",
    """insert into app.notification (force_id, id, kind, channel, person_id, state, attempts, not_before, why, made_at, ended_at)
       select %(force)s, uuidv7(w.at - now() + turn * interval '1 second'), 'news', 'email', w.person_id,
              case when n %% 9 > 0 then 'sent' else 'dropped' end, 1, w.at, case when n %% 9 > 0 then '' else 'no_address' end,
              w.at, w.at
       from whole w, generate_series(1, 6) turn""",
)


def main(cases: int) -> None:
    """Build, count and tell."""
    with tempfile.TemporaryDirectory() as folder, migrated(Path(folder)) as stage:
        asyncio.run(_provision(stage))
        _grow(stage, cases)
        analyse(stage, DATABASE)
        sys.stdout.write(json.dumps(asyncio.run(_measure(stage))) + "\n")


async def _provision(stage: Stage) -> None:
    async with opened(stage.settings) as there:
        await there.onboarding.provision(_CLOCK, configuration("large", "Large Police"))


def _grow(stage: Stage, cases: int) -> None:
    with psycopg.connect(stage.postgres.url(Role.MIGRATOR, DATABASE)) as connection:
        connection.execute("set role tmc_owner")
        for how in ("no force", "force"):
            if how == "force":
                (force,) = connection.execute("select id from app.force").fetchone() or (None,)
                for statement in _ROWS:
                    connection.execute(statement.encode(), {"force": force, "cases": cases})
            for table in _TABLES:
                connection.execute(f'alter table app."{table}" {how} row level security'.encode())


async def _measure(stage: Stage) -> dict[str, float]:
    async with opened(stage.settings) as there:
        door = await _door(there)
        found = {"count": await _count(door), "count again": await _count(door)}
        for name, asked in (("page", Period.LAST), ("page of three months", Period.THREE)):
            began = time.perf_counter()
            async with door.open(_CLOCK) as tx:
                await figures.overview(tx, asked)
            found[f"{name}, ms"] = _since(began)
        return {**found, **await _statements(door)}


async def _door(there: Service) -> ForceDoor:
    (force,) = await there.registry.all()
    return there.registry.door(force)


async def _count(door: ForceDoor) -> float:
    began = time.perf_counter()
    async with door.open(_CLOCK) as tx:
        await counting.recount(tx)
    return _since(began)


async def _statements(door: ForceDoor) -> dict[str, float]:
    """Return what each statement of a count took, of what the count itself asked last."""
    taken: dict[str, float] = {}

    def timed[**P, R](name: str, asked: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        async def asking(*args: P.args, **kwargs: P.kwargs) -> R:
            began = time.perf_counter()
            found = await asked(*args, **kwargs)
            taken[f"{name}, ms"] = _since(began)
            return found

        return asking

    names = ("duties", "waits", "invites", "notices", "write")
    with ExitStack() as stack:
        for name in names:
            stack.enter_context(patch.object(rows, name, timed(name, getattr(rows, name))))
        await _count(door)
    return taken


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
