"""`trackmycrime run`: everything on one machine, from nothing, with the demonstration."""

import argparse
import errno
import http.client
import json
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from trackmycrime.cli import Commands
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.cli.home import Home
from trackmycrime.cli.supervisor import Part, Stopped, Supervisor, program
from trackmycrime.kit.errors import Refusal
from trackmycrime.kit.tether import die_with_parent
from trackmycrime.settings import Settings
from trackmycrime.web.common.health import LOADING

_MIGRATE_SECONDS, _DEMO_SECONDS, _READY_SECONDS = 300.0, 600.0, 120.0
_FRONTS = {"front page": None, "console": "console", "mailbox": "mailbox"}
_COLUMNS = ("who", "force", "url", "email", "crime_reference", "last_name", "date_of_birth", "password")


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="run everything on this machine, with the demonstration")
    parser.add_argument("--no-demo", action="store_true", help="without the demonstration's forces and people")
    parser.add_argument("--tethered", action="store_true", help="stop when the program that started this one ends")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the service until Ctrl-C or SIGTERM; nothing of it is left behind, whatever ends it."""
    if settings.production:
        message = "run is for one machine: in production use serve and worker, or set TRACKMYCRIME_ENV to embedded."
        raise Refusal(message)
    home = Home(settings.home)
    home.claim()
    refuse_taken_port(settings.port)
    supervisor = Supervisor(_say)
    supervisor.listen()
    if arguments.tethered:
        die_with_parent(signal.SIGTERM)
    try:
        _start(supervisor, settings, home, demo=not arguments.no_demo)
        _welcome(settings, home, as_json=arguments.json, demo=not arguments.no_demo)
        supervisor.tend()
    except Stopped:
        pass
    finally:
        _say("Stopping")
        supervisor.stop()
        home.running_file.unlink(missing_ok=True)
    _say("Stopped")
    return 0


def refuse_taken_port(port: int) -> None:
    """Raise Refusal when something listens on the port: a second listener would silently share it."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError as problem:
            reason = "is taken by another program" if problem.errno == errno.EADDRINUSE else "may not be used"
            message = f"Port {port} {reason}. Set PORT to another one."
            raise Refusal(message) from None


def _start(supervisor: Supervisor, settings: Settings, home: Home, *, demo: bool) -> None:
    if not settings.database_url:
        _start_database(supervisor, settings)
    home.announce(settings)
    _once(supervisor, home, ("migrate",), _MIGRATE_SECONDS, "Migrating")
    loading = settings.home / LOADING
    loading.touch() if demo else loading.unlink(missing_ok=True)
    _say("Starting web and worker")
    for name in ("worker", "serve"):
        supervisor.keep(program(name, command(name), home.log(name)))
    _wait_for(supervisor, settings, home, "/health/liveness")
    if demo:
        _once(supervisor, home, ("demo", "--load"), _DEMO_SECONDS, "Loading the demonstration")
        loading.unlink()
        _wait_for(supervisor, settings, home, "/health/readiness")


def _start_database(supervisor: Supervisor, settings: Settings) -> None:
    _say(f"Starting PostgreSQL in {settings.home}")
    postgres = EmbeddedPostgres(settings.home)
    postgres.set_up()
    supervisor.keep(Part("postgresql", postgres.spawn, signal.SIGINT))
    postgres.wait_ready()
    postgres.bootstrap()


def command(*words: str) -> Sequence[str]:
    """Return the words that start one of our commands as a process of its own."""
    return (sys.executable, "-c", "import sys; from trackmycrime.cli import main; sys.exit(main())", *words)


def _once(supervisor: Supervisor, home: Home, words: Sequence[str], within: float, saying: str) -> None:
    _say(saying)
    log = home.log(words[0])
    if supervisor.run_once(command(*words), log, within) != 0:
        message = f"{saying} failed: see {log}"
        raise Refusal(message)


def _wait_for(supervisor: Supervisor, settings: Settings, home: Home, path: str) -> None:
    if not supervisor.until(lambda: _is_well(settings.port, path), _READY_SECONDS):
        message = f"The service does not answer {path}: see {home.log('serve')} and {home.log('worker')}"
        raise Refusal(message)


def _is_well(port: int, path: str) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False


def _welcome(settings: Settings, home: Home, *, as_json: bool, demo: bool) -> None:
    """Print where to go, and who may sign in."""
    people = _sign_ins(home) if demo else []
    addresses = {name: settings.origin(label) for name, label in _FRONTS.items()}
    if as_json:
        sys.stdout.write(json.dumps({"addresses": addresses, "sign_ins": people}) + "\n")
    else:
        lines = [f"  {name:<10} {address}" for name, address in addresses.items()]
        listed = ("", *table(people)) if people else ()
        sys.stdout.write("\n".join(("", "TrackMyCrime is ready.", *lines, *listed, "", "Ctrl-C stops it.", "")))
    sys.stdout.flush()


def _sign_ins(home: Home) -> list[dict[str, Any]]:
    return json.loads(home.demo_file.read_text(encoding="utf-8")) if home.demo_file.exists() else []


def table(people: Sequence[dict[str, Any]]) -> list[str]:
    """Return the sign-ins as aligned lines, without the columns that nobody fills."""
    columns = [column for column in _COLUMNS if any(person.get(column) for person in people)]
    rows = [[column.replace("_", " ") for column in columns]]
    rows += [[str(person.get(column) or "") for column in columns] for person in people]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
