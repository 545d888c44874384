"""A web worker that dies is replaced, and none outlives its server."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from trackmycrime.cli.run import refuse_taken_port
from trackmycrime.kit.errors import Refusal

type Below = Callable[[int], set[int]]
type WaitFor = Callable[[Callable[[], object]], None]

WEB = Path(__file__).with_name("web.py")
WORKERS = 2


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(port: int, wait_for: WaitFor) -> Iterator[subprocess.Popen[bytes]]:
    command = (sys.executable, str(WEB), str(port))
    with subprocess.Popen(command, cwd=WEB.parent, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(lambda: _answers(port))
            yield server
        finally:
            server.kill()


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/")
            return connection.getresponse().read() == b"well"
        except (OSError, http.client.HTTPException):
            return False


def test_a_killed_worker_is_replaced(
    server: subprocess.Popen[bytes], port: int, descendants: Below, wait_for: WaitFor
) -> None:
    wait_for(lambda: len(descendants(server.pid)) == WORKERS)
    killed = min(descendants(server.pid))

    os.kill(killed, signal.SIGKILL)

    wait_for(lambda: len(descendants(server.pid) - {killed}) == WORKERS)
    wait_for(lambda: _answers(port))


def test_no_worker_outlives_a_killed_server(
    server: subprocess.Popen[bytes], descendants: Below, is_alive: Callable[[int], bool], wait_for: WaitFor
) -> None:
    wait_for(lambda: len(descendants(server.pid)) == WORKERS)
    workers = descendants(server.pid)

    server.kill()

    wait_for(lambda: not any(is_alive(pid) for pid in workers))


def test_asked_to_stop_it_ends_with_its_workers(
    server: subprocess.Popen[bytes], descendants: Below, is_alive: Callable[[int], bool]
) -> None:
    workers = descendants(server.pid)
    server.terminate()
    assert server.wait(timeout=10) == 0
    assert not any(is_alive(pid) for pid in workers)


def test_a_port_that_is_served_already_is_refused(server: subprocess.Popen[bytes], port: int) -> None:
    assert server.poll() is None
    with pytest.raises(Refusal, match=f"Port {port} is taken"):
        refuse_taken_port(port)
