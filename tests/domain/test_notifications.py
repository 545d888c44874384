"""Telling people that there is something to read: content-free, at least once, and nobody whom it might endanger."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast
from uuid import uuid4

import httpx
import msgspec
import pytest

from tests.cast import Browser, Victim, World, crime, event
from trackmycrime.domain.ingest import receive
from trackmycrime.domain.notifications.dispatch import dispatch, waiting
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.senders import Senders, Undelivered
from trackmycrime.gateways.text import Text
from trackmycrime.kit.actor import Actor, Kind, service
from trackmycrime.tx import ForceDoor, ForceTx

pytestmark = pytest.mark.asyncio(loop_scope="session")

type Message = Email | Text


class Provider:
    """A provider that keeps what it is given, after refusing as often as it is told to."""

    def __init__(self, refusals: list[Undelivered] | None = None) -> None:
        self.refusals, self.sent, self.tries = refusals or [], list[Message](), list[Message]()

    async def send(self, message: Message, /) -> None:
        """Take a message."""
        self.tries.append(message)
        if self.refusals:
            raise self.refusals.pop(0)
        self.sent.append(message)


async def registered(world: World, slug: str = "avonside", **changes: object) -> Victim:
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event(**changes)])])
    await world.register(slug, vera)
    await drained(world, slug)
    return vera


async def drained(world: World, slug: str, provider: Provider | None = None) -> Provider:
    """Send everything that waits in a force."""
    provider = provider or Provider()
    door = world.registry.door(await world.force(slug))
    while await dispatch(door, Senders(provider, provider)):
        pass
    return provider


async def later(world: World) -> None:
    """Let the time pass until what was claimed or put off is due again."""
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        await tx.run("update app.notification set not_before = now() where force_id = $1 and state = 'leased'")


def to(provider: Provider, victim: Victim) -> list[Email]:
    return [message for message in provider.sent if isinstance(message, Email) and message.to == victim.email]


async def typed(world: World, slug: str, browser: Browser, **settings: str) -> httpx.Response:
    """Save settings with a new number, and type the code that is sent to it."""
    await browser.submit("/settings", **settings)
    texts = [message.body for message in (await drained(world, slug)).sent if isinstance(message, Text)]
    (code,) = [body.partition(" ")[0] for body in texts if "is your code" in body]
    await browser.get("/settings/number")
    return await browser.submit_and_follow("/settings/number", code=code)


async def test_a_notification_names_no_crime_reference_name_officer_or_text(world: World) -> None:
    vera = await registered(world)
    await world.push(
        "avonside", [event("update.published", vera.reference, text="We found the gold ring.") for _ in range(3)]
    )
    (email,) = to(await drained(world, "avonside"), vera)
    for told in (email.subject, email.text, email.html, email.from_name):
        for secret in (vera.reference, "Vera", "Vance", "ring", "Theft", "cycle", "crime", "victim"):
            assert secret.lower() not in told.lower().replace("trackmycrime", ""), (secret, told)
    assert email.unsubscribe_url
    assert email.unsubscribe_url.startswith("https://avonside.localhost:8000/unsubscribe/")
    assert email.unsubscribe_url in email.text


async def test_a_refused_message_is_tried_again_with_the_same_id_and_backs_off(world: World) -> None:
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])
    provider = Provider([Undelivered("refused"), Undelivered("refused")])
    await drained(world, "avonside", provider)
    assert (len(provider.tries), len(provider.sent)) == (1, 0)
    await later(world)
    await drained(world, "avonside", provider)
    await later(world)
    await drained(world, "avonside", provider)
    ids = [message.message_id for message in provider.tries if isinstance(message, Email)]
    assert len(ids) == 3
    assert len(set(ids)) == 1
    assert len(to(provider, vera)) == 1


async def test_a_lasting_refusal_is_a_dead_letter_that_stays_visible(world: World) -> None:
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])
    await drained(world, "avonside", Provider([Undelivered("no_such_mailbox", lasting=True)]))
    dead = await world.ask("avonside", "select why from app.notification where force_id = $1 and state = 'dead'")
    assert ("no_such_mailbox",) in dead


async def test_a_worker_that_dies_after_the_claim_loses_nothing(world: World) -> None:
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])

    class Dies(Provider):
        async def send(self, message: Message, /) -> None:
            raise MemoryError

    with pytest.raises(MemoryError):
        await drained(world, "avonside", Dies())
    assert to(await drained(world, "avonside"), vera) == []
    await later(world)
    assert len(to(await drained(world, "avonside"), vera)) == 1


async def test_safety_is_asked_again_at_sending(world: World) -> None:
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])
    await world.push(
        "avonside", [event("victim.changed", vera.reference, victim=vera.as_event(safety=["domestic_abuse"]))]
    )
    assert to(await drained(world, "avonside"), vera) == []
    tasks = await world.ask(
        "avonside",
        """select t.why from app.task t join app.person p on p.force_id = $1 and p.id = t.person_id
           where t.force_id = $1 and t.kind = 'tell_in_person' and p.source_id = $2""",
        vera.person,
    )
    assert tasks == [(["at_risk"],)]
    await world.push("avonside", [event("update.published", vera.reference, text="More news.")])
    assert to(await drained(world, "avonside"), vera) == []


async def test_unsubscribing_works_without_cookies_and_twice_and_looking_changes_nothing(world: World) -> None:
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])
    (email,) = to(await drained(world, "avonside"), vera)
    assert email.unsubscribe_url
    path = email.unsubscribe_url.removeprefix("https://avonside.localhost:8000")
    provider_of_mail = world.browser("avonside")
    page = await provider_of_mail.get(path)
    assert "Stop these emails" in page.text
    await world.push("avonside", [event("update.published", vera.reference, text="Two.")])
    assert len(to(await drained(world, "avonside"), vera)) == 1
    for _ in range(2):
        done = await provider_of_mail.http.post(path, data={"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "We have stopped these emails" in done.text) == (200, True)
    await world.push("avonside", [event("update.published", vera.reference, text="Three.")])
    assert to(await drained(world, "avonside"), vera) == []
    assert (await world.browser("brackenshire").get(path)).status_code == 404
    assert (await provider_of_mail.get(path[:-4] + "AAAA")).status_code == 404


async def test_texts_go_out_where_the_force_has_them_and_the_person_wants_them(world: World) -> None:
    vera = await registered(world)
    browser = world.browser("avonside")
    await browser.sign_in(vera)
    await browser.get("/settings")
    wrong = await browser.submit("/settings", text_on="yes", mobile="123")
    assert wrong.status_code == 422
    assert "Enter a mobile number, like 07700 900982" in wrong.text
    await typed(world, "avonside", browser, text_on="yes", mobile="07700 900123")
    await world.push("avonside", [event("update.published", vera.reference, text="News.")])
    provider = await drained(world, "avonside")
    assert [message.to for message in provider.sent] == ["+447700900123"]


async def test_an_old_invitation_is_not_sent(world: World) -> None:
    vera = Victim("Vera", "Vance", f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex[:8]}@example.org")
    await world.push("avonside", [crime(vera.reference, [vera.as_event()])])
    door = world.registry.door(await world.force("avonside"))
    async with door.open(service("test")) as tx:
        assert await waiting(tx)
        await tx.run(
            "update app.invite set expires_at = now() - interval '1 hour' where force_id = $1 and state = 'open'"
        )
    assert to(await drained(world, "avonside"), vera) == []


async def test_what_was_sent_is_marked_once_although_the_database_was_away(world: World) -> None:
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="Here is news.")])
    door, provider = world.registry.door(await world.force("avonside")), Provider()
    await dispatch(cast("ForceDoor", Shaky(door)), Senders(provider, provider))
    await later(world)
    await drained(world, "avonside", provider)
    assert len(to(provider, vera)) == 1
    sql = """select count(*) from app.audit a join app.notification n on n.force_id = $1 and n.id = a.subject_id
             join app.person p on p.force_id = $1 and p.id = n.person_id
             where a.force_id = $1 and a.what = 'notification.sent' and n.kind = 'news' and p.source_id = $2"""
    assert await world.ask("avonside", sql, vera.person) == [(1,)]


class Shaky:
    """A door behind which the database dies twice after the claim: before anything is marked, and in the very commit."""

    def __init__(self, door: ForceDoor) -> None:
        self.door, self.opened = door, 0

    @asynccontextmanager
    async def open(self, actor: Actor) -> AsyncGenerator[ForceTx]:
        """Open a transaction, or fail."""
        self.opened += 1
        if self.opened == 2:
            raise OSError
        async with self.door.open(actor) as tx:
            yield tx
        if self.opened == 3:
            raise OSError


async def test_news_is_not_told_before_it_is_there_to_be_read(world: World) -> None:
    """What is queued already covers the news of a transaction still open: it must not leave before that is committed."""
    vera = await registered(world)
    await world.push("avonside", [event("update.published", vera.reference, text="The first.")])
    door = world.registry.door(await world.force("avonside"))
    async with door.open(Actor(Kind.RECORD_SYSTEM, role="record_system")) as tx:
        await receive(tx, msgspec.json.encode([event("update.published", vera.reference, text="The second.")]))
        assert to(await drained(world, "avonside"), vera) == []
    assert len(to(await drained(world, "avonside"), vera)) == 1


async def test_who_wants_no_link_gets_none_and_can_still_stop_the_emails(world: World) -> None:
    vera, wendy = await registered(world), await registered(world)
    browser = world.browser("avonside")
    await browser.sign_in(vera)
    page = await browser.get("/settings")
    assert "Leave the link out of these messages" in page.text
    assert " checked" not in page.text.split('name="no_link"', 1)[1].split(">", 1)[0]
    choices = {"email_on": "yes", "no_link": "yes", "text_on": "yes", "mobile": "07700 900124"}
    saved = await typed(world, "avonside", browser, **choices)
    assert " checked" in saved.text.split('name="no_link"', 1)[1].split(">", 1)[0]
    await world.push("avonside", [event("update.published", who.reference, text="News.") for who in (vera, wendy)])
    provider = await drained(world, "avonside")
    ((without,), (linked,)) = to(provider, vera), to(provider, wendy)
    for told in (without.text, without.html):
        assert "/messages" not in told
    assert without.unsubscribe_url
    assert without.unsubscribe_url in without.text
    assert "/messages" in linked.text
    (text,) = [message for message in provider.sent if isinstance(message, Text)]
    assert text.to == "+447700900124"
    assert "localhost" not in text.body
