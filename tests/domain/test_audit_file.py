"""The audit as a file: it passes as it was written, and every tampering is found and named by its line."""

import hashlib
import random
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
import pytest_asyncio

from tests.cast import Employee, Victim, World, configuration, crime, event
from tests.domain.test_audit import forget
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.domain import audit, auditing
from trackmycrime.domain.auditing import Asked, Group, checking, exporting, wholeness
from trackmycrime.domain.auditing.checking import Checked
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.gateways.heads import HEADS
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.kit.errors import Invalid
from trackmycrime.kit.time import today

pytestmark = pytest.mark.asyncio(loop_scope="session")
SOMEBODY = service("test")
TAMPERINGS = 500

type Lines = list[bytes]
type Tampering = Callable[[random.Random, Lines, Lines], Lines]


async def force_of(world: World, *, updates: int = 40) -> Force:
    slug = f"file-{uuid4().hex[:6]}"
    await world.onboarding.provision(SOMEBODY, configuration(slug, "Filed Police"))
    vera = Victim("Vera", "Vance", "FI/1/26", f"vera@{slug}.example.org")
    batch = [crime(vera.reference, [vera.as_event()])]
    batch += [event("update.published", vera.reference, text=f"News {n}.") for n in range(updates)]
    await world.push(slug, batch)
    return await world.force(slug)


async def seal(world: World, force: Force) -> None:
    async with world.registry.door(force).open(SOMEBODY) as tx:
        while await audit.seal(tx, world.heads, limit=17):
            pass


async def written(world: World, force: Force, asked: Asked) -> Lines:
    door = world.registry.door(force)
    async with door.open(SOMEBODY) as tx:
        export = await exporting.prepare(tx, asked)
    return b"".join([piece async for piece in auditing.lines(door, SOMEBODY, export)]).splitlines(keepends=True)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def force(world: World) -> Force:
    made = await force_of(world)
    await seal(world, made)
    return made


def check(force: Force, lines: Lines) -> Checked:
    return checking.check(force.ref.keys, lines)


async def test_the_whole_record_is_one_chain_from_first_to_last(world: World, force: Force) -> None:
    lines = await written(world, force, Asked())
    found = check(force, lines)
    assert found.wrong is None
    assert (found.chain, found.first, found.last) == (True, 1, found.rows)
    assert len(lines) == found.rows + 2
    assert found.rows > 40
    header, trailer = msgspec.json.decode(lines[0]), msgspec.json.decode(lines[-1])
    assert header["not_sealed_yet"] == 1, "that it is taken away was recorded, and is not sealed yet"
    assert "none is missing" in header["proves"]
    assert trailer["head"]["position"] == found.last
    assert trailer["more"] is False
    first = msgspec.json.decode(lines[1])
    canonical = [*first["row"][:7], b"", first["row"][8].encode()]
    told = hashlib.sha256(bytes.fromhex(first["previous"]) + msgspec.msgpack.encode(canonical)).hexdigest()
    assert told == first["digest"], "the header says how, and so it is"


async def test_what_was_chosen_says_that_it_proves_no_more_than_each_row(world: World, force: Force) -> None:
    lines = await written(world, force, Asked(group=Group.RECORDS))
    found = check(force, lines)
    assert found.wrong is None
    assert found.chain is False
    assert found.rows == 41
    assert {msgspec.json.decode(line)["row"][4] for line in lines[1:-1]} == {"event.applied"}
    assert "does not show that no other row fits" in msgspec.json.decode(lines[0])["proves"]


async def test_days_without_anything_make_no_file(world: World, force: Force) -> None:
    with pytest.raises(Invalid):
        await written(world, force, Asked(last=today().replace(year=2001)))
    found = check(force, await written(world, force, Asked(first=today(), last=today())))
    assert found.wrong is None
    assert found.rows > 40


def _rechained(lines: Lines, begin: int) -> Lines:
    """Make all digests fit again, as somebody would who knows how but has no key."""
    made, previous = lines[:begin], ""
    for line in lines[begin:]:
        told = msgspec.json.decode(line)
        if "row" in told:
            previous = previous or told["previous"]
            row = [*told["row"][:7], b64encode(b"x")[:0], told["row"][8].encode()]
            told["previous"] = previous
            previous = hashlib.sha256(bytes.fromhex(previous) + msgspec.msgpack.encode(row)).hexdigest()
            told["digest"] = previous
        made.append(msgspec.json.encode(told) + b"\n")
    return made


def _changed(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    """Change a field of a row, and half the time all digests with it."""
    at = dice.randrange(1, len(lines) - 1)
    told = msgspec.json.decode(lines[at])
    field = dice.choice([0, 1, 2, 3, 4, 5, 6, 8])
    told["row"][field] += dice.choice("0a ")
    changed = [*lines[:at], msgspec.json.encode(told) + b"\n", *lines[at + 1 :]]
    return _rechained(changed, at) if dice.random() < 0.5 else changed


def _removed(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    at = dice.randrange(len(lines))
    return [*lines[:at], *lines[at + 1 :]]


def _swapped(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    one, two = dice.sample(range(len(lines)), 2)
    made = list(lines)
    made[one], made[two] = made[two], made[one]
    return made


def _twice(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    at = dice.randrange(len(lines))
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def _cut(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    whole = b"".join(lines)
    return whole[: dice.randrange(len(whole))].splitlines(keepends=True)


def _bit(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    """Change one byte, wherever it is: a digest, a proof, the header, the last line."""
    whole = bytearray(b"".join(lines))
    whole[dice.randrange(len(whole))] ^= 1 << dice.randrange(7)
    return bytes(whole).splitlines(keepends=True)


def _member(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    """Change something in the header or the last line."""
    at = dice.choice([0, len(lines) - 1])
    told = msgspec.json.decode(lines[at])
    name = dice.choice([name for name in told if name != "proof"])
    told[name] = {"changed": 1} if isinstance(told[name], dict) else f"{told[name]}1"
    return [*lines[:at], msgspec.json.encode(told) + b"\n", *lines[at + 1 :]]


def _digest(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    at = dice.randrange(1, len(lines) - 1)
    told = msgspec.json.decode(lines[at])
    told[dice.choice(["digest", "previous", "proof"])] = dice.randbytes(32).hex()
    return [*lines[:at], msgspec.json.encode(told) + b"\n", *lines[at + 1 :]]


def _foreign(dice: random.Random, lines: Lines, other: Lines) -> Lines:
    """Put in, or instead, a line of another file: another force's, or of this one at another time."""
    at = dice.randrange(len(lines))
    return [*lines[:at], dice.choice(other), *lines[at + dice.randrange(2) :]]


def _spaced(dice: random.Random, lines: Lines, _other: Lines) -> Lines:
    """Say the same in other bytes."""
    at = dice.randrange(len(lines))
    return [*lines[:at], lines[at].replace(b":", b": ", 1), *lines[at + 1 :]]


WAYS: tuple[Tampering, ...] = (
    *(_changed, _removed, _swapped, _twice, _cut, _bit, _member, _digest, _foreign, _spaced),
)


async def test_of_500_tamperings_every_one_is_found(world: World, force: Force) -> None:
    elsewhere = await force_of(world, updates=8)
    await seal(world, elsewhere)
    other = await written(world, elsewhere, Asked()) + await written(world, force, Asked())
    tried = 0
    for asked in (Asked(), Asked(group=Group.RECORDS)):
        lines = await written(world, force, asked)
        assert check(force, lines).wrong is None
        assert check(elsewhere, lines).wrong == checking.Wrong(
            1, "it is not what this force's key says was written here"
        )
        dice = random.Random(f"{asked}")  # noqa: S311 - a seeded choice
        for number in range(TAMPERINGS // 2):
            way = WAYS[number % len(WAYS)]
            tampered = way(dice, lines, other)
            tried += tampered != lines
            found = check(force, tampered).wrong
            assert found is not None, way.__name__
            first = next((at for at, pair in enumerate(zip(tampered, lines, strict=False)) if pair[0] != pair[1]), None)
            expected = first if first is not None else min(len(tampered), len(lines))
            assert found.line == expected + 1, way.__name__
    assert tried == TAMPERINGS


async def test_a_file_of_a_record_that_was_tampered_with_before_names_the_row(
    world: World, postgres: EmbeddedPostgres
) -> None:
    for how, what in (
        ("update app.audit set what = 'x' where force_id = $1 and id = $2", "was changed"),
        ("delete from app.audit where force_id = $1 and id = $2", "was removed"),
        ("delete from app.audit_seal where force_id = $1 and audit_id = $2", "does not follow"),
    ):
        made = await force_of(world, updates=4)
        await seal(world, made)
        connection = await asyncpg.connect(postgres.admin_url("trackmycrime"))
        row = await _fifth(connection, made.ref.id)
        await connection.execute(how, made.ref.id, row)
        found = check(made, await written(world, made, Asked())).wrong
        await forget(world, connection, made.ref.id)
        assert found is not None
        assert (found.line, what in found.what) == (6, True), found


async def _fifth(connection: asyncpg.Connection, force_id: UUID) -> UUID:
    found: Any = await connection.fetchval(
        "select audit_id from app.audit_seal where force_id = $1 and position = 5", force_id
    )
    return found


async def test_the_record_is_walked_in_steps_and_what_was_found_is_kept(
    world: World, postgres: EmbeddedPostgres
) -> None:
    made = await force_of(world, updates=4)
    await seal(world, made)
    door = world.registry.door(made)
    await world.hire(made.ref.slug, Employee("Ada Ash", "admin", f"ada@{made.ref.slug}.example.org"))
    ((admin,),) = await world.ask(made.ref.slug, "select id from app.staff where force_id = $1 and role = 'admin'")
    ada = Actor(Kind.STAFF, admin, role="admin")
    await seal(world, made)

    async def work(step: int = 5) -> int:
        async with door.open(SOMEBODY) as tx:
            return await wholeness.work(tx, world.heads, step=step)

    async with door.open(SOMEBODY) as tx:
        assert (await wholeness.of_force(tx)).ended == []
    assert await work() > 0, "the first walk begins by itself"
    assert await work() == 0, "so few links are one batch, and the next look finds that there are no more"
    assert await work() == 0, "once a day"
    async with door.open(SOMEBODY) as tx:
        found = await wholeness.of_force(tx)
        assert (found.running, found.whole_at is not None, found.ended[0].fault) == (None, True, None)
    async with door.open(ada) as tx:
        await wholeness.ask(tx)
        await wholeness.ask(tx)
    connection = await asyncpg.connect(postgres.admin_url("trackmycrime"))
    await connection.execute(
        "update app.audit set what = 'x' where force_id = $1 and id = $2",
        *(made.ref.id, await _fifth(connection, made.ref.id)),
    )
    await work()
    async with door.open(SOMEBODY) as tx:
        fault = await wholeness.fault(tx)
        still = await wholeness.of_force(tx)
    await connection.execute("delete from app.audit_check where force_id = $1", made.ref.id)
    await forget(world, connection, made.ref.id)
    assert fault is not None
    assert (fault.fault, fault.broken_at, fault.links) == (audit.Fault.CHANGED, 5, 4)
    assert still.whole_at == found.whole_at
    assert (world.settings.home / HEADS).exists()
