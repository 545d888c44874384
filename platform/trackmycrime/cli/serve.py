"""`trackmycrime serve`: the web workers."""

import argparse
import multiprocessing
import signal
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.server import MPServer
from granian.utils import proxies

from trackmycrime.cli import Commands
from trackmycrime.cli.embedded import attach
from trackmycrime.kit.tether import die_with_parent
from trackmycrime.settings import Settings

type Application = Callable[[Any, Any, Any], Awaitable[None]]

APPLICATION = f"{__name__}:application"
_HEADER_MILLISECONDS = 10_000
_STOP_SECONDS = 4


def add(commands: Commands) -> None:
    """Add the command."""
    commands.add_parser("serve", help="serve the pages and the API (make run does it for you)")


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve until asked to stop. A worker that dies is replaced; none outlives this process."""
    _preload()
    server(attach(settings)).serve()
    return 0


def _preload() -> None:
    """Load once what every worker needs, before they are forked: the one that replaces a killed one answers in a second."""
    import_module("trackmycrime.app")  # slow, and needed by this command alone
    from trackmycrime.web.common import pages  # noqa: PLC0415  likewise

    pages.warm()


def server(settings: Settings, *, factory: str = APPLICATION) -> MPServer:
    """Return the server of a `module:function` that makes the application, once in each worker."""
    return MPServer(
        target=factory,
        factory=True,
        address="0.0.0.0" if settings.production else "127.0.0.1",  # noqa: S104  a container's own network
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.web_workers,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_MILLISECONDS, keep_alive=True),
        websockets=False,
        backlog=1024,
        log_access=False,
    )


def application() -> Application:
    """Make the application in a web worker, which from then on ends with its server; believe only our own proxies."""
    end_with_server()
    from trackmycrime.app import create_app  # noqa: PLC0415  see _preload

    settings = attach(Settings.from_environment())
    trusted = [str(network) for network in settings.trusted_proxies]
    return proxies.wrap_asgi_with_proxy_headers(create_app(settings), trusted)  # pyright: ignore  Granian leaves it untyped


def end_with_server() -> None:
    """Tether this web worker to the server that forked it."""
    parent = multiprocessing.parent_process()
    die_with_parent(signal.SIGKILL, parent=parent.pid if parent else None)
