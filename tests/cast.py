"""The cast that every test knows. Avonside and Brackenshire are forces; neither may see the other's people.

Alice is an Avonside victim with crime AV/1001/26; officer Osman is in the case. Bea is another Avonside victim, with crime
AV/1002/26. Carol is a Brackenshire victim with crime BR/2001/26. Each force has an officer, a hub officer and an
administrator, and a record system. Opal is a national operator.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from trackmycrime.domain.cases import registration
from trackmycrime.domain.cases.registration import Facts
from trackmycrime.domain.identity import clients, operators, second_step, staff
from trackmycrime.domain.ingest import receive
from trackmycrime.domain.notifications.wording import INVITE
from trackmycrime.domain.onboarding import Onboarding
from trackmycrime.domain.tenancy.brand import Brand
from trackmycrime.domain.tenancy.configuration import Configuration, Contact, Features, Offences, Routing
from trackmycrime.domain.tenancy.registry import Force, Registry
from trackmycrime.gateways.heads import HEADS, Heads
from trackmycrime.kit import links
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.settings import Settings
from trackmycrime.tx import Database, ForceTx

PASSWORD = "four plain words for a test"
BORN = date(1984, 3, 9)
DOMAIN = "localhost:8000"


def configuration(slug: str, name: str, **features: bool) -> Configuration:
    """Return the configuration of a fictional force; every feature that is built is on unless said otherwise."""
    switches = {"two_way_messaging": True, "sms": True, "property_page": True, "journey": True, **features}
    return Configuration(
        slug=slug,
        name=name,
        from_name=name,
        live=True,
        contact=Contact(),
        brand=Brand(),
        features=Features(**switches),
        offences=Offences(),
        routing=Routing(),
    )


@dataclass
class Victim:
    """A victim of the cast, with the facts by which they sign in."""

    name: str
    last_name: str
    reference: str
    email: str
    person: str = field(default_factory=lambda: uuid4().hex)
    password: str = PASSWORD
    born: date = BORN

    @property
    def facts(self) -> Facts:
        """What they say of themselves."""
        return Facts(self.reference, self.last_name, self.born)

    def typed(self, **changes: str) -> dict[str, str]:
        """Return what they type to say who they are: the fields of the forms of signing in and registering."""
        born = {"day": str(self.born.day), "month": str(self.born.month), "year": str(self.born.year)}
        return {"crime_reference": self.reference, "last_name": self.last_name, **born, **changes}

    def with_password(self, **changes: str) -> dict[str, str]:
        """Return what they type to register: who they are, and their password twice."""
        return self.typed(password=self.password, repeat_password=self.password) | changes

    def as_event(self, **changes: object) -> dict[str, object]:
        """Return them as a record system describes them: nothing stands against inviting them."""
        return {
            "person": self.person,
            "given_names": self.name,
            "last_name": self.last_name,
            "date_of_birth": self.born.isoformat(),
            "email": self.email,
            "consent": "opted_in",
            "suitability": "suitable",
            "safety": [],
            **changes,
        }


@dataclass
class Employee:
    """A member of staff of the cast."""

    name: str
    role: str
    email: str
    password: str = PASSWORD


def moment(days_ago: float = 0) -> str:
    """Return a moment some days ago as events write it."""
    return (datetime.now(UTC) - timedelta(days=days_ago)).isoformat()


def crime(reference: str, victims: Sequence[Mapping[str, object]], **more: object) -> dict[str, object]:
    """Return the event of a recorded theft of a pedal cycle three days ago."""
    return {
        "id": uuid4().hex,
        "type": "crime.recorded",
        "time": moment(3),
        "crime": reference,
        "offence": {"title": "Theft of pedal cycle"},
        "reported_at": moment(3),
        "victims": list(victims),
        **more,
    }


def event(kind: str, reference: str, **more: object) -> dict[str, object]:
    """Return any event of a crime, now."""
    return {"id": uuid4().hex, "type": kind, "time": moment(), "crime": reference, **more}


class World:
    """The service under test: its database, its registry, its application."""

    def __init__(
        self, settings: Settings, database: Database, registry: Registry, onboarding: Onboarding, app: Any
    ) -> None:
        self.settings, self.database, self.registry, self.onboarding, self.app = (
            settings,
            database,
            registry,
            onboarding,
            app,
        )

    @property
    def heads(self) -> Heads:
        """Where the heads of the audit chains are kept."""
        return Heads(self.settings.home / HEADS)

    async def force(self, slug: str) -> Force:
        """Return a force by its slug."""
        return await self.registry.need(slug)

    async def push(self, slug: str, events: Sequence[object], *, backfill: bool = False) -> Any:
        """Apply events as a force's record system, through the domain."""
        door = self.registry.door(await self.force(slug))
        async with door.open(Actor(Kind.RECORD_SYSTEM, role="record_system")) as tx:
            return await receive(tx, msgspec.json.encode(events), backfill=backfill)

    async def ask(self, slug: str, sql: str, *args: object) -> list[Any]:
        """Return rows of one force as tuples; $1 is the force."""
        door = self.registry.door(await self.force(slug))
        async with door.open(service("test")) as tx:
            return await tx.all(lambda *row: row, sql, *args)

    def browser(self, host: str) -> "Browser":
        """Return a new browser on a host's site, such as "avonside" or "console" ("" is the front page)."""
        return Browser(self, host)

    async def register(self, slug: str, victim: Victim) -> None:
        """Let a victim register by the invitation that waits in the outbox."""
        door = self.registry.door(await self.force(slug))
        async with door.open(service("test")) as tx:
            token = await invite_token(tx, victim)
        await registration.register(door, token, victim.facts, victim.password, victim.password)

    async def hire(self, slug: str, employee: Employee) -> None:
        """Invite a member of staff and let them choose their password; like the demonstration's, they take no second step."""
        door = self.registry.door(await self.force(slug))
        async with door.open(service("test")) as tx:
            staff_id = await staff.invite(tx, employee.email, employee.role, name=employee.name)
            token = staff.invitation_token(tx, staff_id)
            await second_step.waive(tx, staff_id)
        await staff.register(door, token, employee.password, employee.password)

    async def client(self, slug: str) -> tuple[str, str]:
        """Make a record-system client, and return its id and secret."""
        async with self.registry.door(await self.force(slug)).open(service("test")) as tx:
            made = await clients.make(tx, "Record system")
        return made.client_id, made.client_secret

    async def operator(self, email: str) -> None:
        """Make a national operator with the cast's password."""
        door = self.database.national("console")
        async with door.open(service("test")) as tx:
            token = await operators.invite(tx, email)
        await operators.register(door, token, PASSWORD, PASSWORD)


async def invite_token(tx: ForceTx, victim: Victim) -> str:
    """Return the token of a victim's open invitation."""
    sql = """select i.id from app.invite i join app.person p on p.force_id = $1 and p.id = i.person_id
             where i.force_id = $1 and p.source_id = $2 and i.state = 'open'"""
    return links.token(tx.keys, INVITE, await tx.value(sql, victim.person))


class Browser:
    """A browser without scripts: keeps cookies, sends the token of the last page that had one."""

    def __init__(self, world: World, host: str) -> None:
        self.world, self.host = world, host
        self.origin = f"https://{host}.{DOMAIN}" if host else f"https://{DOMAIN}"
        transport = httpx.ASGITransport(app=world.app, client=("192.0.2.7", 4711))
        self.http = httpx.AsyncClient(transport=transport, base_url=self.origin, headers={"accept": "text/html"})
        self.csrf = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page, without following where it leads."""
        return self._seen(await self.http.get(path, headers=headers))

    async def follow(self, path: str) -> httpx.Response:
        """Ask for a page and follow where it leads."""
        return self._seen(await self.http.get(path, follow_redirects=True))

    async def submit(self, path: str, **fields: str) -> httpx.Response:
        """Send a form as the browser would: with its origin and the page's token; do not follow the answer."""
        body = {"_csrf": self.csrf, **fields}
        return self._seen(await self.http.post(path, data=body, headers={"origin": self.origin}))

    async def submit_and_follow(self, path: str, **fields: str) -> httpx.Response:
        """Send a form and follow where it leads."""
        answer = await self.submit(path, **fields)
        return await self.follow(answer.headers["location"]) if answer.is_redirect else answer

    async def sign_in(self, victim: Victim) -> httpx.Response:
        """Sign in as a victim."""
        return await self.submit_and_follow("/sign-in", **victim.typed(password=victim.password))

    async def sign_in_as(self, employee: Employee) -> httpx.Response:
        """Sign in as a member of staff."""
        return await self.submit_and_follow("/staff/sign-in", email=employee.email, password=employee.password)

    async def sign_in_as_operator(self, email: str) -> httpx.Response:
        """Sign in at the console."""
        return await self.submit_and_follow("/sign-in", email=email, password=PASSWORD)

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        marker = 'name="_csrf" value="'
        if marker in answer.text:
            self.csrf = answer.text.split(marker, 1)[1].split('"', 1)[0]
        return answer


ALICE = Victim("Alice", "O'Neill-Hartley", "AV/1001/26", "alice@example.org")
BEA = Victim("Bea", "Bright", "AV/1002/26", "bea@example.org")
CAROL = Victim("Carol", "Chandra", "BR/2001/26", "carol@example.org")
OSMAN = Employee("PC Omar Osman", "officer", "osman@avonside.example.org")
HANNAH = Employee("Hannah Hughes", "hub", "hannah@avonside.example.org")
ADA = Employee("Ada Adeyemi", "admin", "ada@avonside.example.org")
HARRIET = Employee("Harriet Hill", "hub", "harriet@brackenshire.example.org")
ODETTE = Employee("PC Odette Owen", "officer", "odette@brackenshire.example.org")
OPERATOR = "opal@example.org"


async def assemble(world: World) -> None:
    """Put the two forces on board and let everybody of the cast arrive."""
    for slug, name in (("avonside", "Avonside Police"), ("brackenshire", "Brackenshire Constabulary")):
        await world.onboarding.provision(service("test"), configuration(slug, name))
    for slug, staff_of in (("avonside", (OSMAN, HANNAH, ADA)), ("brackenshire", (HARRIET, ODETTE))):
        for employee in staff_of:
            await world.hire(slug, employee)
    await world.operator(OPERATOR)
    osman = {"collar_number": "4711", "name": OSMAN.name, "role": "PC", "unit": "Harbour", "email": OSMAN.email}
    odette = {"collar_number": "1234", "name": ODETTE.name, "role": "PC", "unit": "Moor", "email": ODETTE.email}
    await world.push(
        "avonside",
        [
            crime(ALICE.reference, [ALICE.as_event()], officer=osman),
            crime(BEA.reference, [BEA.as_event()]),
            event("update.published", ALICE.reference, text="We have asked two shops for their recordings."),
            event("update.published", BEA.reference, text="Bea alone may read that a window was measured."),
        ],
    )
    await world.push(
        "brackenshire",
        [
            crime(CAROL.reference, [CAROL.as_event()], officer=odette),
            event("update.published", CAROL.reference, text="Carol alone may read that a gate was found open."),
        ],
    )
    for slug, victim in (("avonside", ALICE), ("avonside", BEA), ("brackenshire", CAROL)):
        await world.register(slug, victim)
