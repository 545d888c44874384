"""The embedded PostgreSQL: private, prepared as production is, and careful with folders that are not its own."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from trackmycrime.cli.embedded import EmbeddedPostgres, throwaway
from trackmycrime.settings import Role


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with throwaway(tmp_path_factory.mktemp("embedded")) as postgres:
        yield postgres


def test_every_role_signs_in_and_is_nothing_special(postgres: EmbeddedPostgres) -> None:
    for role in Role:
        with psycopg.connect(postgres.url(role)) as connection:
            row = connection.execute(
                "select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolinherit from pg_roles"
                " where rolname = current_user"
            ).fetchone()
        assert row == (role.user, False, False, False, False, False)


def test_only_the_owner_makes_tables_and_only_the_migrator_becomes_it(postgres: EmbeddedPostgres) -> None:
    for role in (Role.APP, Role.CONSOLE, Role.PROVISIONER):
        for schema in ("public", "app", "part", "queue"):
            with psycopg.connect(postgres.url(role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"create table {schema}.mine (id int)".encode())
        with psycopg.connect(postgres.url(role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("set role tmc_owner")
    with psycopg.connect(postgres.url(Role.MIGRATOR)) as connection:
        connection.execute("set role tmc_owner")
        connection.execute("create temporary table mine (id int)")


def test_the_web_plans_for_the_force_in_hand_and_gives_up_in_time(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.url(Role.APP)) as connection:
        values = connection.execute(
            "select current_setting('plan_cache_mode'), current_setting('statement_timeout'),"
            " current_setting('idle_in_transaction_session_timeout')"
        ).fetchone()
    assert values == ("force_generic_plan", "15s", "30s")


def test_the_database_sorts_the_same_everywhere(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.url(Role.APP)) as connection:
        row = connection.execute(
            "select datlocprovider, datlocale, pg_encoding_to_char(encoding), pg_get_userbyid(datdba)"
            " from pg_database where datname = current_database()"
        ).fetchone()
    assert row == ("b", "C.UTF-8", "UTF8", "tmc_owner")


def test_preparing_it_again_changes_nothing(postgres: EmbeddedPostgres) -> None:
    postgres.bootstrap()
    with psycopg.connect(postgres.url(Role.APP)) as connection:
        assert connection.execute("select current_user").fetchone() == ("tmc_app",)


def test_passwords_are_asked_for_differ_and_are_kept_to_ourselves(postgres: EmbeddedPostgres) -> None:
    passwords = postgres.home.passwords()
    assert len(set(passwords.values())) == len(Role) + 1
    assert stat.S_IMODE((postgres.home.path / "secrets.json").stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    wrong = postgres.url(Role.APP).replace(passwords[Role.APP], passwords[Role.CONSOLE])
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_it_listens_on_a_private_socket_alone(postgres: EmbeddedPostgres) -> None:
    with psycopg.connect(postgres.admin_url()) as connection:
        assert connection.execute("select current_setting('listen_addresses')").fetchone() == ("",)
    assert stat.S_IMODE(postgres.place.sockets.stat().st_mode) == stat.S_IRWXU


def test_a_closed_folder_above_it_stays_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    parents = [closed, *closed.parents]
    before = [(folder.stat().st_mode, folder.stat().st_uid) for folder in parents]

    with throwaway(closed / "clone" / "home") as postgres, psycopg.connect(postgres.url(Role.APP)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)

    assert [(folder.stat().st_mode, folder.stat().st_uid) for folder in parents] == before


def test_a_pid_file_that_names_another_process_is_cleared_away(tmp_path: Path) -> None:
    with throwaway(tmp_path / "home") as postgres:
        postgres.stop()
        pid_file = postgres.place.data / "postmaster.pid"
        pid_file.write_text(f"{os.getppid()}\n{postgres.place.data}\n")
        postgres.place.own(pid_file)
        postgres.start()
        with psycopg.connect(postgres.url(Role.APP)) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
