"""The embedded PostgreSQL: a real server of our own behind one private socket, so that nothing need be installed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import psycopg

from trackmycrime.cli.home import Home
from trackmycrime.cli.placement import place
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.tether import tethered
from trackmycrime.settings import Role, Settings

DATABASE = "trackmycrime"
ADMINISTRATOR = "postgres"
BOOTSTRAP = Path(__file__).parents[3] / "migrations" / "bootstrap.sql"
# A plan that is made once locks each partition of its tables, and each of their indexes while it is made: with 46 forces that is
# some 2,000 locks for a page, and every connection may be making one (platform/decisions/0006).
LOCKS = 2048
_READY_SECONDS = 60.0

_CLUSTER = (
    *("--username", ADMINISTRATOR, "--auth", "scram-sha-256", "--encoding", "UTF8"),
    *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"),
)
# Sensible for two cores. What a failing statement carried stays out of the log: it may be a victim's words.
_OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_locks_per_transaction": str(LOCKS),
    "jit": "off",
    "max_wal_senders": "0",
    "min_wal_size": "512MB",  # a new file of the log takes 10 ms, which somebody's commit waits for
    "wal_level": "minimal",
    # After a crash nobody is answered before everything is on the disk, and one by one that is thousands of partitions.
    "recovery_init_sync_method": "syncfs",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_THROWAWAY_OPTIONS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "128MB"}


class EmbeddedPostgres:
    """The database server of one data folder. Start it from the main thread: it ends when the starting thread does."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = Home(home)
        self.durable = durable
        self.place = place(home, throwaway=not durable)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Set up if need be, start, and wait until it answers. Raises Refusal with the last line of its log."""
        self.set_up()
        self.spawn()
        self.wait_ready()

    def set_up(self) -> None:
        """Make the passwords and the empty cluster, unless the data folder has them."""
        if not self.home.has_passwords():
            shutil.rmtree(self.place.folder, ignore_errors=True)  # nobody can sign in to it any more
        self.place.make_folders()
        if not self.place.data.exists():
            self._make_cluster()

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the server without waiting, after clearing away what a killed one left."""
        self._clear_stale()
        options = _OPTIONS | ({} if self.durable else _THROWAWAY_OPTIONS)
        options["unix_socket_directories"] = str(self.place.sockets)
        command = [str(self.place.programs / "postgres"), "-D", str(self.place.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self._log.open("ab") as log:
            self.process = self._begin(command, log.fileno())
        return self.process

    def wait_ready(self) -> None:
        """Wait until the server answers. Raises Refusal when it ends instead, or takes a minute."""
        deadline = time.monotonic() + _READY_SECONDS
        while not self.answers():
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                message = f"PostgreSQL did not start: {_last_line(self._log)} (all of it: {self._log})"
                raise Refusal(message)
            time.sleep(0.02)

    def answers(self) -> bool:
        """Say whether the server takes connections."""
        try:
            psycopg.connect(self.admin_url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def bootstrap(self) -> None:
        """Make database, roles and schemas, exactly as an administrator would: psql runs migrations/bootstrap.sql."""
        passwords = {f"TMC_{role.upper()}_PASSWORD": self._passwords[role] for role in Role}
        environment = passwords | {"PGPASSWORD": self._passwords["administrator"], "PATH": os.defpath}
        target = f"host={self.place.sockets} user={ADMINISTRATOR} dbname=postgres"
        command = (str(self.place.programs / "psql"), "--no-psqlrc", "--file", str(BOOTSTRAP), target)
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603  ours
        if done.returncode:
            message = f"The database could not be prepared: {done.stderr.strip()}"
            raise Refusal(message)

    def urls(self, database: str = DATABASE) -> dict[str, str]:
        """Return the libpq URL of each role, by the role's name."""
        return {role: self._url(role.user, self._passwords[role], database) for role in Role}

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the libpq URL by which `role` (app, console, migrator, provisioner, queue) signs in."""
        return self.urls(database)[role]

    def admin_url(self, database: str = DATABASE) -> str:
        """Return the URL of the superuser; no part of the service may have it."""
        return self._url(ADMINISTRATOR, self._passwords["administrator"], database)

    def stop(self, within: float = 8.0) -> None:
        """Stop the server: politely, then at once, then with force, in `within` seconds altogether."""
        if self.process is None:
            return
        for sign, seconds in ((signal.SIGINT, within * 0.75), (signal.SIGQUIT, within * 0.25), (signal.SIGKILL, None)):
            self.process.send_signal(sign)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
                break

    def discard(self) -> None:
        """Stop the server and remove its data."""
        self.stop(2.0)
        shutil.rmtree(self.place.folder, ignore_errors=True)
        shutil.rmtree(self.place.sockets, ignore_errors=True)

    @cached_property
    def _passwords(self) -> Mapping[str, str]:
        return self.home.passwords()

    @property
    def _log(self) -> Path:
        return self.home.log("postgresql")

    def _url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@/{database}?{urlencode({'host': self.place.sockets})}"

    def _make_cluster(self) -> None:
        """Run initdb beside the final name, so that a cluster is there whole or not at all."""
        draft, password_file = self.place.folder / "draft", self.place.folder / "password"
        shutil.rmtree(draft, ignore_errors=True)
        password_file.touch(mode=0o600)
        password_file.write_text(self._passwords["administrator"], encoding="ascii")
        self.place.own(password_file)
        command = [str(self.place.programs / "initdb"), "-D", str(draft), "--pwfile", str(password_file), *_CLUSTER]
        if not self.durable:
            command.append("--no-sync")
        with self._log.open("ab") as log:
            failed = self._begin(command, log.fileno()).wait()
        password_file.unlink()
        if failed:
            message = f"PostgreSQL could not be set up: {_last_line(self._log)} (all of it: {self._log})"
            raise Refusal(message)
        draft.rename(self.place.data)

    def _begin(self, command: list[str], log: int) -> subprocess.Popen[bytes]:
        account = self.place.account
        return subprocess.Popen(  # noqa: S603  a program of ours, with words of ours
            command,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=tethered(signal.SIGINT),  # noqa: PLW1509  one prctl, no lock, from the main thread
        )

    def _clear_stale(self) -> None:
        """End a server that outlived its supervisor, and remove a pid file whose number now means another process."""
        pid_file = self.place.data / "postmaster.pid"
        for sign, seconds in ((signal.SIGINT, 5.0), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 1.0)):
            pid = _pid_in(pid_file)
            if pid is None or not _runs_in(pid, self.place.data):
                pid_file.unlink(missing_ok=True)
                return
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
            deadline = time.monotonic() + seconds
            while _runs_in(pid, self.place.data) and time.monotonic() < deadline:
                time.sleep(0.02)
        pid_file.unlink(missing_ok=True)


def attach(settings: Settings) -> Settings:
    """Return the settings with the running service's database, port and domain; unchanged where a database is named.

    Raises NotRunning when the settings mean the embedded database and nothing runs it.
    """
    if settings.database_url:
        return settings
    running = Home(settings.home).running()
    same = {name: running[name] for name in ("port", "domain", "scheme")}
    return msgspec.structs.replace(settings.with_databases(EmbeddedPostgres(settings.home).urls()), **same)


@contextmanager
def throwaway(home: Path) -> Generator[EmbeddedPostgres]:
    """Give a fast server with roles and schemas and no promise to survive a power cut, for tests; then remove it."""
    postgres = EmbeddedPostgres(home, durable=False)
    try:
        postgres.start()
        postgres.bootstrap()
        yield postgres
    finally:
        postgres.discard()


def _pid_in(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _runs_in(pid: int, data: Path) -> bool:
    """Say whether a living process is a server of this cluster: PostgreSQL works inside its data folder."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        return False


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    return next((line for line in reversed(lines) if line.strip()), "it left no word")
