"""One of the two forces: its people and crimes, everything written through the domain with canaries in its plaintext.

Vera and Wanda are victims on one reference, the case of the first officer. Xenia is the victim of another case, the second
officer's. Rita reported both, and has said the reference of the first. Zoe acts for Vera, and has not registered. Yara, Yves and Yann share a case that nobody is assigned to: Yara is at risk, the others are invited; nobody checked that Yvette may act for Yara.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from msgspec import structs

from tests.cast import Victim, World, configuration, crime, event
from tests.isolation.canaries import Whose, canary
from trackmycrime.domain import audit, cases, data_requests, messages, reporting, tasks, updates
from trackmycrime.domain.cases import assessments, contacts, numbers, preferences, proxies, resets, timeline
from trackmycrime.domain.cases.assessments import Assessment
from trackmycrime.domain.cases.preferences import Preferences
from trackmycrime.domain.cases.timeline import Audience, Draft, EntryKind
from trackmycrime.domain.identity import clients, sessions, staff, throttle
from trackmycrime.domain.identity.throttle import Attempt, Browser
from trackmycrime.domain.messages import CallWish, Days, Hours, Method
from trackmycrime.domain.notifications.codes import figures
from trackmycrime.domain.people import SafeChannel, SafeContact
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.configuration import SupportService
from trackmycrime.domain.tenancy.registry import Force
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.kit.time import now
from trackmycrime.tx import ForceDoor

STAFF = {
    "officer": "officer",
    "other_officer": "officer",
    "hub": "hub",
    "colleague": "hub",  # opens cases and takes tasks, so that the hub's own officer has nothing to do with them
    "supervisor": "supervisor",
    "admin": "admin",
    "invited": "hub",
}
_HEADERS = {"a": "#12284b", "b": "#4b1228"}


@dataclass
class Side:
    """A force of the stage. `ids` finds everything by the name that the ledger uses."""

    world: World
    letter: str
    force: Force
    victims: dict[str, Victim]
    ids: dict[str, UUID] = field(default_factory=dict[str, UUID])
    client: tuple[str, str] = ("", "")
    marks: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def slug(self) -> str:
        """The force's part of the address."""
        return self.force.ref.slug

    @property
    def door(self) -> ForceDoor:
        """The door to the force's data."""
        return self.world.registry.door(self.force)

    def say(self, whose: Whose, table: str, column: str, *, joined: str = "-") -> str:
        """Return a canary of this force."""
        return canary(self.letter, whose, table, column, joined=joined)

    def victim(self, name: str) -> Actor:
        """Return a victim as an actor."""
        return Actor(Kind.VICTIM, self.ids[name], role="victim")

    def employee(self, name: str) -> Actor:
        """Return a member of staff as an actor."""
        return Actor(Kind.STAFF, self.ids[name], role=STAFF[name], name=self.say(Whose.STAFF, "staff", "name"))

    def email(self, name: str) -> str:
        """Return the address of a member of staff."""
        return f"{self.say(Whose.STAFF, 'staff', 'email')}-{name}@example.org"

    async def one(self, sql: str, *args: object) -> UUID:
        """Return the only id that a question finds; $1 is the force."""
        ((found,),) = await self.world.ask(self.slug, sql, *args)
        return found


async def build(world: World, letter: str) -> Side:
    """Put one force on board and fill every table of it."""
    slug = f"isolation-{letter}-{uuid4().hex[:8]}"
    published = structs.replace(
        configuration(slug, f"Isolation {letter.upper()} Police", next_on_duty=True),
        brand=Brand(header=_HEADERS[letter]),
        support=(_service(letter),),
    )
    await world.onboarding.provision(service("isolation"), published)
    side = Side(world, letter, await world.force(slug), {})
    side.victims = _victims(side)
    await _employ(side)
    await world.push(slug, _crimes(side))
    for name in ("vera", "wanda", "xenia", "rita"):
        await world.register(slug, side.victims[name])
    await world.push(slug, _told(side))
    await _find(side)
    await _talk(side)
    await _ask(side)
    await _work(side)
    await _identify(side)
    return side


def _service(letter: str) -> SupportService:
    web = f"https://help-{letter}.example.org/"
    return SupportService(name=f"Help {letter.upper()}", helps_with="Any crime", who_for="Anyone", web=web)


def _victims(side: Side) -> dict[str, Victim]:
    first = side.say(Whose.REFERENCE, "case", "reference") + "/1"
    second = side.say(Whose.OTHER_REFERENCE, "case", "reference") + "/2"
    third = side.say(Whose.OTHER_REFERENCE, "case", "reference") + "/3"
    people = {
        "vera": (Whose.VERA, first),
        "wanda": (Whose.WANDA, first),
        "xenia": (Whose.XENIA, second),
        "yara": (Whose.HIDDEN, third),
        "yves": (Whose.HIDDEN, third),
        "yann": (Whose.HIDDEN, third),
        "zoe": (Whose.VERA, first),
        "yvette": (Whose.HIDDEN, third),
        "rita": (Whose.REPORTER, first),
    }
    return {name: _victim(side, name, whose, reference) for name, (whose, reference) in people.items()}


def _victim(side: Side, name: str, whose: Whose, reference: str) -> Victim:
    named = side.say(whose, "person", "identity")
    email = f"{side.say(whose, 'person', 'contact')}-{name}@example.org"
    return Victim(f"{name.title()} {named}", f"{named} {name}", reference, email, side.say(whose, "person", name))


async def _employ(side: Side) -> None:
    async with side.door.open(service("isolation")) as tx:
        for name, role in STAFF.items():
            named = f"{side.say(Whose.STAFF, 'staff', 'name')} {name}"
            side.ids[name] = await staff.invite(tx, side.email(name), role, name=named)
        made = await clients.make(tx, side.say(Whose.STAFF, "client", "name"))
        token = staff.invitation_token(tx, side.ids["officer"])
    side.client = made.client_id, made.client_secret
    password = side.victims["vera"].password
    await staff.register(side.door, token, password, password)


def _officer(side: Side, name: str) -> dict[str, str]:
    collar = "1" if name == "officer" else "2"
    return {
        "collar_number": f"{side.say(Whose.STAFF, 'staff', 'collar')}-{collar}",
        "name": f"{side.say(Whose.STAFF, 'staff', 'name')} {name}",
        "role": side.say(Whose.STAFF, "staff", "title"),
        "unit": side.say(Whose.STAFF, "staff", "unit"),
        "email": side.email(name),
    }


def _crimes(side: Side) -> list[dict[str, object]]:
    people = {name: victim.as_event() for name, victim in side.victims.items()}
    people["yvette"] |= {"role": "proxy", "proxy_for": side.victims["yara"].person}
    people["zoe"] |= {"role": "proxy", "proxy_for": side.victims["vera"].person}
    people["rita"] |= {"role": "reporter"}
    people["yara"]["safety"] = [side.say(Whose.HIDDEN, "case_person", "safety", joined="_")]
    return [
        _crime(side, Whose.CASE, [people["vera"], people["wanda"], people["zoe"], people["rita"]], "vera", "officer"),
        _crime(side, Whose.XENIA, [people["xenia"], people["rita"]], "xenia", "other_officer"),
        _crime(side, Whose.HIDDEN, [people["yara"], people["yves"], people["yann"], people["yvette"]], "yara", None),
    ]


def _crime(
    side: Side, whose: Whose, victims: list[dict[str, object]], first: str, officer: str | None
) -> dict[str, object]:
    item = {
        "id": side.say(whose, "property_item", "source_id"),
        "description": side.say(whose, "property_item", "description"),
        "make": side.say(whose, "property_item", "make"),
        "category": side.say(whose, "property_item", "category"),
        "serial": "0001",
        "status": "missing",
    }
    more: dict[str, object] = {"officer": _officer(side, officer)} if officer else {}
    return crime(
        side.victims[first].reference,
        victims,
        id=f"{side.say(whose, 'event', 'source_id')}-{first}",
        offence={"title": f"Theft of pedal cycle {side.say(whose, 'case', 'offence_title')}"},
        summary=side.say(whose, "case", "summary"),
        property=[item],
        **more,
    )


def _told(side: Side) -> list[dict[str, object]]:
    first, second = side.victims["vera"].reference, side.victims["xenia"].reference
    changed = {
        name: side.victims[name].as_event(email=f"{side.say(whose, 'person', 'pending_contact')}@example.org")
        for name, whose in (("vera", Whose.VERA), ("wanda", Whose.WANDA))
    }
    return [
        _update(side, first, Whose.VERA, "vera"),
        _update(side, first, Whose.WANDA, "wanda"),
        _update(side, second, Whose.XENIA, "xenia"),
        _named(side, Whose.CASE, event("update.published", first, text=side.say(Whose.NOTE, "event", "content"))),
        *(_named(side, Whose.CASE, event("victim.changed", first, victim=victim)) for victim in changed.values()),
        _named(side, Whose.CASE, event("stage.changed", first, stage="investigation")),
        _named(side, Whose.XENIA, event("stage.changed", second, stage="file_to_cps")),
        _hearing(side, first, Whose.CASE),
        _hearing(side, second, Whose.XENIA),
    ]


def _named(side: Side, whose: Whose, told: Mapping[str, object]) -> dict[str, object]:
    return {**told, "id": f"{side.say(whose, 'event', 'source_id')}-{uuid4().hex}"}


def _update(side: Side, reference: str, whose: Whose, name: str) -> dict[str, object]:
    topic = side.say(whose, "timeline_entry", "topic", joined="_")
    text = side.say(whose, "timeline_entry", "body")
    told = event("update.published", reference, text=text, to=[side.victims[name].person])
    return _named(side, whose, {**told, "kind": topic})


def _hearing(side: Side, reference: str, whose: Whose) -> dict[str, object]:
    court, kind = side.say(whose, "hearing", "court"), side.say(whose, "hearing", "hearing_type")
    at = now().replace(year=now().year + 1, day=1).isoformat()
    return _named(side, whose, event("hearing.listed", reference, court=court, hearing_type=kind, at=at))


async def _find(side: Side) -> None:
    for name, victim in side.victims.items():
        sql = "select id from app.person where force_id = $1 and source_id = $2"
        side.ids[name] = await side.one(sql, victim.person)
    for case, name in (("case", "vera"), ("other_case", "xenia"), ("hidden_case", "yara")):
        sql = "select id from app.case where force_id = $1 and reference = $2"
        side.ids[case] = await side.one(sql, side.victims[name].reference)


async def _talk(side: Side) -> None:
    """Let everybody of the two cases say something, each to one."""
    case, other = side.ids["case"], side.ids["other_case"]
    async with side.door.open(side.employee("officer")) as tx:
        await updates.publish(tx, case, side.say(Whose.WANDA, "timeline_entry", "body"), to=[side.ids["wanda"]])
        await messages.reply(tx, case, side.say(Whose.VERA, "timeline_entry", "body"), to=side.ids["vera"])
        note = Draft(
            kind=EntryKind.NOTE,
            audience=Audience.STAFF,
            text=side.say(Whose.NOTE, "timeline_entry", "body"),
            author_kind=Kind.STAFF,
            happened_at=now(),
        )
        await timeline.say(tx, await cases.seen_by_actor(tx, case), note)
    async with side.door.open(side.victim("rita")) as tx:
        mobile = side.say(Whose.REPORTER, "account", "mobile")
        await preferences.choose(tx, Preferences("", email_on=True, text_on=True, mobile=mobile))
    for name, where, whose in (
        ("vera", case, Whose.VERAS_WORDS),
        ("wanda", case, Whose.WANDAS_WORDS),
        ("xenia", other, Whose.XENIAS_WORDS),
    ):
        async with side.door.open(side.victim(name)) as tx:
            own = Whose.XENIA if name == "xenia" else Whose.VERA if name == "vera" else Whose.WANDA
            seen = await cases.seen_by_actor(tx, where)
            await messages.send(tx, seen, side.say(whose, "timeline_entry", "body"))
            wish = CallWish(Method.CALL, "", Days.ANY, Hours.ANY, side.say(whose, "timeline_entry", "body"))
            await messages.ask_for_call(tx, seen, wish)
            await timeline.page(tx, seen)
        await _number(side, name, own)
        async with side.door.open(side.victim(name)) as tx:  # what was sent takes with it what was begun
            await messages.keep_draft(tx, seen, side.say(own, "draft", "body"))


async def _number(side: Side, name: str, whose: Whose) -> None:
    """Let somebody give a number and type its code, and then another whose code they have still to type."""
    for column in (("account", "mobile"), ("text_code", "number")):
        async with side.door.open(side.victim(name)) as tx:
            chosen = Preferences("", email_on=True, text_on=True, mobile=side.say(whose, *column))
            assert await preferences.choose(tx, chosen)
        sql = "select id from app.text_code where force_id = $1 and person_id = $2 and state = 'open'"
        side.ids[f"{name}s_code"] = await side.one(sql, side.ids[name])
        if column[0] == "account":
            code = figures(side.force.ref.keys, side.ids[f"{name}s_code"])
            await numbers.confirm(side.door, side.victim(name), code)


async def _ask(side: Side) -> None:
    """Let everybody who writes have asked for their data a day ago, and find it there."""
    browser = Browser("192.0.2.98")
    for name, where in (("vera", "case"), ("wanda", "case"), ("xenia", "other_case")):
        async with side.door.open(side.victim(name)) as tx:
            session = (await sessions.begin(tx, Kind.VICTIM, side.ids[name])).session
        password = side.victims[name].password
        await data_requests.ask(side.door, session, side.ids[where], password, browser)
    sql = "update app.data_request set ready_at = now() where force_id = $1 returning id"
    await side.world.ask(side.slug, sql)
    async with side.door.open(service("isolation")) as tx:
        await data_requests.make_due(tx)


async def _work(side: Side) -> None:
    """Let staff open, take and read what there is, and the service count, seal and slow down."""
    async with side.door.open(side.employee("colleague")) as tx:
        for case, whose in (("case", Whose.CASE), ("other_case", Whose.XENIA)):
            await cases.open_with_reason(tx, side.ids[case], side.say(whose, "audit", "reason"))
    async with side.door.open(side.employee("officer")) as tx:
        await timeline.page(tx, await cases.read_by_staff(tx, side.ids["case"]))
    sql = "select id from app.task where force_id = $1 and kind = $2 and person_id = $3 and done_at is null"
    for name, kind, person in (
        ("message_task", "message", "vera"),
        ("wandas_task", "message", "wanda"),
        ("task", "call_request", "vera"),
        ("taken_task", "call_request", "wanda"),
        ("other_task", "call_request", "xenia"),
        ("other_message_task", "message", "xenia"),
    ):
        side.ids[name] = await side.one(sql, kind, side.ids[person])
    async with side.door.open(side.employee("colleague")) as tx:
        await tasks.claim(tx, side.ids["taken_task"])
    note = side.say(Whose.NOTE, "person", "safe_contact")
    safe = SafeContact(SafeChannel.EMAIL, tuple(range(7)), 0, 24, note)
    async with side.door.open(side.employee("officer")) as tx:
        await proxies.check(tx, side.ids["case"], side.ids["zoe"], "spokesperson", 90, not_named=True)
        await assessments.assess(
            tx, side.ids["case"], side.ids["vera"], Assessment(suitable=True, safety=(), safe=safe)
        )
    await throttle.take(side.door, Attempt("victim nobody", "192.0.2.99"))
    async with side.door.open(service("isolation")) as tx:
        await audit.seal(tx, side.world.heads)
        await reporting.count(tx)


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
