"""What dies is started again, and whatever ends the supervisor, nothing of the service is left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from trackmycrime.cli.embedded import EmbeddedPostgres, attach
from trackmycrime.cli.home import NotRunning
from trackmycrime.settings import Settings

type Below = Callable[[int], set[int]]
type Service = subprocess.Popen[str]
type WaitFor = Callable[[Callable[[], object]], None]

STAND_IN = Path(__file__).with_name("stand_in.py")
WEB_WORKER_AND_POSTMASTER = 3


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings.from_environment({"TRACKMYCRIME_HOME": str(tmp_path / "home")})
    yield settings
    EmbeddedPostgres(settings.home).discard()


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    with _begin(settings) as service:
        yield service
        with suppress(ProcessLookupError):
            service.kill()


def _begin(settings: Settings) -> Service:
    command = (sys.executable, str(STAND_IN), str(settings.home))
    service = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert service.stdout
    assert service.stdout.readline() == "ready\n"
    return service


def _postmaster(settings: Settings) -> int:
    pid_file = EmbeddedPostgres(settings.home).place.data / "postmaster.pid"
    try:
        return int(pid_file.read_text().split("\n")[0])
    except FileNotFoundError:  # between two lives of the database
        return 0


def _select(settings: Settings, query: sql.SQL) -> object:
    try:
        with closing(psycopg.connect(attach(settings).database_url_for("queue"), autocommit=True)) as connection:
            cursor = connection.execute(query)
            return cursor.fetchone() if cursor.description else ()
    except psycopg.OperationalError:
        return None


def test_a_killed_database_is_started_again_with_its_data(
    settings: Settings, service: Service, wait_for: WaitFor
) -> None:
    assert service.poll() is None
    assert _select(settings, sql.SQL("create table kept as select 7 as number")) == ()
    before = _postmaster(settings)

    os.kill(before, signal.SIGKILL)

    wait_for(lambda: _postmaster(settings) != before and _select(settings, sql.SQL("select 1")))
    assert _select(settings, sql.SQL("select number from kept")) == (7,)
    assert service.poll() is None


def test_a_killed_part_is_started_again(service: Service, descendants: Below, wait_for: WaitFor) -> None:
    sleepers = {pid for pid in descendants(service.pid) if _is_sleeper(pid)}
    killed = min(sleepers)

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: len({pid for pid in descendants(service.pid) if _is_sleeper(pid)} - {killed}) == len(sleepers))


def test_nothing_outlives_a_killed_supervisor_and_the_next_one_starts_at_once(
    settings: Settings, service: Service, descendants: Below, is_alive: Callable[[int], bool], wait_for: WaitFor
) -> None:
    family = descendants(service.pid)
    assert len(family) >= WEB_WORKER_AND_POSTMASTER

    service.kill()
    with _begin(settings) as following:
        wait_for(lambda: not any(is_alive(pid) for pid in family))
        assert _select(settings, sql.SQL("select 1")) == (1,)
        following.terminate()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_stops_everything_within_ten_seconds(
    settings: Settings, service: Service, descendants: Below, is_alive: Callable[[int], bool], sign: signal.Signals
) -> None:
    family = descendants(service.pid)

    service.send_signal(sign)

    assert service.wait(timeout=10) == 0
    assert not any(is_alive(pid) for pid in family)
    with pytest.raises(NotRunning, match="make run"):
        attach(settings)


def _is_sleeper(pid: int) -> bool:
    with suppress(OSError):
        return b"time.sleep" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
