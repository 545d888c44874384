"""The real service in processes of its own, as `make run` starts it: its parts are found by the process tree, and killed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from pathlib import Path

import asyncpg

from trackmycrime.cli.embedded import DATABASE, EmbeddedPostgres, attach
from trackmycrime.settings import Settings

_START_SECONDS, _STOP_SECONDS, _PART_SECONDS = 180, 20, 30
_PROGRAM = "import sys; from trackmycrime.cli import main; sys.exit(main())"
_COMMAND = (sys.executable, "-c", _PROGRAM, "run", "--no-demo", "--tethered")


class Part(StrEnum):
    """What can be killed."""

    WEB = "web worker"
    SERVER = "web server"
    WORKER = "worker"
    DATABASE = "database"
    BACKEND = "database backend"


class Running:
    """The service while it runs."""

    def __init__(self, home: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.home, self.port, self._process = home, port, process
        self.postgres = EmbeddedPostgres(home)

    @property
    def settings(self) -> Settings:
        """The settings by which another process finds this service and its database."""
        return attach(Settings.from_environment({"TRACKMYCRIME_HOME": str(self.home)}))

    async def observe(self) -> asyncpg.Connection:
        """Connect as somebody who sees every force, as soon as the database answers."""
        deadline = time.monotonic() + _PART_SECONDS
        while True:
            try:
                return await asyncpg.connect(self.postgres.admin_url(DATABASE), timeout=5)
            except (OSError, asyncpg.PostgresError, TimeoutError):
                assert time.monotonic() < deadline, "the database does not come back"
                await asyncio.sleep(0.05)

    async def pids(self, part: Part) -> list[int]:
        """Return the processes of a part, as soon as there are any."""
        deadline = time.monotonic() + _PART_SECONDS
        while not (found := self._find(part)):
            assert self._process.poll() is None, "the supervisor has ended"
            assert time.monotonic() < deadline, f"there is no {part}"
            await asyncio.sleep(0.05)
        return found

    def _find(self, part: Part) -> list[int]:
        below = _children()
        named = {_name(pid): pid for pid in below.get(self._process.pid, [])}
        match part:
            case Part.WEB:
                return below.get(named.get("serve", -1), [])
            case Part.BACKEND:
                every = below.get(named.get("postgres", -1), [])
                return [pid for pid in every if _words(pid)[0].startswith("postgres: tmc_")]
            case _:
                name = {Part.SERVER: "serve", Part.WORKER: "worker", Part.DATABASE: "postgres"}[part]
                return [named[name]] if name in named else []

    async def stop(self) -> None:
        """End all of it."""
        self._process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self._process.wait, _STOP_SECONDS)


async def kill(*pids: int) -> None:
    """Kill processes of ours, and wait until they are dead."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(_parent(pid) is not None for pid in pids):  # noqa: ASYNC110 - no event tells of somebody else's child
        await asyncio.sleep(0.01)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asynccontextmanager
async def running(home: Path, *, email_url: str, web_workers: int) -> AsyncGenerator[Running]:
    """Start the service with a database of its own in `home`; it ends with the block, and its database is removed."""
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "TRACKMYCRIME_HOME": str(home),
        "TRACKMYCRIME_WEB_WORKERS": str(web_workers),
        "TRACKMYCRIME_EMAIL_URL": email_url,
    }
    log = home.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(_COMMAND, env=environment, stdout=output, stderr=output, start_new_session=True)  # noqa: ASYNC220 - it outlives this coroutine
    service = Running(home, port, process)
    try:
        await asyncio.to_thread(_wait_until_ready, process, log)
        yield service
    finally:
        await service.stop()
        service.postgres.discard()


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while "is ready" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and (parent := _parent(int(path.name))) is not None:
            found.setdefault(parent, []).append(int(path.name))
    return found


def _parent(pid: int) -> int | None:
    """Return the parent of a living process."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")
    except OSError:
        return [""]


def _name(pid: int) -> str:
    """Return the last part of a program's name, or the last word of a command of ours."""
    words = _words(pid)
    return "postgres" if words[0].endswith("/postgres") else words[-1]
