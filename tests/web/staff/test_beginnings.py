"""An update can begin with a text of the force: after what was typed, changed by who writes it, and seen by nobody before."""

import re
from html import unescape
from uuid import uuid4

import pytest
from msgspec import structs

from tests.cast import OSMAN, Browser, Employee, Victim, World, configuration, crime
from tests.web.staff.conftest import PRIYA, Crimes, refuse_strangers, signed_in, without_token
from trackmycrime.domain.tenancy.wording import Wording
from trackmycrime.kit.actor import service

pytestmark = pytest.mark.asyncio(loop_scope="session")
_UPDATE = re.compile(r'<textarea[^>]*? name="update"[^>]*>([^<]*)</textarea>')
_LANGUAGE = re.compile(r'name="update_language"[^>]*? value="(\w+)"[^>]*? checked')


def typed(page: str) -> str:
    """Return what stands in the field of the update."""
    found = _UPDATE.search(page)
    assert found, page
    return unescape(found[1]).strip().replace("\r\n", "\n")


async def test_an_update_begins_with_the_national_text_after_what_was_typed(crimes: Crimes) -> None:
    told = await crimes.make()
    osman, path = await signed_in(crimes.world, OSMAN), f"{told.path}/update-drafts"
    page = (await osman.get(told.path)).text
    assert "Begin with a text of your force" in page
    assert "update_language" not in page, "there is one language only"
    begun = await osman.submit(path, about="arrest.en", update="Good news & more.", once="x")
    assert begun.status_code == 200
    text = typed(begun.text)
    assert text.startswith("Good news & more.\n\nWe have arrested somebody in your case.")
    for nothing in ("", "arrest", "arrest.fr", "telepathy.en", "arrest.burglary.en"):
        refused = await osman.submit(path, about=nothing, update="Kept words")
        assert (refused.status_code, "Choose a text to begin with" in refused.text) == (422, True), nothing
        assert typed(refused.text) == "Kept words"
    victim = crimes.world.browser("avonside")
    assert "arrested somebody" not in (await victim.sign_in(told.victims[0])).text, "nothing was published"
    published = await osman.submit(f"{told.path}/updates", update=f"{text} He has your bicycle.")
    assert published.status_code == 303
    assert "He has your bicycle." in (await victim.get("/messages")).text
    priya = await signed_in(crimes.world, PRIYA)
    assert (await priya.submit(path, about="arrest.en")).status_code == 404, "she has not opened the case"
    assert (await without_token(osman, path, about="arrest.en")).status_code == 403
    await refuse_strangers(crimes.world, path, about="arrest.en")


async def force_with_words(world: World, *own: Wording, welsh: bool = False) -> tuple[str, Browser]:
    """Put a force with own words on board, and return its slug and the browser of its officer."""
    slug = f"town-{uuid4().hex[:8]}"
    plain = structs.replace(configuration(slug, "Town Police", welsh=welsh), name_cy="Heddlu y Dref", wording=own)
    await world.onboarding.provision(service("test"), plain)
    omar = Employee("PC Olga Orme", "officer", f"olga@{slug}.example.org")
    await world.hire(slug, omar)
    browser = world.browser(slug)
    await browser.sign_in_as(omar)
    return slug, browser


async def case_of(world: World, slug: str, *, title: str, officer: bool) -> tuple[str, Victim]:
    """Record a crime, let its victim register, and return the address of its page."""
    vera = Victim("Vera", "Vane", f"T/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")
    email = f"olga@{slug}.example.org"
    named = {"collar_number": "7", "name": "PC Olga Orme", "role": "PC", "unit": "Town", "email": email}
    more = {"officer": named} if officer else {}
    await world.push(slug, [crime(vera.reference, [vera.as_event()], offence={"title": title}, **more)])
    await world.register(slug, vera)
    sql = "select id from app.case where force_id = $1 and reference = $2"
    ((case_id,),) = await world.ask(slug, sql, vera.reference)
    return f"/staff/cases/{case_id}", vera


async def test_the_forces_own_words_for_this_crime_come_first_and_name_the_officer(world: World) -> None:
    general = Wording(key="update.charge", en="((officer)) has charged somebody <3. See https://example.org/court")
    general = structs.replace(general, en=general.en.replace("<3", "& more"))
    special = Wording(key="update.charge.theft", en="A thief was charged by ((force)).")
    slug, olga = await force_with_words(world, general, special)
    for title, officer, begins in (
        ("Theft from the person of another", True, "A thief was charged by Town Police."),
        ("Theft of pedal cycle", True, "PC Olga Orme has charged somebody & more. See https://example.org/court"),
        ("Theft of pedal cycle", False, "Your officer has charged somebody & more. See https://example.org/court"),
    ):
        path, _vera = await case_of(world, slug, title=title, officer=officer)
        await olga.get(path)
        if not officer:
            await olga.submit(f"{path}/openings", reason="The victim is at the counter")
        begun = await olga.submit(f"{path}/update-drafts", about="charge.en", update="")
        assert typed(begun.text) == begins, title


async def test_an_update_in_welsh_is_marked_as_welsh(world: World) -> None:
    own = Wording(key="update.arrest", en="An arrest.", cy="Mae ((officer)) wedi arestio rhywun.")
    slug, olga = await force_with_words(world, own, welsh=True)
    path, vera = await case_of(world, slug, title="Theft of pedal cycle", officer=True)
    await olga.get(path)
    begun = await olga.submit(f"{path}/update-drafts", about="arrest.cy", update="")
    assert typed(begun.text) == "Mae PC Olga Orme wedi arestio rhywun."
    assert _LANGUAGE.findall(begun.text) == ["cy"]
    answer = await olga.submit(f"{path}/updates", update=typed(begun.text), update_language="cy")
    assert answer.status_code == 303
    await olga.submit(f"{path}/updates", update="In English.", update_language="xx")
    browser = world.browser(slug)
    page = (await browser.sign_in(vera)).text
    assert 'lang="cy"><p>Mae PC Olga Orme wedi arestio rhywun.' in page
    assert '<div class="tmc-entry__body"><p>In English.' in page
    national = await olga.submit(f"{path}/update-drafts", about="charge.cy", update="")
    assert "Mae rhywun wedi’i gyhuddo" in typed(national.text)  # noqa: RUF001 - as the catalogue writes it
