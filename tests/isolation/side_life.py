"""What the people of a force of the stage do: they write, ask, open, take, read and assess."""

from io import BytesIO

from msgspec import structs
from PIL import Image

from tests.isolation.canaries import Whose
from tests.isolation.side import Side
from trackmycrime.domain import (
    audit,
    cases,
    configuring,
    data_requests,
    logos,
    messages,
    readiness,
    reporting,
    tasks,
    updates,
)
from trackmycrime.domain import figures as by_month
from trackmycrime.domain.auditing import wholeness
from trackmycrime.domain.cases import assessments, numbers, preferences, proxies, timeline
from trackmycrime.domain.cases.assessments import Assessment
from trackmycrime.domain.cases.preferences import Preferences
from trackmycrime.domain.cases.timeline import Audience, Draft, EntryKind
from trackmycrime.domain.identity import sessions, throttle
from trackmycrime.domain.identity.throttle import Attempt, Browser
from trackmycrime.domain.messages import CallWish, Days, Hours, Method
from trackmycrime.domain.notifications.codes import figures
from trackmycrime.domain.people import SafeChannel, SafeContact
from trackmycrime.kit.actor import Kind, service
from trackmycrime.kit.time import now


async def talk(side: Side) -> None:
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
    await _number(side, "rita", side.say(Whose.REPORTER, "account", "mobile"))
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
        await _number(side, name, side.say(own, "account", "mobile"))
        await _begin_number(side, name, side.say(own, "text_code", "number"))
        async with side.door.open(side.victim(name)) as tx:  # what was sent takes with it what was begun
            await messages.keep_draft(tx, seen, side.say(own, "draft", "body"))


async def _number(side: Side, name: str, number: str) -> None:
    """Let somebody give a number, and type the code that goes to it."""
    await _begin_number(side, name, number)
    await numbers.confirm(side.door, side.victim(name), figures(side.force.ref.keys, side.ids[f"{name}s_code"]))


async def _begin_number(side: Side, name: str, number: str) -> None:
    async with side.door.open(side.victim(name)) as tx:
        assert await preferences.choose(tx, Preferences("", email_on=True, text_on=True, mobile=number))
    sql = "select id from app.text_code where force_id = $1 and person_id = $2 and state = 'open'"
    side.ids[f"{name}s_code"] = await side.one(sql, side.ids[name])


async def ask(side: Side) -> None:
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


async def configure(side: Side) -> None:
    """Let the administrator publish a change, and leave another one unpublished."""
    drafted = side.say(Whose.STAFF, "configuration_draft", "content")
    for words, logo, publishes in (("Isolated", "logo", True), (drafted, "drafted_logo", False)):
        async with side.door.open(side.employee("admin")) as tx:
            draft = await configuring.draft(tx)
            side.marks[logo] = await logos.keep(tx, await logos.taken(_picture(side.letter, logo)))
            branded = structs.replace(draft.configuration.brand, logo=side.marks[logo])
            changed = structs.replace(draft.configuration, from_name=words, brand=branded)
            await configuring.save(tx, changed, draft.revision)
            if publishes:
                await configuring.publish(tx, draft.revision + 1, side.say(Whose.STAFF, "configuration_version", "why"))
    led = "update app.configuration_draft set led_by = jsonb_build_object($2::text, changed_by) where force_id = $1 returning 1"
    await side.world.ask(side.slug, led, side.say(Whose.STAFF, "configuration_draft", "led_by"))


def _picture(letter: str, logo: str) -> bytes:
    """Return a picture that no other force has."""
    file = BytesIO()
    Image.new("RGB", (88, 88), (ord(letter), len(logo), 99)).save(file, "PNG")
    return file.getvalue()


async def look_around(side: Side) -> None:
    """Let the administrator call a part of the settings right."""
    async with side.door.open(side.employee("admin")) as tx:
        await readiness.look(tx, readiness.Part.FEATURES)


async def work(side: Side) -> None:
    """Let staff open, take and read what there is, and the service count, seal and slow down."""
    async with side.door.open(side.employee("colleague")) as tx:
        for case in ("case", "other_case"):
            await cases.open_with_reason(tx, side.ids[case], side.say(Whose.REASON, "audit", "reason"))
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
        await wholeness.work(tx, side.world.heads)
        await wholeness.work(tx, side.world.heads)
        await reporting.count(tx)
        await by_month.count(tx)
        unit, month = side.say(Whose.STAFF, "monthly_figure", "unit"), by_month.month_before(by_month.this_month())
        told = by_month.Figure.TOLD.of(by_month.Part.KEPT)
        await by_month.keep(tx, [by_month.Count(month, unit, told, 30)])
