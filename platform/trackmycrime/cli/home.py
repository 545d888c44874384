"""The data folder of one embedded service: who owns it now, its secrets, and what is running."""

import fcntl
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

from trackmycrime.kit.errors import Refusal
from trackmycrime.settings import Role, Settings

_PATIENCE_SECONDS = 2.0


class AlreadyRunning(Refusal):
    """Another `run` owns this data folder."""


class NotRunning(Refusal):
    """A command wants the embedded database, and nothing runs it."""


class Home:
    """A data folder, as TRACKMYCRIME_HOME names it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.running_file = path / "running.json"
        self.demo_file = path / "demo.json"
        self._secrets_file = path / "secrets.json"

    def claim(self) -> int:
        """Own the folder until this process ends, however it ends; returns the lock's descriptor, to be kept open.

        Raises AlreadyRunning. Waits two seconds first: a run that was just killed may be on its way out.
        """
        self._make()
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not _locked(descriptor, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                os.close(descriptor)
                message = f"The service already runs in {self.path}. Stop it first, or set TRACKMYCRIME_HOME and PORT."
                raise AlreadyRunning(message)
            time.sleep(0.05)
        return descriptor

    def is_claimed(self) -> bool:
        """Say whether a living process owns the folder."""
        try:
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not _locked(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)

    def passwords(self) -> dict[str, str]:
        """Return the password of the database's administrator and of each role, made once for this folder."""
        if self.has_passwords():
            return _read(self._secrets_file)["database"]
        made = {name: secrets.token_urlsafe(32) for name in ("administrator", *Role)}
        self._make()
        write_private(self._secrets_file, {"database": made})
        return made

    def has_passwords(self) -> bool:
        """Say whether the folder was set up before; without its passwords a database in it is lost."""
        return self._secrets_file.exists()

    def announce(self, settings: Settings) -> None:
        """Write the pid file that other commands find the running service by."""
        facts = {"pid": os.getpid(), "port": settings.port, "domain": settings.domain, "scheme": settings.scheme}
        write_private(self.running_file, facts)

    def running(self) -> dict[str, Any]:
        """Return what runs here: its pid, port, domain and scheme. Raises NotRunning."""
        if not (self.is_claimed() and self.running_file.exists()):
            message = f"The service is not running in {self.path}. Start it with make run, or set TRACKMYCRIME_HOME."
            raise NotRunning(message)
        return _read(self.running_file)

    def log(self, name: str) -> Path:
        """Return the log file of a part, in a folder that only we can read."""
        self._make()
        folder = self.path / "log"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{name}.log"

    def _make(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, content: object) -> None:
    """Write JSON that only we may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
    draft.replace(path)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))
