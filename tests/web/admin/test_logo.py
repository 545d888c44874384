"""A force shows its own logo: drawn anew, seen by nobody before it is published, and judged in words."""

import hashlib
import re
from html import unescape
from io import BytesIO
from uuid import uuid4

import httpx
import pytest
from PIL import Image, ImageDraw

from tests.cast import ADA, ALICE, HANNAH, OSMAN, Browser, Victim, World, crime
from tests.domain.test_notifications import drained
from tests.kit.test_pictures import HOSTILE, written
from tests.web.admin.configured import filled, force_with, publish, victim_of
from tests.web.admin.files import hidden, send_file
from trackmycrime.domain import logos
from trackmycrime.gateways.email import Email
from trackmycrime.kit.actor import service
from trackmycrime.kit.pictures import Fault

pytestmark = pytest.mark.asyncio(loop_scope="session")
LOGO, BRANDING, REVIEW, HISTORY, DRAFTED = (
    *("/admin/branding/logo", "/admin/branding", "/admin/review", "/admin/history"),
    "/admin/preview/logo",
)
_SHOWN = re.compile(r'<img class="tmc-logo" src="([^"]+)" alt="([^"]*)"')
_SAYS = {
    Fault.DRAWING: "This is an SVG drawing",
    Fault.KIND: "This is not a PNG, JPEG or WebP picture",
    Fault.PIXELS: "This picture is too large",
    Fault.MOVES: "This file holds more than one picture",
    Fault.BROKEN: "This picture is broken or not whole",
    Fault.DETAILED: "This picture has too much detail for a logo that is 44 pixels high",
    Fault.EMPTY: "There is nothing to see in this picture",
}


def crest(colour: str = "white", size: tuple[int, int] = (264, 132), *, on: str | None = None) -> bytes:
    """Return a crest of a colour, on a transparent ground or on a box of a colour."""
    image = Image.new("RGBA", size, on or (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=colour)
    return written(image)


async def send(browser: Browser, content: bytes, **more: str) -> httpx.Response:
    return await send_file(browser, LOGO, LOGO, "logo", content, **more)


async def chosen(browser: Browser, content: bytes, **more: str) -> None:
    answer = await send(browser, content, **more)
    assert answer.headers["location"] == f"{LOGO}?done=chosen", answer.text


async def test_a_logo_is_seen_by_nobody_before_it_is_published_and_then_by_everybody(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    vera, visitor = await victim_of(world, slug), world.browser(slug)
    await chosen(ada, crest())
    page = (await ada.get(LOGO)).text
    assert "It has a good shape and size" in page
    assert "88 by 44 pixels" in page
    drafted = await ada.get(DRAFTED)
    assert drafted.headers["content-type"] == "image/png"
    digest = hashlib.sha256(drafted.content).hexdigest()
    for browser in (vera, visitor, ada):
        assert (await browser.get(f"/logos/{digest}.png")).status_code == 404
    assert _SHOWN.search((await vera.get("/messages")).text) is None
    assert _SHOWN.findall((await ada.get("/admin/preview/messages")).text) == [(DRAFTED, "")]
    assert f"The picture {digest[:12]}" in (await ada.get(REVIEW)).text
    await publish(ada, "Our crest")
    for browser, path in ((vera, "/messages"), (visitor, "/"), (visitor, "/staff/sign-in"), (ada, "/admin")):
        assert _SHOWN.findall((await browser.get(path)).text) == [(f"/logos/{digest}.png", "")], path
    served = await visitor.get(f"/logos/{digest}.png")
    assert served.content == drafted.content
    assert served.headers["content-type"] == "image/png"
    assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert served.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "set-cookie" not in served.headers
    for wrong in (f"{digest}", f"{digest[:-1]}.png", f"{digest.upper()}.png", f"{'0' * 64}.png", "x.png", ".png"):
        assert (await visitor.get(f"/logos/{wrong}")).status_code == 404, wrong
    elsewhere = world.browser("avonside")
    assert (await elsewhere.get(f"/logos/{digest}.png")).status_code == 404, "it is another force's"


async def test_a_logo_that_says_the_name_stands_alone_and_is_called_by_it_in_both_languages(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    form = await filled(ada, BRANDING)
    await ada.submit(BRANDING, **{**form, "name_cy": "Heddlu'r Dref"})
    form = await filled(ada, "/admin/features")
    await ada.submit("/admin/features", **form, welsh="yes")
    await chosen(ada, crest(), says_name="yes")
    assert _SHOWN.findall((await ada.get("/admin/preview/sign-in?lang=cy")).text) == [(DRAFTED, "Heddlu&#39;r Dref")]
    await publish(ada, "Our crest")
    visitor = world.browser(slug)
    english, welsh = (await visitor.follow("/")).text, (await visitor.follow("/?lang=cy")).text
    assert [alt for _src, alt in _SHOWN.findall(english)] == ["Town Police"]
    assert [unescape(alt) for _src, alt in _SHOWN.findall(welsh)] == ["Heddlu'r Dref"]
    assert "<span data-tmc-organisation>" not in english
    assert "tmc-emblem" not in english


async def test_going_back_brings_the_old_logo_back_and_taking_it_out_the_shape(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    visitor = world.browser(slug)
    seen: list[str] = []
    for colour in ("white", "yellow"):
        await chosen(ada, crest(colour))
        await publish(ada, colour)
        seen += [src for src, _alt in _SHOWN.findall((await visitor.get("/")).text)]
    assert len(set(seen)) == 2
    removed = await ada.submit(f"{LOGO}/removal", revision=(await filled(ada, LOGO))["revision"])
    assert removed.headers["location"] == f"{LOGO}?done=removed"
    await publish(ada, "No logo")
    assert "tmc-emblem" in (await visitor.get("/")).text
    back = await ada.submit(f"{HISTORY}/2/draft", revision=(await filled(ada, f"{HISTORY}/2"))["revision"])
    assert back.headers["location"] == REVIEW
    await publish(ada, "The first again")
    assert [src for src, _alt in _SHOWN.findall((await visitor.get("/")).text)] == seen[:1]
    assert (await visitor.get(seen[0])).status_code == 200
    rows = "select count(*) from app.logo where force_id = $1"
    assert await world.ask(slug, rows) == [(2,)], "one row for each picture, however often it is chosen"


async def test_what_was_never_published_goes_a_day_later_and_nothing_else(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    for colour in ("red", "white"):
        await chosen(ada, crest(colour))
    await publish(ada, "White")
    await chosen(ada, crest("yellow"))
    door = world.registry.door(await world.force(slug))
    for age, gone in (("1 hour", 0), ("2 days", 1), ("2 days", 0)):
        await world.ask(
            slug, "update app.logo set kept_at = now() - $2::text::interval where force_id = $1 returning 1", age
        )
        async with door.open(service("test")) as tx:
            assert await logos.sweep(tx) == gone, age
    assert (await ada.get(DRAFTED)).status_code == 200
    assert _SHOWN.search((await world.browser(slug).get("/")).text)


@pytest.mark.parametrize(("content", "fault"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_what_is_no_plain_picture_is_refused_in_words_and_nothing_is_kept(
    world: World, content: bytes, fault: Fault
) -> None:
    ada = world.browser("avonside")
    await ada.sign_in_as(ADA)
    answer = await send(ada, content)
    assert (answer.status_code, _SAYS[fault] in answer.text) == (422, True), answer.text
    assert 'href="#logo"' in answer.text
    assert await world.ask("avonside", "select count(*) from app.logo where force_id = $1") == [(0,)]
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_no_file_and_too_large_a_file_are_refused(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    none = await send(ada, b"")
    assert (none.status_code, "Choose a file" in none.text) == (422, True)
    large = await send(ada, crest() + bytes(1024 * 1024))
    assert (large.status_code, "larger than 1 MB" in large.text) == (422, True)
    huge = await send(ada, crest() + bytes(2 * 1024 * 1024))
    assert (huge.status_code, "A file may have at most 1 MB" in huge.text) == (413, True)


@pytest.mark.parametrize(
    ("picture", "header", "doubt"),
    [
        (
            crest(size=(1200, 100)),
            "#12284b",
            "It is too wide. The header has room for 220 pixels, so it is only 18 high",
        ),
        (
            crest(size=(100, 300)),
            "#12284b",
            "It is too tall. The header is 44 pixels high for it, so it is only 15 wide",
        ),
        (
            crest(size=(60, 40)),
            "#12284b",
            "It is too small: on a sharp screen it looks blurred. Use one of at least 132 by 88",
        ),
        (crest("white"), "#f3f2f1", "nearly as light or as dark as your header background, #f3f2f1"),
        (crest("#0b0c0c"), "#12284b", "nearly as light or as dark as your header background, #12284b"),
        (crest("#12284b", on="white"), "#12284b", "It has a background of its own, which shows as a box"),
        (crest("#12284b", on="white"), "#ffffff", "It has a good shape and size"),
    ],
    ids=["wide", "tall", "small", "white on pale", "dark on dark", "boxed", "its box is the header"],
)
async def test_what_looks_bad_is_said(world: World, picture: bytes, header: str, doubt: str) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "header": header})
    await chosen(ada, picture)
    page = (await ada.get(LOGO)).text
    assert doubt in page
    assert page.count("govuk-warning-text__text") == (0 if "good shape" in doubt else 1)


async def test_who_was_overtaken_is_told_and_the_picture_is_still_there(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    await amos.get(LOGO)
    await chosen(ada, crest("yellow"))
    late = await send(amos, crest("white"), revision="0", says_name="yes")
    assert (late.status_code, "Ada Ash has changed these settings" in late.text) == (409, True)
    assert "We still have the picture that you sent" in late.text
    assert re.search(r'id="says_name"[^>]* checked', late.text)
    again = await amos.submit(LOGO, **hidden(late.text), says_name="yes")
    assert again.headers["location"] == f"{LOGO}?done=chosen"
    with Image.open(BytesIO((await amos.get(DRAFTED)).content)) as seen:
        assert (255, 255, 255, 255) in {pixel for _number, pixel in seen.convert("RGBA").getcolors(99999) or []}
    for lost in ("", "x", "eJz", "AAAA"):
        refused = await amos.submit(LOGO, packed=lost, revision="2")
        assert refused.status_code == 422, lost
    stale = await ada.submit(f"{LOGO}/removal", revision="1")
    assert stale.status_code == 409


async def test_only_the_forces_own_administrators_come_near(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    await chosen(ada, crest())
    strangers = [world.browser("avonside") for _number in range(3)]
    for browser, employee in zip(strangers, (OSMAN, HANNAH), strict=False):
        await browser.sign_in_as(employee)
    await strangers[2].sign_in(ALICE)
    for browser in strangers:
        for path in (LOGO, DRAFTED):
            assert (await browser.get(path)).status_code == 404, path
        for path in (LOGO, f"{LOGO}/removal"):
            assert (await browser.submit(path, revision="0")).status_code == 404, path
    theirs = world.browser("avonside")
    await theirs.sign_in_as(ADA)
    assert (await theirs.get(DRAFTED)).status_code == 404, "her own force has none"


async def test_an_email_shows_it_where_it_names_the_force_anyway(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    await chosen(ada, crest())
    await publish(ada, "Our crest")
    ours = f'<p><img src="https://{slug}.localhost:8000/logos/'
    named = await _invited(world, slug)
    assert ours in named.html
    assert '" alt="Town Police" height="44"></p>' in named.html
    assert "logos" not in named.text
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "from_name": "Online service"})
    await publish(ada, "A neutral sender")
    assert "<img" not in (await _invited(world, slug)).html


async def _invited(world: World, slug: str) -> Email:
    """Return the invitation of somebody new who is not at risk."""
    world.registry.forget()
    vera = Victim("Vera", "Vane", f"T/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")
    await world.push(slug, [crime(vera.reference, [vera.as_event()])])
    (found,) = [each for each in (await drained(world, slug)).sent if isinstance(each, Email) and each.to == vera.email]
    return found
