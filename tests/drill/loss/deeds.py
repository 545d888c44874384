"""What people and record systems do, each until it is answered for. What is done gets a line in the ledger, and only then."""

import asyncio
import json
from typing import Any
from uuid import uuid4

from tests.cast import Victim, crime, event
from tests.drill.loss.client import FINE, GONE, MOVED, WHO, Client, NoAnswer, patiently
from tests.drill.loss.town import Deed, Resident, Stage, Town, token

_BLIND, _TWICE = 0.6, 0.1
_LOOK_SECONDS = 1.0  # nobody has pressed the button again, or loaded the page and read it, any sooner


async def message(on: Stage, town: Town) -> bool:
    """Let a victim write to the force."""
    if not town.residents:
        return False
    resident = on.chance.choice(town.residents)
    async with resident.busy:
        text = _mark("message")
        await _say(on, resident.browser, "/messages", "/messages", "message", text)
    on.ledger.said.append((town.slug, text))
    return True


async def reply(on: Stage, town: Town) -> bool:
    """Let the officer answer a victim."""
    return await _tell(on, town, "replies", "reply")


async def update(on: Stage, town: Town) -> bool:
    """Let the officer publish an update."""
    return await _tell(on, town, "updates", "update")


async def _tell(on: Stage, town: Town, path: str, name: str) -> bool:
    if not town.residents:
        return False
    resident = on.chance.choice(town.residents)
    text = _mark(name)
    page = f"/staff/cases/{resident.case_id}"
    async with resident.busy:
        await _say(on, town.desk, page, f"{page}/{path}", name, text)
    on.ledger.said.append((town.slug, text))
    on.ledger.told.append((town.slug, text, resident.victim))
    return True


async def _say(on: Stage, client: Client, page: str, action: str, name: str, text: str) -> None:
    """Send a form until it is answered: the same form blindly again, or after a look at the page whether it is there."""
    blind = on.chance.random() < _BLIND
    filled = {**await client.form(page), name: text}
    while not await _went(client, action, filled):
        on.ledger.sent_again += 1
        await asyncio.sleep(_LOOK_SECONDS)
        if blind:
            continue
        if text in (await patiently(lambda: client.get(page))).text:
            return
        filled = {**await client.form(page), name: text}
    if on.chance.random() < _TWICE:
        on.ledger.sent_again += 1
        assert (await patiently(lambda: client.submit(action, filled))).status_code == MOVED


async def _went(client: Client, action: str, filled: dict[str, str]) -> bool:
    try:
        answer = await client.submit(action, filled)
    except NoAnswer:
        return False
    assert answer.status_code == MOVED, (action, answer.status_code, answer.text)
    return True


async def events(on: Stage, town: Town) -> bool:
    """Let the record system push new crimes, whose victims are invited, and updates of old ones; resent as they are."""
    born = [Victim("Vera", "Vane", f"{uuid4().hex[:8]}/26", f"{uuid4().hex[:12]}@example.org") for _ in range(_few(on))]
    batch = [crime(victim.reference, [victim.as_event()], officer=_as_event(town)) for victim in born]
    residents = on.chance.sample(town.residents, min(2, len(town.residents)))
    news = [(resident.victim, _mark("event")) for resident in residents]
    batch += [event("update.published", victim.reference, text=text) for victim, text in news]
    answer = await _pushed(town, batch)
    assert answer["accepted"] + answer["duplicate"] == len(batch), answer
    on.ledger.events += [(town.slug, str(each["id"])) for each in batch]
    on.ledger.said += [(town.slug, text) for _, text in news]
    on.ledger.told += [(town.slug, text, victim) for victim, text in news]
    on.ledger.invited += [(town.slug, victim) for victim in born]
    town.invited += born
    return True


def _few(on: Stage) -> int:
    return on.chance.choice((0, 1, 1, 2))


def _as_event(town: Town) -> dict[str, str]:
    return {
        "collar_number": "4711",
        "name": town.officer.name,
        "role": "PC",
        "unit": "Harbour",
        "email": town.officer.email,
    }


async def _pushed(town: Town, batch: list[dict[str, object]]) -> dict[str, Any]:
    content = json.dumps(batch).encode()
    while True:
        answer = await patiently(lambda: town.system.push("/api/v1/events", content, town.token))
        if answer.status_code == FINE:
            return answer.json()
        assert answer.status_code == WHO, answer.text
        town.token = await token(town)


async def registration(on: Stage, town: Town) -> bool:
    """Let an invited victim register by the link that came to her, or sign in if it turns out that she has."""
    victim = next((each for each in town.invited if on.office.invitation(each.email)), None)
    if victim is None:
        return False
    town.invited.remove(victim)
    browser = on.client(town.slug)
    path = f"/register/{on.office.invitation(victim.email)}"
    fields = victim.with_password()
    lost = browser.lost
    answer = await patiently(lambda: browser.submit(path, fields))
    on.ledger.sent_again += browser.lost - lost
    if answer.status_code == GONE and browser.lost > lost:
        before = browser.lost
        answer = await patiently(lambda: browser.submit("/sign-in", victim.typed(password=victim.password)))
        on.ledger.new_devices += [(town.slug, victim)] * (1 + browser.lost - before)
    assert answer.status_code == MOVED, (answer.status_code, answer.text)
    on.ledger.registered.append((town.slug, victim))
    sql = "select id from app.case where force_id = $1 and reference = $2"
    ((case_id,),) = await on.ask(town.slug, sql, victim.reference)
    town.residents.append(Resident(victim, browser, case_id))
    return True


def _mark(what: str) -> str:
    return f"drill {what} {uuid4().hex}"


# How often each is done; registrations are as many as there are invitations.
MIXTURE: tuple[tuple[Deed, int], ...] = ((message, 35), (reply, 15), (update, 12), (events, 20), (registration, 18))


async def work(on: Stage) -> None:
    """Do one thing of the mixture in one of the towns."""
    kinds, weights = zip(*MIXTURE, strict=True)
    deed: Deed = on.chance.choices(kinds, weights)[0]
    if await deed(on, on.chance.choice(on.towns)):
        on.ledger.operations += 1
