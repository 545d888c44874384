"""The demonstration is loaded into a live server over its API, once, and everybody who is printed can sign in."""

import http.client
import json
import os
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trackmycrime.cli import main
from trackmycrime.cli.demonstration.sign_ins import new_password
from trackmycrime.cli.embedded import throwaway
from trackmycrime.cli.run import command
from trackmycrime.cli.service import Service, carry_out
from trackmycrime.domain import cases, tasks
from trackmycrime.domain.cases import registration, timeline
from trackmycrime.domain.cases.entry import SignedIn
from trackmycrime.domain.cases.registration import Facts
from trackmycrime.domain.identity import operators, sessions, staff
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.domain.tasks import TaskKind
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.settings import Settings
from trackmycrime.store import migrate

pytestmark = pytest.mark.xdist_group("demo")
FORCES = ("kent", "humberside", "gwent", "lincolnshire")
type SignIn = dict[str, Any]


class Loaded:
    """A live service with the demonstration in it."""

    def __init__(self, settings: Settings, environment: dict[str, str], printed: list[SignIn]) -> None:
        self.settings, self.environment, self.printed = settings, environment, printed

    def of(self, who: str) -> list[SignIn]:
        """Return the sign-ins of one kind of person."""
        return [each for each in self.printed if each["who"] == who]

    def load(self) -> list[SignIn]:
        """Load the demonstration, as `run` does."""
        return _demo(self.environment)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    home = tmp_path_factory.mktemp("demo")
    with throwaway(home) as postgres:
        migrate.upgrade(postgres.url("migrator"))
        environment = {
            **os.environ,
            **{f"TRACKMYCRIME_{role.upper()}_DATABASE_URL": url for role, url in postgres.urls().items()},
            "TRACKMYCRIME_DATABASE_URL": postgres.url("migrator"),
            "TRACKMYCRIME_HOME": str(home),
            "PORT": str(_free_port()),
        }
        with subprocess.Popen(command("serve"), env=environment, stderr=subprocess.DEVNULL) as server:
            try:
                _wait_until_it_answers(int(environment["PORT"]))
                printed = _demo(environment)
                yield Loaded(Settings.from_environment(environment), environment, printed)
            finally:
                server.terminate()


def _demo(environment: dict[str, str]) -> list[SignIn]:
    done = subprocess.run(command("demo", "--load"), env=environment, check=False, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    shown = subprocess.run(command("demo", "--json"), env=environment, check=True, capture_output=True)
    return json.loads(shown.stdout)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
            try:
                connection.request("GET", "/health/readiness")
                if connection.getresponse().status == http.client.OK:
                    return
            except (OSError, http.client.HTTPException):
                pass
        time.sleep(0.1)
    pytest.fail("the server never answered")


def test_one_of_each_kind_is_printed(loaded: Loaded) -> None:
    for who in ("victim", "officer", "hub", "admin"):
        assert [each["force"] for each in loaded.of(who)] == list(FORCES)
    assert len(loaded.of("operator")) == 1
    for each in loaded.printed:
        assert each["url"].startswith("http://")
        assert len(each["password"]) >= 15
    assert len({each["password"] for each in loaded.printed}) == len(loaded.printed)
    assert stat.S_IMODE((loaded.settings.home / "demo.json").stat().st_mode) == 0o600


def test_everybody_who_is_printed_can_sign_in_and_the_victims_officer_is_the_printed_one(loaded: Loaded) -> None:
    by = Browser("192.0.2.1")

    async def work(running: Service) -> None:
        for victim, officer in zip(loaded.of("victim"), loaded.of("officer"), strict=True):
            door = await running.door(victim["force"])
            born = date.fromisoformat(victim["date_of_birth"])
            facts = Facts(victim["crime_reference"], victim["last_name"], born)
            signed = await registration.sign_in(door, facts, victim["password"], by)
            assert isinstance(signed, SignedIn), "no second step is asked of the demonstration"
            _begun, row = await staff.sign_in(door, officer["email"], officer["password"], by)
            async with door.open(Actor(Kind.VICTIM, signed.begun.session.actor.id, role="victim")) as tx:
                session = await sessions.find(tx, signed.begun.cookie)
                assert session is not None
                case = cases.followed(session)
                entries = (await timeline.page(tx, case)).entries
            assert (case.reference, case.closed) == (victim["crime_reference"], False)
            assert case.officer is not None
            assert case.officer.id == row.id
            assert entries
        for each in (*loaded.of("hub"), *loaded.of("admin")):
            _begun, row = await staff.sign_in(await running.door(each["force"]), each["email"], each["password"], by)
            assert row.role == each["who"]
        (operator,) = loaded.of("operator")
        await operators.sign_in(running.database.national("console"), operator["email"], operator["password"], "")

    carry_out(loaded.settings, work)


def test_messages_are_there_some_of_them_unanswered(loaded: Loaded) -> None:
    async def waiting(running: Service, slug: str) -> list[TaskKind]:
        async with (await running.door(slug)).open(Actor(Kind.STAFF, role="hub")) as tx:
            return [task.kind for task in await tasks.inbox(tx)]

    async def work(running: Service) -> None:
        for slug in ("kent", "humberside", "gwent"):
            assert (await waiting(running, slug)).count(TaskKind.MESSAGE) >= 3
        assert TaskKind.UPDATE_REQUEST in await waiting(running, "lincolnshire")

    carry_out(loaded.settings, work)


def test_loading_again_changes_nothing(loaded: Loaded) -> None:
    before = _numbers(loaded)

    assert loaded.load() == loaded.printed
    assert _numbers(loaded) == before

    # A load that was interrupted before it could write the list goes on with the same people.
    (loaded.settings.home / "demo.json").unlink()
    assert loaded.load() == loaded.printed
    assert _numbers(loaded) == before


def test_the_list_is_printed_as_a_table(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKMYCRIME_HOME", str(loaded.settings.home))
    assert main(["demo"]) == 0
    shown = capsys.readouterr().out
    assert all(each["password"] in shown for each in loaded.printed)


def test_there_is_none_before_a_load_and_never_one_in_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKMYCRIME_HOME", str(tmp_path))
    assert main(["demo"]) == 1
    assert "make run" in capsys.readouterr().err

    production = {
        "ENV": "production",
        "DATABASE_URL": "postgresql://tmc_migrator:secret@db.example.org/trackmycrime",
        "KEYS_URL": "kms://trackmycrime",
        "EMAIL_URL": "ses://eu-west-2",
        "TEXT_URL": "sns://eu-west-2",
        "DOMAIN": "trackmycrime.example.org",
    }
    for name, value in production.items():
        monkeypatch.setenv(f"TRACKMYCRIME_{name}", value)
    assert main(["demo", "--load"]) == 1
    assert "no demonstration in production" in capsys.readouterr().err


def test_passwords_are_words_that_can_be_said() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(each) >= 15 and all(word.isalpha() for word in each.split("-")) for each in made)


def _numbers(loaded: Loaded) -> list[tuple[int, ...]]:
    sql = """select (select count(*) from app.timeline_entry where force_id = $1), (select count(*) from app.event where force_id = $1),
                    (select count(*) from app.staff where force_id = $1), (select count(*) from app.account where force_id = $1)"""

    async def work(running: Service) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = []
        for slug in FORCES:
            async with (await running.door(slug)).open(service("test")) as tx:
                found += await tx.all(lambda *numbers: numbers, sql)
        return found

    return carry_out(loaded.settings, work)
