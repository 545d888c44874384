"""What tests of people at risk share: what an officer finds of somebody, what waits about them, and what was sent."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests.cast import OSMAN, Browser, invite_token
from tests.domain.test_notifications import Message, drained
from tests.web.staff.conftest import Crimes, Told, signed_in
from trackmycrime.kit.actor import service

ALWAYS = {f"day_{day}": "yes" for day in range(7)} | {"begins": "0", "ends": "24"}
RISK: dict[str, Any] = {"safety": ["domestic_abuse"]}
MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)


def found(channel: str = "email", **changes: str) -> dict[str, str]:
    """Return what an officer found of somebody at risk."""
    return {"suits": "suitable", "risk_domestic_abuse": "yes", "channel": channel, **ALWAYS, **changes}


async def person_of(told: Told, number: int = 0) -> UUID:
    """Return the id of one of a crime's victims."""
    sql = "select id from app.person where force_id = $1 and source_id = $2"
    ((person_id,),) = await told.world.ask("avonside", sql, told.victims[number].person)
    return person_id


async def page_of(told: Told) -> str:
    """Return the address of the first victim's page."""
    return f"{told.path}/people/{await person_of(told)}"


async def officer(told: Told) -> Browser:
    """Return a browser in which the officer in the case has signed in."""
    return await signed_in(told.world, OSMAN)


async def invites(told: Told) -> int:
    """Return how many invitations the first victim has had."""
    person = await person_of(told)
    rows = await told.world.ask("avonside", "select id from app.invite where force_id = $1 and person_id = $2", person)
    return len(rows)


async def waiting(told: Told, kind: str) -> list[list[str]]:
    """Return why tasks of a kind wait about the first victim."""
    sql = "select why from app.task where force_id = $1 and person_id = $2 and kind = $3 and done_at is null"
    return [why for (why,) in await told.world.ask("avonside", sql, await person_of(told), kind)]


async def link(told: Told) -> str:
    """Return the token of the first victim's open invitation."""
    async with told.world.registry.door(await told.world.force("avonside")).open(service("test")) as tx:
        return await invite_token(tx, told.victims[0])


async def sent_to(told: Told, number: str = "") -> list[Message]:
    """Send what waits, and return what went to the first victim."""
    provider = await drained(told.world, "avonside")
    return [message for message in provider.sent if message.to in {told.victims[0].email, number}]


async def invited_at_risk(crimes: Crimes, channel: str = "email", **more: Any) -> tuple[Told, str, str]:
    """Return a crime whose victim at risk was assessed and invited, her link's token and her code."""
    told = await crimes.make("Rosa", registered=False, **RISK, **more)
    path = await page_of(told)
    browser = await officer(told)
    assert (await browser.submit(f"{path}/assessments", **found(channel))).status_code == 303
    shown = await browser.submit(f"{path}/invites")
    code = re.search(r"[A-Z0-9]{4} [A-Z0-9]{4}", shown.text)
    assert code, shown.text
    return told, await link(told), code[0]
