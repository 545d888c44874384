"""Building a force of the stage: on board, staffed, with crimes and all that its people did, everything found by name."""

from uuid import uuid4

from msgspec import structs

from tests.cast import World, configuration
from tests.isolation import side_events, side_life, side_provider, side_records, side_retention, side_staff, ways
from tests.isolation.canaries import Whose, canary
from tests.isolation.side import STAFF, Side
from trackmycrime.domain.cases import contacts, resets
from trackmycrime.domain.identity import clients, second_step, sessions, staff
from trackmycrime.domain.identity.clients import May
from trackmycrime.domain.identity.throttle import Browser
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.configuration import SupportService
from trackmycrime.domain.tenancy.units import Routing, Rule, Unit
from trackmycrime.kit.actor import Kind, service
from trackmycrime.kit.time import now
from trackmycrime.store.identity import clients as client_rows
from trackmycrime.tx import ForceTx

_HEADERS = {"a": "#12284b", "b": "#4b1228"}


async def build(world: World, letter: str) -> Side:
    """Put one force on board and fill every table of it."""
    slug = f"isolation-{letter}-{uuid4().hex[:8]}"
    published = structs.replace(
        configuration(slug, f"Isolation {letter.upper()} Police", next_on_duty=True),
        brand=Brand(header=_HEADERS[letter]),
        support=(_service(letter),),
        routing=_routing(letter),
    )
    await world.onboarding.provision(service("isolation"), published)
    side = Side(world, letter, await world.force(slug), {})
    side.victims = side_events.victims(side)
    await _employ(side)
    await world.push(slug, side_events.crimes(side))
    for name in ("vera", "wanda", "xenia", "rita"):
        await world.register(slug, side.victims[name])
    await world.push(slug, side_events.told(side))
    await world.push(slug, side_events.astray(side))
    await world.push(slug, side_events.first_load(side), backfill=True)
    await _find(side)
    await side_life.talk(side)
    await side_life.ask(side)
    await _set_up_ways(side)
    await side_life.work(side)
    await side_life.configure(side)
    await side_records.settle(side)
    await side_life.look_around(side)
    await side_provider.set_up(side)
    await side_provider.half_way(side)
    await side_staff.look_after(side)
    await side_retention.keep(side)
    await _identify(side)
    return side


def _service(letter: str) -> SupportService:
    web = f"https://help-{letter}.example.org/"
    return SupportService(name=f"Help {letter.upper()}", helps_with="Any crime", who_for="Anyone", web=web)


async def _employ(side: Side) -> None:
    async with side.door.open(service("isolation")) as tx:
        for name, role in STAFF.items():
            named = f"{side.say(Whose.STAFF, 'staff', 'name')} {name}"
            side.ids[name] = await staff.invite(tx, side.email(name), role, name=named)
        made = await clients.make(tx, side.say(Whose.STAFF, "client", "name"))
        token = staff.invitation_token(tx, side.ids["officer"])
        await second_step.waive(tx, side.ids["officer"])
        await _spare(tx, side)
        await client_rows.add_proof(tx, made.id, b"signed", now())
    await side.one(
        "update app.staff set active = false where force_id = $1 and id = $2 returning id", side.ids["suspended"]
    )
    side.client, side.client_key, side.ids["client"] = (made.client_id, made.client_secret), made.key_id, made.id
    password = side.victims["vera"].password
    await staff.register(side.door, token, password, password)


def _routing(letter: str) -> Routing:
    """Let Xenia's messages wait for a unit in which nobody works."""
    unit = canary(letter, Whose.STAFF, "configuration", "unit")
    return Routing(units=(Unit(name=unit),), rules=(Rule(areas=("East Marsh",), unit=unit),))


async def _spare(tx: ForceTx, side: Side) -> None:
    """Give the force another connection, with two ways in and a third that has ended."""
    spare = await clients.make(tx, "Spare", may=[May.READ])
    side.ids["spare_client"], side.ids["ended_key"] = spare.id, spare.key_id
    await clients.rotate(tx, spare.id)
    await clients.end_key(tx, spare.id, spare.key_id)
    await clients.rotate(tx, spare.id)
    side.ids["spare_key"] = (await clients.one(tx, spare.id)).keys[0].id


async def _find(side: Side) -> None:
    for name, victim in side.victims.items():
        sql = "select id from app.person where force_id = $1 and source_id = $2"
        side.ids[name] = await side.one(sql, victim.person)
    for case, name in (("case", "vera"), ("other_case", "xenia"), ("hidden_case", "yara")):
        sql = "select id from app.case where force_id = $1 and reference = $2"
        side.ids[case] = await side.one(sql, side.victims[name].reference)


async def _set_up_ways(side: Side) -> None:
    """Let everybody who writes have a passkey and a card, and all but Vera an app."""
    for name, whose in (("vera", Whose.VERA), ("wanda", Whose.WANDA), ("xenia", Whose.XENIA)):
        called, password = side.say(whose, "factor", "content"), side.victims[name].password
        side.ways[name] = await ways.given(side.door, side.ids[name], password, called, app=name != "vera")
        sql = "select id from app.factor where force_id = $1 and person_id = $2 and kind = 'passkey'"
        side.ids[f"{name}s_factor"] = await side.one(sql, side.ids[name])
    await ways.leave_open(side.door, side.victims["wanda"])


async def _identify(side: Side) -> None:
    body = "select id from app.timeline_entry where force_id = $1 and case_id = $2 and kind = 'message' order by id limit 1"
    side.ids["entry"] = await side.one(body, side.ids["case"])
    side.ids["other_entry"] = await side.one(body, side.ids["other_case"])
    item = "select id from app.property_item where force_id = $1 and case_id = $2"
    side.ids["item"] = await side.one(item, side.ids["case"])
    side.ids["other_item"] = await side.one(item, side.ids["other_case"])
    for name in ("vera", "yves", "yann"):
        sql = "select id from app.invite where force_id = $1 and person_id = $2"
        side.ids[f"{name}s_invite"] = await side.one(sql, side.ids[name])
    side.ids["force"] = side.force.ref.id
    expired = (
        "update app.invite set expires_at = now() - interval '1 hour' where force_id = $1 and id = $2 returning id"
    )
    await side.one(expired, side.ids["yanns_invite"])
    async with side.door.open(service("isolation")) as tx:
        for name in ("vera", "wanda"):
            side.marks[name] = (await contacts.pending(tx, side.ids[name])).mark
    for name in ("vera", "xenia"):
        async with side.door.open(service("isolation")) as tx:
            side.ids[f"{name}s_session"] = (await sessions.begin(tx, Kind.VICTIM, side.ids[name])).session.id
    sql = "select id from app.reset where force_id = $1 and person_id = $2"
    for number, name in enumerate(("vera", "wanda", "xenia")):
        await resets.ask(side.door, side.victims[name].facts, Browser(f"192.0.2.{90 + number}"))
        side.ids[f"{name}s_reset"] = await side.one(sql, side.ids[name])
