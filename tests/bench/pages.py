"""What is asked of the pages, and what a right answer is."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus

import psycopg
from msgspec import Struct, structs

from tests.bench import bare
from tests.bench.django_rival import Rival, serving_django
from tests.bench.load import Measured, Plan, measure
from tests.bench.people import HUB, READ, WAITING, WRITTEN, People
from tests.bench.stage import Stage, analyse, command_of, free_port, serving
from tests.bench.visitor import Answer, Visitor, at, employee_at, message_form, victim_at, victim_form
from trackmycrime.cli.embedded import DATABASE

MESSAGES, BARE, DJANGO, POST, INBOX, SIGN_IN = "messages", "bare", "django", "post", "inbox", "sign_in"
_SIGNING_IN = 4  # as many people as may try from one network at the same moment without being asked for work
_WRITTEN_AT_ONCE = ("timeline_entry", "task", "feed_entry", "audit")  # what one message leaves, in one transaction


class Ways(Struct, frozen=True):
    """The servers that are asked: the processes, and where they listen."""

    web: int
    database: int
    port: int
    bare: int
    bare_port: int
    rival: Rival


@contextmanager
def rivals(stage: Stage, web: int, page: Answer) -> Generator[Ways]:
    """Serve, beside the service, the same bytes bare and the same page in Django."""
    saved, port = stage.settings.home / "page.html", free_port()
    saved.write_bytes(page.body)
    environment = {**os.environ, **stage.environment, "PORT": str(port), bare.PAGE: str(saved)}
    log = stage.settings.home / "bare.log"
    with (
        serving(command_of(bare.__name__), environment, port, "/messages", log) as pid,
        serving_django(stage) as rival,
    ):
        analyse(stage, DATABASE, rival.database)
        yield Ways(web, stage.database_pid, stage.settings.port, pid, port, rival)


def readers(stage: Stage, people: People) -> list[Visitor]:
    """Return the browsers of the victims who read; what is new to them they have seen."""
    found = [victim_at(stage.settings, READ, victim) for victim in people.readers]
    for visitor in found:
        visitor.get("/messages")
    return found


def plans(stage: Stage, people: People, ways: Ways, reading: list[Visitor]) -> dict[str, Plan]:
    """Return what is measured, by its name and in the order of one round."""
    page = reading[0].get("/messages")
    asked = Plan(
        port=ways.port,
        requests=[visitor.raw("GET", "/messages") for visitor in reading],
        status=HTTPStatus.OK,
        marker=b"update number 18.",
        length=len(page.body),
        web=ways.web,
        database=ways.database,
    )
    bare_one = Visitor(ways.bare_port, f"127.0.0.1:{ways.bare_port}").raw("GET", "/messages")
    django = ways.rival.visitors
    hub = employee_at(stage.settings, READ, HUB)
    inbox = hub.get("/staff/inbox")
    return {
        MESSAGES: asked,
        BARE: structs.replace(asked, port=ways.bare_port, requests=[bare_one], web=ways.bare, database=0),
        DJANGO: structs.replace(
            asked,
            port=ways.rival.port,
            requests=[visitor.raw("GET", "/messages") for visitor in django],
            length=len(django[0].get("/messages").body),
            web=ways.rival.pid,
        ),
        POST: structs.replace(asked, **_posting(stage, people)),
        INBOX: structs.replace(
            asked,
            requests=[hub.raw("GET", "/staff/inbox")],
            marker=b"the gate was open",
            length=len(inbox.body),
            spread=WAITING * len("hours"),  # each task says how long it has waited
        ),
        SIGN_IN: structs.replace(asked, **_signing_in(stage, people)),
    }


def _posting(stage: Stage, people: People) -> dict[str, object]:
    visitors = [victim_at(stage.settings, WRITTEN, victim) for victim in people.writers]
    requests = [visitor.raw("POST", "/messages", message_form(visitor)) for visitor in visitors]
    marker = b"location: /messages?done=message\r\n"
    return {"requests": requests, "status": HTTPStatus.SEE_OTHER, "marker": marker, "length": 0}


def _signing_in(stage: Stage, people: People) -> dict[str, object]:
    visitor = at(stage.settings, WRITTEN)  # no reader's: each sign-in on a new device adds an entry that says so
    requests = [visitor.raw("POST", "/sign-in", victim_form(visitor, v)) for v in people.writers[:_SIGNING_IN]]
    return {"requests": requests, "status": HTTPStatus.SEE_OTHER, "marker": b"set-cookie: __Host-session=", "length": 0}


def measured(stage: Stage, name: str, plan: Plan) -> Measured:
    """Measure one figure once. Raises LookupError when not everything it wrote is there."""
    before = _written(stage)
    found = measure(plan)
    added = [now - then for now, then in zip(_written(stage), before, strict=True)]
    if name == POST and min(added) < found.every - found.wrong:
        message = f"{found.every} messages were sent, and added to {_WRITTEN_AT_ONCE}: {added}"
        raise LookupError(message)
    return found


def _written(stage: Stage) -> list[int]:
    counts = ", ".join(f"(select count(*) from app.{table})" for table in _WRITTEN_AT_ONCE)
    with psycopg.connect(stage.postgres.admin_url(DATABASE)) as connection:
        return list(connection.execute(f"select {counts}".encode()).fetchone() or ())
