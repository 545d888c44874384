"""Which crimes can be followed: by kind, by code, what others are told, and what is called risky at once."""

import pytest

from tests.cast import HANNAH, Victim, World, crime
from tests.web.admin.configured import filled, force_with, publish
from trackmycrime.domain.tenancy.configuration import OffenceGroup

pytestmark = pytest.mark.asyncio(loop_scope="session")
CRIMES, REVIEW = "/admin/crimes", "/admin/review"
_BURGLARY, _THEFT = "TH68010", "TH68001"


async def invited(world: World, slug: str, victim: Victim) -> bool:
    ((number,),) = await world.ask(
        slug,
        "select count(*) from app.invite i join app.person p on p.force_id = $1 and p.id = i.person_id"
        " where i.force_id = $1 and p.source_id = $2",
        victim.person,
    )
    return bool(number)


def victim(name: str) -> Victim:
    return Victim(name, "Vane", f"C/{name}/26", f"{name.lower()}@example.org")


async def test_only_the_victims_of_what_can_be_followed_are_invited(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    form = await filled(ada, CRIMES)
    assert form["bicycle"] == "yes"
    form.pop("bicycle")
    elsewhere = "Ring us about other crimes, and ask for the crime desk."
    saved = await ada.submit(CRIMES, **{**form, "tracked_codes": _THEFT.lower(), "elsewhere": elsewhere})
    assert saved.headers["location"] == REVIEW, saved.text
    review = (await ada.get(REVIEW)).text
    for said in (
        "Crimes that can be followed",
        "Offence codes that can be followed",
        _THEFT,
        "Bicycle theft",
        elsewhere,
    ):
        assert said in review, said
    first, second, third = victim("Early"), victim("Late"), victim("Coded")
    await world.push(slug, [crime(first.reference, [first.as_event()])])
    assert await invited(world, slug, first), "nothing has been published"
    assert elsewhere not in (await world.browser(slug).get("/help")).text
    await publish(ada)
    await world.push(slug, [crime(second.reference, [second.as_event()])])
    assert not await invited(world, slug, second)
    await world.push(slug, [crime(third.reference, [third.as_event()], offence={"code": _THEFT, "title": "Bicycle"})])
    assert await invited(world, slug, third), "its code says more than its kind"
    assert elsewhere in (await world.browser(slug).get("/help")).text
    assert "2 open cases" in (await ada.get(CRIMES)).text


async def test_a_code_that_is_called_risky_is_so_at_once_and_in_one_force_alone(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    other, _ = await force_with(world, "Amos Ames")
    mine, theirs = victim("Mine"), victim("Theirs")
    for force, one in ((slug, mine), (other, theirs)):
        await world.push(force, [crime(one.reference, [one.as_event()], offence={"code": _THEFT, "title": "Bicycle"})])
    ((code, risky),) = await world.ask(slug, "select offence_code, risky from app.case where force_id = $1")
    assert not risky
    await ada.submit(CRIMES, **{**await filled(ada, CRIMES), "extra_risky_codes": code})
    await publish(ada)
    for force, expected in ((slug, True), (other, False)):
        assert await world.ask(force, "select risky from app.case where force_id = $1") == [(expected,)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tracked_codes": "XX99999"}, "No offence has the code XX99999"),
        ({"untracked_codes": "((code))"}, "No offence has the code ((CODE))"),
        ({"extra_risky_codes": "TH6"}, "No offence has the code TH6"),
        ({"tracked_codes": f"{_BURGLARY} {_BURGLARY}"}, "A code can stand here only once"),
        ({"tracked_codes": _BURGLARY, "untracked_codes": _BURGLARY}, "either among those that can be followed"),
        ({"elsewhere": "x" * 301}, "Enter one line of up to 300 characters"),
        ({"elsewhere": "Two\u2028lines \u202e"}, "Enter one line of up to 300 characters"),
        (dict.fromkeys(OffenceGroup, ""), "Choose at least one kind of crime"),
    ],
)
async def test_what_is_wrong_is_said_beside_it(world: World, changes: dict[str, str], message: str) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    form = {**await filled(ada, CRIMES), "elsewhere": "Kept words", **changes}
    answer = await ada.submit(
        CRIMES, **{name: value for name, value in form.items() if name not in OffenceGroup or value}
    )
    assert (answer.status_code, message in answer.text) == (422, True), answer.text
    assert "elsewhere" in changes or "Kept words" in answer.text
    assert "Nothing is changed" in (await ada.get(REVIEW)).text
    hub = world.browser("avonside")
    await hub.sign_in_as(HANNAH)
    for stranger in (hub, world.browser("avonside")):
        assert (await stranger.get(CRIMES)).status_code in {303, 404}


async def test_a_part_of_the_service_says_whom_it_touches_and_what_switching_it_off_takes(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    one = victim("One")
    assert "0 people can sign in now" in (await ada.get("/admin/features")).text
    await world.push(slug, [crime(one.reference, [one.as_event()])])
    await world.register(slug, one)
    browser = world.browser(slug)
    await browser.sign_in(one)
    await browser.submit("/messages", message="Is there any news?")
    page = (await ada.get("/admin/features")).text
    for said in (
        "1 person can sign in now",
        "1 person wrote to you",
        "0 people ask for text messages",
        "without any work",
    ):
        assert said in page, said
