"""A service with the real supervisor and PostgreSQL and stand-ins for web and worker; run as a program by the tests."""

import signal
import sys
from pathlib import Path

from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.cli.home import Home
from trackmycrime.cli.supervisor import Part, Supervisor, program
from trackmycrime.settings import Settings

SLEEPER = (sys.executable, "-c", "import time; time.sleep(600)")


def main(settings: Settings) -> None:
    """Run until asked to stop; says when everything is there."""
    home = Home(settings.home)
    home.claim()
    supervisor = Supervisor(_say)
    supervisor.listen()
    try:
        postgres = EmbeddedPostgres(settings.home)
        postgres.set_up()
        supervisor.keep(Part("postgresql", postgres.spawn, signal.SIGINT))
        postgres.wait_ready()
        postgres.bootstrap()
        home.announce(settings)
        for name in ("worker", "web"):
            supervisor.keep(program(name, SLEEPER, home.log(name)))
        _say("ready")
        supervisor.tend()
    finally:
        supervisor.stop()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Settings.from_environment({"TRACKMYCRIME_HOME": str(Path(sys.argv[1]))}))
