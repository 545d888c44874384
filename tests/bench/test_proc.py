"""The bench's own instruments: CPU time that a child uses is seen, and a wrong answer is never counted as a right one."""

import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.bench import proc
from tests.bench.load import Plan, measure

_BUSY = "import time\nwhile time.process_time() < 0.4: pass\nprint('worked', flush=True)\ninput()"
_PAGE = b"<h1>Messages</h1>"


def test_a_busy_child_is_seen_while_it_lives_and_after_it_ended() -> None:
    before = proc.cpu_seconds(os.getpid())
    with subprocess.Popen([sys.executable, "-c", _BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in proc.tree(os.getpid())
        assert proc.children(os.getpid())[-1] == child.pid
        assert proc.cpu_seconds(child.pid) >= 0.35
        assert proc.memory_mib(child.pid) > 1
        living = proc.cpu_seconds(os.getpid())
        assert living - before >= 0.35
        child.communicate(b"\n")
    assert proc.cpu_seconds(os.getpid()) >= living


def test_every_kind_of_wrong_answer_is_counted_as_wrong() -> None:
    with pages() as port:
        right = plan(port, "/")
        found = measure(right)
        assert found.right > 10
        assert found.wrong == 0
        assert found.per_cpu_second > 0
        for path in ("/refused", "/other", "/short", "/closed"):
            told = measure(plan(port, path))
            assert (told.right, told.wrong > 0, bool(told.first_wrong)) == (0, True, True), path


def plan(port: int, path: str) -> Plan:
    return Plan(
        port=port,
        requests=[f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()],
        status=200,
        marker=b"Messages",
        length=len(_PAGE),
        web=os.getpid(),
        database=0,
        clients=2,
        warm_up=0.1,
        seconds=0.4,
    )


class _Pages(BaseHTTPRequestHandler):
    """A right page, and the ways in which one can be wrong."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/closed":
            self.close_connection = True
            return
        bodies = {"/other": b"<h1>No entry</h1>", "/short": _PAGE[:-1]}
        body = bodies.get(self.path, _PAGE)
        self.send_response(500 if self.path == "/refused" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object, **__: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Say nothing."""


@contextmanager
def pages() -> Generator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Pages) as server:
        server.daemon_threads = True
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            serving.join()
