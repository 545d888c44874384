"""Plans made once lock what they might need: there must be room for it when every connection makes one at the same moment."""

import argparse

import asyncpg
import pytest

from tests.cast import ALICE, World
from trackmycrime.cli import migrate as command
from trackmycrime.cli.embedded import LOCKS, EmbeddedPostgres
from trackmycrime.domain.identity import sessions
from trackmycrime.kit.actor import Actor, Kind
from trackmycrime.settings import Settings
from trackmycrime.store import migrate
from trackmycrime.store.cases import timeline

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORCES, CONNECTIONS = 46, 48  # every force, and two web workers and a worker with all their connections
_HELD = "select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = 'trackmycrime'"


async def test_every_connection_may_plan_a_page_at_the_same_moment(world: World, postgres: EmbeddedPostgres) -> None:
    browser = world.browser("avonside")
    await browser.sign_in(ALICE)
    cookie = browser.http.cookies["__Host-session"]
    door = world.registry.door(await world.force("avonside"))
    administrator = await asyncpg.connect(postgres.admin_url("trackmycrime"))
    tx = door.begin(Actor(Kind.VICTIM))
    try:
        before = await administrator.fetchval(_HELD)
        session = await sessions.find(tx, cookie)
        assert session is not None
        assert session.followed is not None
        await timeline.for_staff(tx, session.followed.id, session.actor.id, 21, 0)
        held = await administrator.fetchval(_HELD) - before
        for_each = held / len(await world.registry.all())
        room = await administrator.fetchval(
            "select current_setting('max_locks_per_transaction')::int * current_setting('max_connections')::int"
        )
    finally:
        await tx.close()
        await administrator.close()
    assert for_each > 5, "a plan made once locks every partition: otherwise this says nothing"
    assert for_each * FORCES * CONNECTIONS < room


async def test_a_server_with_little_room_is_told_of(
    postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert migrate.locks(postgres.url("migrator")) == LOCKS
    monkeypatch.setattr(migrate, "upgrade", lambda _url: None)
    monkeypatch.setattr(command, "attach", lambda settings: settings)
    settings = Settings.from_environment({"TRACKMYCRIME_DATABASE_URL": postgres.url("migrator")})
    assert command.run(argparse.Namespace(json=False), settings) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(migrate, "locks", lambda _url: 64)
    assert command.run(argparse.Namespace(json=False), settings) == 0
    assert "max_locks_per_transaction = 64" in capsys.readouterr().err
