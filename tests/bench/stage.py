"""The service as production starts it: a durable PostgreSQL, the migrations, one web worker."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path

import psycopg
from msgspec import Struct

from tests.bench import proc
from tests.bench.visitor import Visitor
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.cli.home import Home
from trackmycrime.cli.run import command
from trackmycrime.kit.tether import tethered
from trackmycrime.settings import Settings

ROOT = Path(__file__).parents[2]
_START_SECONDS, _STOP_SECONDS = 60.0, 10.0
_SETTLE_SECONDS, _QUIET_SECONDS = 20.0, 0.5


class Stage(Struct, frozen=True):
    """What runs: the database, and in `home` the settings by which everybody finds it."""

    settings: Settings
    postgres: EmbeddedPostgres
    environment: dict[str, str]

    @property
    def database_pid(self) -> int:
        """The server that every backend descends from."""
        if self.postgres.process is None:
            raise LookupError
        return self.postgres.process.pid


@contextmanager
def migrated(folder: Path) -> Generator[Stage]:
    """Start a database of our own with the service's tables; it ends, and its data goes, with the block."""
    environment = {
        **os.environ,
        "PORT": str(free_port()),
        "TRACKMYCRIME_HOME": str(folder),
        "TRACKMYCRIME_WEB_WORKERS": "1",
    }
    settings, home = Settings.from_environment(environment), Home(folder)
    lock, postgres = home.claim(), EmbeddedPostgres(folder)
    try:
        postgres.start()
        postgres.bootstrap()
        home.announce(settings)
        subprocess.run(command("migrate"), env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield Stage(settings, postgres, environment)
    finally:
        postgres.discard()
        os.close(lock)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command_of(module: str) -> tuple[str, ...]:
    """Return the words that run one of our modules."""
    return sys.executable, "-m", module


@contextmanager
def serving(words: Sequence[str], environment: Mapping[str, str], port: int, path: str, log: Path) -> Generator[int]:
    """Run a web server until the block ends, and return its process id once it answers `path`."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            words,
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            preexec_fn=tethered(),  # noqa: PLW1509  one prctl, no lock, from the main thread
        )
    try:
        _wait_for(process, port, path, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if Visitor(port, f"127.0.0.1:{port}").get(path).status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"A server of the bench did not start:\n{log.read_text(errors='replace')[-2000:]}")


def analyse(stage: Stage, *databases: str) -> None:
    """Let PostgreSQL look at what the tables hold, as it does by itself within a minute or so."""
    for database in databases:
        with psycopg.connect(stage.postgres.admin_url(database), autocommit=True) as connection:
            connection.execute("vacuum analyze")


@contextmanager
def service(stage: Stage) -> Generator[int]:
    """Serve the pages with one web worker."""
    port, log = stage.settings.port, stage.settings.home / "serve.log"
    with serving([*command("serve")], stage.environment, port, "/health/liveness", log) as pid:
        yield pid


def settled_mib(server: int) -> float:
    """Return the memory of a server's only worker once it does nothing more: a password being looked at takes 46 MiB."""
    deadline, before = time.monotonic() + _SETTLE_SECONDS, proc.cpu_seconds(server)
    while time.monotonic() < deadline:
        time.sleep(_QUIET_SECONDS)
        now = proc.cpu_seconds(server)
        if now - before < _QUIET_SECONDS / 10:
            break
        before = now
    return proc.worker_mib(server)
