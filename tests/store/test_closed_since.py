"""Cases that were closed before the service kept since when: the migration says it of each, and of no open one."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from trackmycrime.cli.embedded import throwaway
from trackmycrime.store import migrate

CASE = """
insert into app.case (force_id, id, reference, folded_reference, known, offence_code, offence_title, offence_group, risky,
                      tracked, released, stage, closed, orders)
values (%s, %s, %s, %s, true, '', '', 'other', false, true, true, 'recorded', %s, %s::jsonb)
"""
CLOSED = '{"closed": [0, "2026-03-04T05:06:07.000000", "E1"]}'


def test_a_case_that_is_closed_already_learns_since_when(tmp_path: Path) -> None:
    force, closed, reopened = uuid4(), uuid4(), uuid4()
    with throwaway(tmp_path) as server:
        migrator = migrate.commands(server.url("migrator"))
        migrator.upgrade("0004")
        with psycopg.connect(server.admin_url("trackmycrime"), autocommit=True) as admin:
            admin.execute("select app.provision_force(%s, 'old', 'Old Police', '', '{}')", (force,))
            for case, number, is_closed in ((closed, "1", True), (reopened, "2", False)):
                admin.execute(CASE, (force, case, number, number, is_closed, CLOSED))
        migrator.upgrade("head")
        with psycopg.connect(server.admin_url("trackmycrime")) as admin:
            known: dict[UUID, datetime | None] = dict(admin.execute("select id, closed_at from app.case").fetchall())
            (forced,) = admin.execute(
                "select relforcerowsecurity from pg_class where oid = 'app.case'::regclass"
            ).fetchone() or (None,)
            admin.execute("insert into app.step select %s, %s, %s, 'E1', 'closed', '', now()", (force, uuid4(), closed))
    assert known == {closed: datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC), reopened: None}
    assert forced is True
