"""The same page in Django: its environment, its own database in the same PostgreSQL, and one worker of the same server."""

import os
import secrets
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import psycopg
from msgspec import Struct
from psycopg import sql

from tests.bench.people import CASES, ENTRIES, READERS, TEXT
from tests.bench.stage import ROOT, Stage, free_port, serving
from tests.bench.visitor import Visitor

ENVIRONMENT = ROOT / ".local" / "bench-django"
_NAME = "bench_django"
_THREADS = "1"  # the most answers for each CPU-second, of 1, 2, 4 and 8 that were tried


class Rival(Struct, frozen=True):
    """A Django that serves: its server's process, and the browsers of those who signed in."""

    pid: int
    port: int
    database: str
    visitors: list[Visitor]


@contextmanager
def serving_django(stage: Stage) -> Generator[Rival]:
    """Serve the page in Django until the block ends."""
    environment, port = {**os.environ, **_prepared(stage)}, free_port()
    given = {"readers": READERS, "others": CASES, "entries": ENTRIES, "text": TEXT}
    python, folder = ENVIRONMENT / "bin" / "python", Path(__file__).parent
    environment["PYTHONPATH"] = str(folder)
    filled = subprocess.run(
        [python, "-m", "django_page.fill"],
        input=msgspec.json.encode(given),
        stdout=subprocess.PIPE,
        env=environment,
        cwd=folder,
        check=True,
    )
    words = (
        *(str(ENVIRONMENT / "bin" / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", _THREADS, "--no-ws", "--no-access-log", "--http", "1"),
        *("--backlog", "1024", "django_page.wsgi:application"),
    )
    with serving(words, environment, port, "/health", stage.settings.home / "django.log") as pid:
        yield Rival(pid, port, _NAME, [_visitor(port, session) for session in msgspec.json.decode(filled.stdout)])


def _visitor(port: int, session: str) -> Visitor:
    visitor = Visitor(port, f"127.0.0.1:{port}")
    visitor.cookies["sessionid"] = session
    visitor.get("/messages")  # and now it has Django's other cookie
    return visitor


def _prepared(stage: Stage) -> dict[str, str]:
    """Make the database and who owns it, and return how Django finds it."""
    password = secrets.token_urlsafe(16)
    role = sql.Identifier(_NAME)
    with psycopg.connect(stage.postgres.admin_url(), autocommit=True) as connection:
        connection.execute(sql.SQL("create role {} login password {}").format(role, sql.Literal(password)))
        connection.execute(sql.SQL("create database {} owner {}").format(role, role))
    return {
        "BENCH_DJANGO_SECRET": secrets.token_urlsafe(50),
        "BENCH_DJANGO_DATABASE": _NAME,
        "BENCH_DJANGO_USER": _NAME,
        "BENCH_DJANGO_PASSWORD": password,
        "BENCH_DJANGO_HOST": parse_qs(urlsplit(stage.postgres.admin_url()).query)["host"][0],
    }
