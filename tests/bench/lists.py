"""What long lists cost: pages of a force with few staff and services, and with 10,000 staff and 5,000 services.

    .venv/bin/python -m tests.bench.lists        # two minutes

The same process serves both, one after the other. Not part of `make bench`.
"""

import json
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path

import psycopg
from msgspec import structs

from tests.bench import people
from tests.bench.load import Plan, measure
from tests.bench.people import HUB, READ, in_world
from tests.bench.stage import Stage, analyse, migrated, service
from tests.bench.visitor import Visitor, at, employee_at, victim_at
from tests.cast import Employee, World
from trackmycrime.cli.embedded import DATABASE
from trackmycrime.domain.tenancy.configuration import SupportService
from trackmycrime.kit.actor import service as by_itself
from trackmycrime.settings import Role

STAFF, SERVICES = 10_000, 5_000
_ROUNDS, _CLIENTS = 2, 4
_ADMIN = Employee("Ada Ash", "admin", "ada@benchford.example.org")
_EMPLOY = """
insert into app.staff (force_id, id, email, name, title, unit, role, active, ordering)
select f.id, uuidv7(), 'staff' || n || '@benchford.example.org', 'Staff Member ' || n, 'PC', 'Unit ' || n %% 60, 'officer', true, '{}'
from app.force f, generate_series(1, %s::int) n where f.slug = %s
"""


def main() -> None:
    """Measure with few, then with many, and print both with their ratio."""
    with tempfile.TemporaryDirectory() as folder, migrated(Path(folder)) as stage:
        clients = people.arrive(stage)
        in_world(stage, lambda world: world.hire(READ, _ADMIN))
        with service(stage) as web:
            there = people.populate(stage, clients)
            admin = employee_at(stage.settings, READ, _ADMIN)
            asked = {
                ("messages", "/messages"): victim_at(stage.settings, READ, there.readers[0]),
                ("support", "/support"): at(stage.settings, READ),
                ("inbox", "/staff/inbox"): employee_at(stage.settings, READ, HUB),
                **{(path, path): admin for path in ("/admin", "/admin/settings", "/admin/staff", "/admin/support")},
            }
            few = {name: _best(stage, web, visitor, path) for (name, path), visitor in asked.items()}
            _grow(stage)
            many = {name: _best(stage, web, visitor, path) for (name, path), visitor in asked.items()}
    _tell(few, many)


def _best(stage: Stage, web: int, visitor: Visitor, path: str) -> float:
    """Return the best round's right answers for each second that web and database worked."""
    visitor.get(path)  # what is new to somebody is new once
    page = visitor.get(path)
    plan = Plan(
        port=stage.settings.port,
        requests=[visitor.raw("GET", path)] * _CLIENTS,
        status=HTTPStatus.OK,
        marker=b"</html>",
        length=len(page.body),
        spread=200,
        web=web,
        database=stage.database_pid,
        clients=_CLIENTS,
        warm_up=1.0,
        seconds=2.0,
    )
    found = [measure(plan) for _ in range(_ROUNDS)]
    if any(one.wrong for one in found):
        raise LookupError(found[0].first_wrong)
    return max(one.per_cpu_second for one in found)


def _grow(stage: Stage) -> None:
    with psycopg.connect(stage.postgres.url(Role.MIGRATOR, DATABASE)) as connection:
        connection.execute("set role tmc_owner")
        connection.execute("alter table app.staff no force row level security")
        connection.execute(_EMPLOY, (STAFF, READ))
        connection.execute("alter table app.staff force row level security")
    in_world(stage, _published)
    analyse(stage, DATABASE)


async def _published(world: World) -> None:
    force = await world.force(READ)
    services = tuple(
        SupportService(
            name=f"Service {n}", helps_with=f"Help of kind {n % 90}", who_for="Anyone", phone="0808 157 0000"
        )
        for n in range(SERVICES)
    )
    await world.onboarding.publish(by_itself("bench"), structs.replace(force.configuration, support=services))


def _tell(few: dict[str, float], many: dict[str, float]) -> None:
    lines = [f"{'page':<16} {'few':>8} {'many':>8} {'ratio':>6}   requests per CPU-second"]
    lines += [f"{name:<16} {few[name]:>8,.0f} {many[name]:>8,.0f} {few[name] / many[name]:>6.2f}" for name in few]
    sys.stdout.write("\n".join(lines) + "\n" + json.dumps({"few": few, "many": many}) + "\n")


if __name__ == "__main__":
    main()
