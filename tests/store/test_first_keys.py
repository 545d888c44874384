"""The migration to several keys for each client: what a client had before is its first secret."""

from pathlib import Path
from uuid import uuid4

import psycopg

from trackmycrime.cli.embedded import throwaway
from trackmycrime.store import migrate

CLIENT = """
insert into app.client (force_id, id, client_id, name, secret_hash, active) values (%s, %s, 'old-1', 'Old', %s, true)
"""
KEYS = "select client_id, kind, secret_hash, ends_at from app.client_key"
FORCED = "select relforcerowsecurity from pg_class where oid in ('app.client'::regclass, 'app.client_key'::regclass)"


def test_a_client_keeps_its_secret_and_all_that_it_may_do(tmp_path: Path) -> None:
    force, client = uuid4(), uuid4()
    with throwaway(tmp_path) as server:
        migrator = migrate.commands(server.url("migrator"))
        migrator.upgrade("0014")
        with psycopg.connect(server.admin_url("trackmycrime"), autocommit=True) as admin:
            admin.execute("select app.provision_force(%s, 'old', 'Old Police', '', '{}')", (force,))
            admin.execute(CLIENT, (force, client, b"hash"))
        migrator.upgrade("head")
        with psycopg.connect(server.admin_url("trackmycrime")) as admin:
            keys, may = admin.execute(KEYS).fetchall(), admin.execute("select may from app.client").fetchall()
            forced = admin.execute(FORCED).fetchall()
    assert keys == [(client, "secret", b"hash", None)]
    assert may == [(["send", "collect", "read"],)]
    assert forced == [(True,), (True,)]
