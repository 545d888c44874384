"""A trivial application behind the real server settings; run as a program by the tests."""

import sys
from collections.abc import Awaitable, Callable, Mapping

from trackmycrime.cli import serve
from trackmycrime.settings import Settings


def application() -> serve.Application:
    """Make it as the real one is made: tethered to the server."""
    serve.end_with_server()

    async def answer(scope: Mapping[str, object], _: object, send: Callable[[object], Awaitable[None]]) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"well", "more_body": False})

    return answer


if __name__ == "__main__":
    serve.server(Settings.from_environment({"PORT": sys.argv[1]}), factory="web:application").serve()
