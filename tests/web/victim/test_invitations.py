"""Links that came too late, facts that are written in a hurry, and links that somebody altered."""

from uuid import uuid4

import httpx
import pytest

from tests.cast import Victim, World, crime, event, invite_token, moment
from tests.domain.test_notifications import drained
from tests.drill.people import new_force
from trackmycrime.domain import reporting
from trackmycrime.domain.cases import invitations
from trackmycrime.domain.notifications.wording import UNSUBSCRIBE
from trackmycrime.gateways.email import Email
from trackmycrime.gateways.text import Text
from trackmycrime.kit import links
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXPIRE = """
update app.invite set expires_at = now() - interval '1 minute' where force_id = $1
  and person_id = (select id from app.person where force_id = $1 and source_id = $2) returning 1
"""
ANSWER = "If we can send you a new link, it is on its way"


def somebody(name: str = "Vera", last_name: str = "Vance") -> Victim:
    return Victim(name, last_name, f"AV/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")


async def invited(world: World, vera: Victim, **changes: object) -> str:
    await world.push("avonside", [crime(vera.reference, [vera.as_event(**changes)])])
    return await token_of(world, vera)


async def token_of(world: World, vera: Victim) -> str:
    async with world.registry.door(await world.force("avonside")).open(service("test")) as tx:
        return await invite_token(tx, vera)


async def swept(world: World) -> None:
    async with world.registry.door(await world.force("avonside")).open(service("clock")) as tx:
        await invitations.expire(tx)


async def states(world: World, vera: Victim) -> list[str]:
    sql = """select i.state from app.invite i join app.person p on p.force_id = $1 and p.id = i.person_id
             where i.force_id = $1 and p.source_id = $2 order by i.made_at, i.id"""
    return [state for (state,) in await world.ask("avonside", sql, vera.person)]


async def emails(world: World, vera: Victim) -> int:
    return sum(message.to == vera.email for message in (await drained(world, "avonside")).sent)


@pytest.mark.parametrize("swept_first", [True, False])
async def test_an_expired_link_is_replaced_once_to_the_address_on_record(world: World, swept_first: bool) -> None:
    vera = somebody()
    old = await invited(world, vera)
    assert await emails(world, vera) == 1
    await world.ask("avonside", EXPIRE, vera.person)
    if swept_first:
        await swept(world)
    browser = world.browser("avonside")
    for _ in range(3):
        shown = await browser.get(f"/register/{old}")
        assert (shown.status_code, "Send a new link" in shown.text) == (404, True)
    assert "This link has expired" in (await browser.submit(f"/register/{old}", **vera.with_password())).text
    assert await emails(world, vera) == 0
    for _ in range(3):
        answer = await browser.submit(f"/register/{old}/renewals", email="somebody.else@example.org")
        assert (answer.status_code, ANSWER in answer.text) == (200, True)
    provider = await drained(world, "avonside")
    assert "somebody.else@example.org" not in {message.to for message in provider.sent}
    assert [message.to for message in provider.sent].count(vera.email) == 1
    assert await states(world, vera) == ["expired", "open"]
    (waits,) = await world.ask(
        "avonside",
        """select count(*) from app.task t join app.person p on p.force_id = $1 and p.id = t.person_id
           where t.force_id = $1 and t.kind = 'invite_ended' and t.done_at is null and p.source_id = $2""",
        vera.person,
    )
    assert waits == (0,)
    done = await browser.submit(f"/register/{await token_of(world, vera)}", **vera.with_password())
    assert done.headers["location"] == "/messages"
    assert (await world.browser("avonside").submit(f"/register/{old}/renewals")).status_code == 200
    assert await emails(world, vera) == 0


async def test_at_risk_the_answer_is_the_same_and_nothing_is_sent(world: World) -> None:
    vera, safe = somebody(), somebody()
    old, other = await invited(world, vera), await invited(world, safe)
    await drained(world, "avonside")
    for each in (vera, safe):
        await world.ask("avonside", EXPIRE, each.person)
    await swept(world)
    changed = event("victim.changed", vera.reference, victim=vera.as_event(safety=["domestic_abuse"]))
    await world.push("avonside", [changed])
    answers = [await world.browser("avonside").submit(f"/register/{token}/renewals") for token in (old, other)]
    assert masked(answers[0]) == masked(answers[1])
    assert (await emails(world, vera), await states(world, vera)) == (0, ["expired"])
    shown = [await world.browser("avonside").get(f"/register/{token}") for token in (old, other)]
    assert masked(shown[0]).replace(old, "") == masked(shown[1]).replace(other, "")


def masked(answer: httpx.Response) -> str:
    return f"{answer.status_code} {answer.text}"


@pytest.mark.parametrize("ended", ["used", "died", "withdrawn", "open", "closed", "opted_out"])
async def test_only_what_expired_is_replaced(world: World, ended: str) -> None:
    vera = somebody()
    old = await invited(world, vera)
    await drained(world, "avonside")
    person = "(select id from app.person where force_id = $1 and source_id = $2)"
    if ended in {"closed", "opted_out"}:
        await world.ask("avonside", EXPIRE, vera.person)
        told = event("crime.closed", vera.reference)
        if ended == "opted_out":
            told = event("victim.changed", vera.reference, victim=vera.as_event(consent="opted_out"))
        await world.push("avonside", [told])
    else:
        sql = f"update app.invite set state = '{ended}' where force_id = $1 and person_id = {person} returning 1"
        await world.ask("avonside", sql, vera.person)
    answer = await world.browser("avonside").submit(f"/register/{old}/renewals")
    assert answer.status_code == (200 if ended in {"closed", "opted_out"} else 404)
    assert (await emails(world, vera), len(await states(world, vera))) == (0, 1)


async def test_what_died_by_wrong_tries_is_not_revived_by_an_older_link(world: World) -> None:
    vera = somebody()
    old = await invited(world, vera)
    await world.ask("avonside", EXPIRE, vera.person)
    browser = world.browser("avonside")
    await browser.submit(f"/register/{old}/renewals")
    new = await token_of(world, vera)
    for _ in range(5):
        await browser.submit(f"/register/{new}", **vera.with_password(last_name="Wrong"))
    await drained(world, "avonside")
    assert ANSWER in (await browser.submit(f"/register/{old}/renewals")).text
    assert (await emails(world, vera), await states(world, vera)) == (0, ["expired", "died"])


async def test_altered_and_foreign_links_open_and_renew_nothing(world: World) -> None:
    vera = somebody()
    good = await invited(world, vera)
    await world.ask("avonside", EXPIRE, vera.person)
    keys = (await world.force("avonside")).ref.keys
    wrong = [good[:-4] + "AAAA", good[:-1], good + "A", good.swapcase(), "x", "é" * 64, "%00", "A" * 5000]
    wrong.append(links.token(keys, UNSUBSCRIBE, uuid4()))
    for token in wrong:
        for host in ("avonside", "brackenshire"):
            assert (await world.browser(host).get(f"/register/{token}")).status_code == 404, token
            assert (await world.browser(host).submit(f"/register/{token}/renewals")).status_code == 404, token
    assert (await world.browser("brackenshire").submit(f"/register/{good}/renewals")).status_code == 404
    assert await states(world, vera) == ["open"]


async def test_somebody_with_a_mobile_alone_is_invited_by_text(world: World) -> None:
    vera = somebody()
    token = await invited(world, vera, email=None, mobile="+447700900777")
    texts = [m for m in (await drained(world, "avonside")).sent if isinstance(m, Text) and m.to == "+447700900777"]
    assert len(texts) == 1
    assert f"https://avonside.localhost:8000/register/{token}" in texts[0].body
    assert not any(secret in texts[0].body for secret in (vera.reference, "Vera", "Vance"))
    done = await world.browser("avonside").submit(f"/register/{token}", **vera.with_password())
    assert done.headers["location"] == "/messages"


async def test_every_invitation_can_be_unsubscribed(world: World) -> None:
    vera = somebody()
    await invited(world, vera)
    (email,) = [m for m in (await drained(world, "avonside")).sent if m.to == vera.email]
    assert isinstance(email, Email)
    assert email.unsubscribe_url


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"day": "31", "month": "2"}, ["Date of birth must be a real date. That month had only 29 days"]),
        ({"day": "32"}, ["Day must be a number from 1 to 31"]),
        ({"day": ""}, ["Date of birth must include a day"]),
        ({"month": "13"}, ["Month must be a number from 1 to 12"]),
        ({"month": "Marchember"}, ["Month must be a number from 1 to 12"]),
        ({"month": ""}, ["Date of birth must include a month"]),
        ({"year": "84"}, ["Year must be 4 numbers, like 1980"]),
        ({"year": "1984a"}, ["Year must be 4 numbers, like 1980"]),
        ({"year": ""}, ["Date of birth must include a year"]),
        ({"year": "9" * 5000}, ["Year must be 4 numbers, like 1980"]),
        ({"day": "\u0663", "year": "x"}, ["Day must be a number from 1 to 31", "Year must be 4 numbers, like 1980"]),
        ({"day": "9/3/1984", "month": "", "year": ""}, ["Day must be a number", "Date of birth must include a month"]),
        ({"year": "2999"}, ["Date of birth must be in the past"]),
    ],
)
async def test_a_wrong_date_says_which_part_is_wrong(
    world: World, changes: dict[str, str], messages: list[str]
) -> None:
    vera = somebody()
    token = await invited(world, vera)
    answer = await world.browser("avonside").submit(f"/register/{token}", **vera.with_password(**changes))
    assert answer.status_code == 422
    for message in messages:
        assert answer.text.count(message) >= 2, message
    assert f'value="{vera.reference}"' in answer.text
    if set(changes) == {"month"}:
        assert 'href="#month"' in answer.text


@pytest.mark.parametrize(
    ("name", "last_name", "written"),
    [
        ("Siân", "O'Neill-Hartley", "o\u2019neill hartley"),
        ("Zoë", "Müller-Òran", "Mu\u0308ller Oran"),
        ("Ngozi", "d'Ávila", " D\u00b4AVILA "),
        ("", "Suharto", "suharto"),
        ("Suharto", "-", "Suharto"),
    ],
)
async def test_names_and_references_count_as_people_write_them(
    world: World, name: str, last_name: str, written: str
) -> None:
    vera = somebody(name, last_name)
    token = await invited(world, vera)
    pasted = f" \u00a0{vera.reference.replace('/', ' / ').lower()}\u200b\t"
    month = vera.born.strftime("%b")
    done = await world.browser("avonside").submit(
        f"/register/{token}", **vera.with_password(last_name=written, crime_reference=pasted, month=month, day=" 09 ")
    )
    assert (done.status_code, done.headers.get("location")) == (303, "/messages")


async def test_the_welcome_within_24_hours_is_counted(world: World) -> None:
    slug = await new_force(world)
    door = world.registry.door(await world.force(slug))
    early, late, unsent = somebody(), somebody(), somebody()
    await world.push(slug, [crime(early.reference, [early.as_event()], reported_at=moment(0.5))])
    await world.push(slug, [crime(late.reference, [late.as_event()], reported_at=moment(2))])
    await drained(world, slug)
    await world.push(slug, [crime(unsent.reference, [unsent.as_event()], reported_at=moment(2))])
    async with door.open(service("clock")) as tx:
        await reporting.count(tx)
    sql = "select name, number from app.force_figure where force_id = $1 and name like 'welcomed%'"
    assert dict(await world.ask(slug, sql)) == {"welcomed": 2, "welcomed_late": 1}
