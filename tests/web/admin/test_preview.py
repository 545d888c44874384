"""What administrators see of their draft before anybody else does: real pages, a made-up case, and nothing that works."""

import re

import pytest

from tests.cast import ADA, ALICE, HANNAH, OSMAN, World
from tests.web.admin.configured import filled, force_with, victim_of

pytestmark = pytest.mark.asyncio(loop_scope="session")
BRANDING, PREVIEW = "/admin/branding", "/admin/preview"


async def test_the_draft_is_seen_as_victims_would_and_by_nobody_else(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash", welsh=False)
    vera = await victim_of(world, slug)
    form = await filled(ada, BRANDING)
    await ada.submit(BRANDING, **{**form, "name": "New Town Police", "header": "#12284b", "officers": "role"})
    page = await ada.get(f"{PREVIEW}/messages")
    for said in ("New Town Police", "Detective Constable", "62/114907/26", "Messages here are not read 24 hours"):
        assert said in page.text, said
    assert "#12284b" in (await ada.get(f"{PREVIEW}/colours")).text
    assert "New Town Police" in (await ada.get(f"{PREVIEW}/sign-in")).text
    sent = (await ada.get(f"{PREVIEW}?show=sent")).text
    for said in ("no-reply@", "You have a new message", "There is something new for you to read"):
        assert said in sent, said
    assert "New Town Police" not in (await vera.get("/messages")).text
    strangers = [vera, world.browser("avonside"), world.browser("avonside"), world.browser(slug)]
    await strangers[1].sign_in_as(OSMAN)
    await strangers[2].sign_in_as(ADA)
    for browser in strangers:
        for what in ("", "/messages", "/sign-in", "/colours", "/contrast"):
            answer = await browser.get(PREVIEW + what)
            assert "New Town Police" not in answer.text
            assert "#12284b" not in answer.text
            assert answer.status_code == (200 if browser is strangers[2] else 303 if browser is strangers[3] else 404)


async def test_nothing_in_a_preview_does_anything(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    for what in ("messages", "sign-in"):
        page = await ada.get(f"{PREVIEW}/{what}")
        assert set(re.findall(r"<a\b[^>]*? href=\"([^\"]*)", page.text)) == {"#", "#main-content"}
        assert "<script" not in page.text
        assert re.findall(r'name="csrf" value="([^"]+)"', page.text) == []
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
        assert "/unsubscribe/" not in page.text
    around = await ada.get(PREVIEW)
    assert "frame-src 'self'" in around.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in around.headers["content-security-policy"]
    assert "frame-src" not in (await ada.get("/admin")).headers["content-security-policy"]
    assert re.findall(r"/unsubscribe/[^.\s<]+", (await ada.get(f"{PREVIEW}?show=sent")).text) == []
    for nowhere in ("inbox", "email", "messages/1"):
        assert (await ada.get(f"{PREVIEW}/{nowhere}")).status_code == 404


async def test_a_force_with_welsh_sees_both_languages(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    assert "In Welsh" not in (await ada.get(PREVIEW)).text
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "name_cy": "Heddlu'r Dref"})
    await ada.submit("/admin/features", **{**await filled(ada, "/admin/features"), "welsh": "yes"})
    assert "In Welsh" in (await ada.get(PREVIEW)).text
    welsh = (await ada.get(f"{PREVIEW}/messages?lang=cy")).text
    assert 'lang="cy"' in welsh
    assert "Heddlu&#39;r Dref" in welsh
    assert 'lang="en"' in (await ada.get(f"{PREVIEW}/messages?lang=fr")).text


async def test_colours_are_judged_as_saving_judges_them(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    asked = "header=%2312284b&accent=%23d9a514&brand=%23f2b705&link=%2357a0d3"
    judged = (await ada.get(f"{PREVIEW}/contrast?{asked}")).json()
    assert {check["key"] for check in judged["checks"] if not check["passes"]} == {
        "link-page",
        "link-surface",
        "brand-text",
        "brand-line",
    }
    assert set(judged["faint"]) == {"brand", "link"}
    assert judged["properties"]["--tmc-header-background"] == "#12284b"
    for wrong in ("", "header=red;}body{", f"{asked}x"):
        assert (await ada.get(f"{PREVIEW}/contrast?{wrong}")).json() == {"properties": {}, "checks": [], "faint": {}}
    victim, hub = world.browser("avonside"), world.browser("avonside")
    await victim.sign_in(ALICE)
    await hub.sign_in_as(HANNAH)
    for browser in (victim, hub):
        assert (await browser.get(f"{PREVIEW}/contrast?{asked}")).status_code == 404
