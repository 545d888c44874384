"""The commands that put forces on board, and let people and record systems in, against a real database."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import pytest_asyncio
from msgspec import structs

from tests.cast import ADA, PASSWORD, World, configuration
from tests.kit.test_pictures import crest, written
from tests.web.admin.configured import filled, force_with, publish
from trackmycrime.cli import main
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.domain.audit import seal
from trackmycrime.domain.retention import certificates
from trackmycrime.domain.retention.schedule import What
from trackmycrime.domain.tenancy import canonical
from trackmycrime.kit.actor import service
from trackmycrime.settings import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Terminal:
    """Where commands are typed: gives the exit code, and what was printed."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    async def type(self, *words: str) -> tuple[int, bytes, str]:
        """Run a command beside the running tests' loop."""
        self._capture.readouterr()
        code = await asyncio.to_thread(main, words)
        printed = self._capture.readouterr()
        return code, printed.out, printed.err.decode()

    async def json(self, *words: str) -> Any:
        """Run a command that succeeds, and return its JSON."""
        code, out, err = await self.type(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest_asyncio.fixture(loop_scope="session")
async def terminal(
    world: World, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Terminal:
    monkeypatch.setenv("TRACKMYCRIME_HOME", str(world.settings.home))
    monkeypatch.setenv("TRACKMYCRIME_DOMAIN", world.settings.domain)
    monkeypatch.setenv("TRACKMYCRIME_SCHEME", world.settings.scheme)
    monkeypatch.setenv("TRACKMYCRIME_DATABASE_URL", world.settings.database_url)
    for role in Role:
        monkeypatch.setenv(f"TRACKMYCRIME_{role.upper()}_DATABASE_URL", world.settings.database_url_for(role))
    return Terminal(capsysbinary)


async def test_a_file_is_planned_applied_and_exported_byte_for_byte(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    first = canonical.write(configuration("dunmoor", "Dunmoor Police"))
    file = tmp_path / "force.toml"
    file.write_bytes(first)
    code, out, _ = await terminal.type("force", "plan", str(file))
    assert code == 0
    assert b"+ name: Dunmoor Police" in out
    assert "dunmoor" not in {force["slug"] for force in await terminal.json("force", "list")}

    assert (await terminal.type("force", "apply", str(tmp_path)))[0] == 0
    assert (await world.browser("dunmoor").get("/static/nothing")).status_code == 404
    listed = {force["slug"]: force for force in await terminal.json("force", "list")}
    assert listed["dunmoor"] == {"slug": "dunmoor", "name": "Dunmoor Police", "state": "live"}
    assert (await terminal.type("force", "export", "dunmoor"))[1] == first
    assert b"Nothing changes." in (await terminal.type("force", "apply", str(file)))[1]

    file.write_bytes(first.replace(b"update_interval_days = 28", b"update_interval_days = 14"))
    code, _, err = await terminal.type("force", "apply", str(file))
    assert (code, err.count("\n")) == (1, 1)
    assert "--live" in err
    assert (await terminal.type("force", "export", "dunmoor"))[1] == first
    (applied,) = await terminal.json("force", "apply", str(file), "--live")
    assert applied["changes"] == [{"path": "update_interval_days", "before": "28", "after": "14"}]
    assert (await terminal.type("force", "export", "dunmoor"))[1] == file.read_bytes()


async def test_what_administrators_changed_is_shown_and_not_overwritten_by_a_file(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash", live=False)
    file = tmp_path / "force.toml"
    file.write_bytes((await terminal.type("force", "export", slug))[1].replace(b"= 28", b"= 14"))
    assert (await terminal.type("force", "apply", str(file)))[0] == 0, "nobody has changed anything there"
    await ada.submit("/admin/branding", **{**await filled(ada, "/admin/branding"), "header": "#12284b"})
    for step in ("draft", "published"):
        file.write_bytes(file.read_bytes().replace(b"= 14", b"= 7"))
        code, out, err = await terminal.type("force", "apply", str(file))
        assert (code, err.count("\n"), "--live" in err) == (1, 1, True), step
        assert b"~ update_interval_days: 14 -> 7" in out, step
        if step == "draft":
            await publish(ada)
    assert b"~ brand.header: #12284b -> " in out
    assert (await terminal.type("force", "apply", str(file), "--live"))[0] == 0
    assert (await terminal.type("force", "export", slug))[1] == file.read_bytes()


async def test_a_logo_lies_beside_its_file(world: World, terminal: Terminal, tmp_path: Path) -> None:
    own = configuration("crestmoor", "Crestmoor Police")
    folder, copy = tmp_path / "crestmoor", tmp_path / "copy"
    folder.mkdir()
    (folder / "force.toml").write_bytes(canonical.write(own))
    (folder / "logo.png").write_bytes(written(crest()) + b"<script>")
    assert b"+ brand.logo: " in (await terminal.type("force", "plan", str(folder)))[1]
    assert (await terminal.type("force", "apply", str(folder)))[0] == 0
    assert (await terminal.type("force", "export", "crestmoor", "--to", str(copy)))[0] == 0
    picture = (copy / "logo.png").read_bytes()
    digest = hashlib.sha256(picture).hexdigest()
    assert b"<script>" not in picture
    assert (copy / "force.toml").read_bytes() == canonical.write(
        structs.replace(own, brand=structs.replace(own.brand, logo=digest))
    )
    assert (await terminal.type("force", "export", "crestmoor"))[1] == (copy / "force.toml").read_bytes()
    assert b"Nothing changes." in (await terminal.type("force", "apply", str(copy)))[1], "what was drawn anew stays"
    world.registry.forget()
    visitor = world.browser("crestmoor")
    assert f'src="/logos/{digest}.png"' in (await visitor.get("/")).text
    assert (await visitor.get(f"/logos/{digest}.png")).content == picture

    (copy / "logo.png").unlink()
    assert (await terminal.type("force", "apply", str(copy)))[0] == 0, "the force has it"
    elsewhere = tmp_path / "other.toml"
    elsewhere.write_bytes((copy / "force.toml").read_bytes().replace(b'"crestmoor"', b'"crestfell"'))
    code, _, err = await terminal.type("force", "apply", str(elsewhere))
    assert (code, err.count("\n"), "put logo.png beside the file" in err) == (1, 1, True)
    assert "crestfell" not in {force["slug"] for force in await terminal.json("force", "list")}
    (folder / "logo.png").write_bytes(b"<svg onload='alert(1)'/>")
    code, _, err = await terminal.type("force", "apply", "--live", str(folder))
    assert (code, err.count("\n"), "logo.png: This is an SVG drawing" in err) == (1, 1, True)
    (copy / "force.toml").write_bytes((copy / "force.toml").read_bytes().replace(digest.encode(), b""))
    assert (await terminal.type("force", "apply", "--live", str(copy)))[0] == 0
    assert (await terminal.type("force", "export", "crestmoor", "--to", str(folder)))[0] == 0
    assert [file.name for file in folder.iterdir()] == ["force.toml"], "it has no logo any more"


async def test_nothing_is_applied_when_one_of_the_files_is_wrong(terminal: Terminal, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_bytes(canonical.write(configuration("eastmere", "Eastmere Police")))
    bad.write_text('slug = "Not A Slug"')
    for wrong in (bad, tmp_path / "missing.toml"):
        code, _, err = await terminal.type("force", "apply", str(good), str(wrong))
        assert (code, err.count("\n")) == (1, 1)
    assert "eastmere" not in {force["slug"] for force in await terminal.json("force", "list")}


@pytest.mark.parametrize(
    "words",
    [
        ("force", "export", "nowhere"),
        ("client", "create", "--force", "nowhere", "--name", "Records"),
        ("client", "create", "--force", "avonside", "--name", " "),
        ("staff", "invite", "--force", "nowhere", "--role", "hub", "a@example.org"),
        ("staff", "invite", "--force", "avonside", "--role", "hub", "not an address"),
        ("operator", "invite", "opal@example.org"),
        ("audit", "verify", "--force", "nowhere"),
    ],
)
async def test_a_refusal_is_one_line(terminal: Terminal, words: tuple[str, ...]) -> None:
    code, out, err = await terminal.type(*words)
    assert (code, out, err.count("\n")) == (1, b"", 1)


async def test_a_database_that_does_not_answer_is_one_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in Role:
        monkeypatch.setenv(f"TRACKMYCRIME_{role.upper()}_DATABASE_URL", "postgresql://a:b@127.0.0.1:1/none")
    code, _, err = await terminal.type("force", "list")
    assert (code, err.count("\n")) == (1, 1)


async def test_a_client_is_made_for_one_force(world: World, terminal: Terminal) -> None:
    made = await terminal.json("client", "create", "--force", "avonside", "--name", "Records")
    assert set(made) == {"client_id", "client_secret", "token_url"}
    assert made["token_url"] == "https://avonside.localhost:8000/oauth/token"
    found = "select count(*) from app.client where force_id = $1 and client_id = $2"
    assert await world.ask("avonside", found, made["client_id"]) == [(1,)]
    assert await world.ask("brackenshire", found, made["client_id"]) == [(0,)]


async def test_staff_are_invited_by_a_link_on_their_own_force(world: World, terminal: Terminal) -> None:
    made = await terminal.json(
        "staff", "invite", "--force", "avonside", "--role", "supervisor", "sue@avonside.example.org"
    )
    assert made["link"].startswith("https://avonside.localhost:8000/staff/register/")
    role = "select role from app.staff where force_id = $1 and email = 'sue@avonside.example.org'"
    assert await world.ask("avonside", role) == [("supervisor",)]
    sent = """select count(*) from app.notification n join app.staff s on s.force_id = $1 and s.id = n.staff_id
              where n.force_id = $1 and s.email = 'sue@avonside.example.org'"""
    assert await world.ask("avonside", sent) == [(1,)]
    with pytest.raises(SystemExit) as ended:
        await terminal.type("staff", "invite", "--force", "avonside", "--role", "chief", ADA.email)
    assert ended.value.code == 2


async def test_an_operator_comes_in_by_the_link(world: World, terminal: Terminal) -> None:
    link = (await terminal.json("operator", "invite", "oscar@example.org"))["link"]
    console = world.browser("console")
    path = link.removeprefix("https://console.localhost:8000")
    assert (await console.get(path)).status_code == 200
    assert (await console.submit(path, password=PASSWORD, repeat_password=PASSWORD)).headers["location"] == "/forces"


async def _verdicts(terminal: Terminal) -> dict[str, Any]:
    """Return what is broken first in each force's chain. Other tests may have broken chains of other forces."""
    _code, out, _ = await terminal.type("audit", "verify", "--json")
    found = {verdict["force"]: verdict["broken"] for verdict in json.loads(out)}
    assert found.keys() >= {"avonside", "fennick"}
    return found


async def test_the_first_broken_link_of_a_chain_is_named(
    world: World, terminal: Terminal, postgres: EmbeddedPostgres
) -> None:
    await world.onboarding.provision(service("test"), configuration("fennick", "Fennick Police"))
    await world.client("fennick")
    await world.client("fennick")
    door = world.registry.door(await world.force("fennick"))
    async with door.open(service("test")) as tx:
        assert await seal(tx, world.heads) == 2
    assert (await terminal.type("audit", "verify", "--force", "fennick"))[:2] == (0, b"fennick: 2 links, unbroken\n")
    assert (await _verdicts(terminal))["fennick"] is None

    tamper = """update app.audit set what = 'client.deleted' where (force_id, id) = (
                select force_id, audit_id from app.audit_seal where force_id = %s and position = 2)"""
    with psycopg.connect(postgres.admin_url("trackmycrime"), autocommit=True) as administrator:
        assert administrator.execute(tamper, (door.force.id,)).rowcount == 1
    broken = (await _verdicts(terminal))["fennick"]
    assert (broken["position"], broken["what"]) == (2, "the row was changed")
    code, out, _ = await terminal.type("audit", "verify", "--force", "fennick")
    assert code == 1
    assert b"broken at link 2" in out
    with psycopg.connect(postgres.admin_url("trackmycrime"), autocommit=True) as administrator:
        administrator.execute(tamper.replace("deleted", "made"), (door.force.id,))


async def test_a_certificate_is_checked_against_the_audit(world: World, terminal: Terminal, tmp_path: Path) -> None:
    await world.onboarding.provision(service("test"), configuration("larkshire", "Larkshire Police"))
    door = world.registry.door(await world.force("larkshire"))
    async with door.open(service("test")) as tx:
        deletion = await certificates.write(tx, What.RECORDS, [uuid4()])
    async with door.open(service("test")) as tx:
        text = await certificates.certificate(tx, deletion)
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(text)
    bad.write_bytes(text.replace(b'"number": 1', b'"number": 2'))
    asked = ("audit", "certificate", "--force", "larkshire")
    code, out, _ = await terminal.type(*asked, str(good))
    assert (code, b"This certificate is true." in out) == (0, True)
    code, out, _ = await terminal.type(*asked, str(bad))
    assert (code, b"It was altered" in out) == (1, True)
    assert (await terminal.type(*asked, str(tmp_path / "none.json")))[0] == 1
    assert (await terminal.type("audit", "certificate", "--force", "avonside", str(good)))[0] == 1
