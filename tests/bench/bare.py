"""A bare Litestar handler that returns the same bytes as a page of ours, on the same server: what no page can beat."""

import os
import sys
from pathlib import Path

from granian.server import MPServer
from litestar import Litestar, Response, get

from trackmycrime.cli.serve import end_with_server, server
from trackmycrime.settings import Settings

PAGE = "BENCH_PAGE"  # names the file with the page's bytes


def application() -> Litestar:
    """Make the application in the web worker."""
    end_with_server()
    content = Path(os.environ[PAGE]).read_bytes()

    @get("/messages")
    async def page() -> Response[bytes]:
        return Response(content, media_type="text/html; charset=utf-8")

    return Litestar(route_handlers=[page], openapi_config=None, logging_config=None)


def served() -> MPServer:
    """Return the server, with the settings of our own."""
    return server(Settings.from_environment(), factory=f"{__spec__.name}:application")


if __name__ == "__main__":
    served().serve()
    sys.exit(0)
