"""The settings as a file in the pages: taken away byte for byte, brought back as a draft, and never published by itself."""

import re
from html import unescape

import httpx
import pytest

from tests.cast import ADA, ALICE, HANNAH, OSMAN, Browser, World
from tests.kit.test_pictures import crest, written
from tests.web.admin.configured import filled, force_with, publish
from tests.web.admin.files import hidden, send_file
from trackmycrime.domain import onboarding
from trackmycrime.domain.tenancy import files

pytestmark = pytest.mark.asyncio(loop_scope="session")
FILE, DIFFERENCE, REVIEW, BRANDING = (
    *("/admin/settings/file", "/admin/settings/file/difference"),
    *("/admin/review", "/admin/branding"),
)
FOLDERS = files.available()


async def send(browser: Browser, content: bytes) -> httpx.Response:
    return await send_file(browser, FILE, DIFFERENCE, "file", content)


async def downloaded(browser: Browser) -> bytes:
    answer = await browser.get(f"{FILE}/download")
    assert answer.headers["content-disposition"] == 'attachment; filename="force.toml"'
    return answer.content


async def use(browser: Browser, shown: httpx.Response) -> httpx.Response:
    return await browser.submit(FILE, **hidden(shown.text))


def mistakes(page: str) -> str:
    return unescape(" ".join(re.findall(r"<li>(.*?)</li>", page)))


async def test_all_folders_go_round_through_the_pages_byte_for_byte(world: World) -> None:
    """Each file becomes the settings of one force, with the one line changed that says whose it is: nobody may change that."""
    slug, (ada,) = await force_with(world, "Ada Ash", live=False)
    assert len(FOLDERS) == 46
    for name, path in FOLDERS.items():
        theirs = path.read_bytes()
        ours = _of(theirs, name, slug)
        foreign = await send(ada, theirs)
        assert foreign.status_code == 422, name
        assert f"line 1, column 1: slug must be {slug}: this is the file of {name}" in mistakes(foreign.text)
        shown = await send(ada, ours)
        assert (shown.status_code, "What the file changes" in shown.text) == (200, True), name
        assert (await use(ada, shown)).headers["location"] == REVIEW, name
        await publish(ada, name)
        assert await downloaded(ada) == ours, name
        assert _of(await downloaded(ada), slug, name) == theirs, name
        assert "Nothing: the file says what you have." in (await send(ada, await downloaded(ada))).text, name
    exported = await onboarding.exported(world.registry, slug)
    assert exported == {"force.toml": await downloaded(ada)}


def _of(content: bytes, slug: str, other: str) -> bytes:
    first, rest = content.split(b"\n", 1)
    assert first == f'slug = "{slug}"'.encode()
    return f'slug = "{other}"\n'.encode() + rest


async def test_a_file_is_compared_with_the_draft_and_becomes_it_and_nothing_is_published(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    original = await downloaded(ada)
    assert original == (await onboarding.exported(world.registry, slug))["force.toml"]
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "from_name": "Unpublished"})
    assert await downloaded(ada) == original, "what is published, and not the draft"
    changed = original.replace(b"= 28", b"= 14").replace(b"live = true", b"live = false")
    shown = await send(ada, changed)
    for said in ("You have changes that are not published", "Unpublished", "Days between promised updates", "14"):
        assert said in shown.text, said
    assert "Victims can be invited" not in shown.text, "that is not for a force to say"
    assert "Unpublished" in (await ada.get(REVIEW)).text, "looking changes nothing"
    assert (await use(ada, shown)).headers["location"] == REVIEW
    review = (await ada.get(REVIEW)).text
    assert "Days between promised updates" in review
    assert "Unpublished" not in review
    assert await downloaded(ada) == original
    await publish(ada, "From a file")
    assert await downloaded(ada) == original.replace(b"= 28", b"= 14"), "and it is still live"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            b'emblem = "shield"',
            b'emblem = "shield"\n  colour = "blue"',
            r"line 25, column 3: brand\.colour is not a setting",
        ),
        (
            b'header = "#0b0c0c"',
            b'header = "navy"',
            r"line \d+, column 1: brand\.header must be a colour such as #12284b",
        ),
        (
            b'header = "#0b0c0c"',
            b'header = "red;}body{display:none"',
            r"line \d+, column 1: brand\.header must be a colour such as #12284b",
        ),
        (
            b'link = "#1a65a6"',
            b'link = "#57a0d3"',
            r"line \d+, column 1: brand\.link is too faint .* #[0-9a-f]{6} would do",
        ),
        (b'logo = ""', b'logo = "../../etc/passwd"', r"line \d+, column 1: brand\.logo must be the SHA-256 of a logo"),
        (b"sms = true", b"sms = 1", r"line \d+, column 1: features\.sms must be true or false"),
        (b"sms = true", b"telepathy = true", r"line \d+, column 1: features\.telepathy is not a setting"),
        (b"[brand]", b"[brand", r"this is not a TOML file: .*line 1[0-9]"),
        (b"[brand]", b'[brand]\nheader = "#0b0c0c"', r"this is not a TOML file: .*line \d+"),
        (
            b"update_interval_days = 28",
            b"update_interval_days = 280",
            r"column 1: update_interval_days must be a number",
        ),
    ],
)
async def test_every_mistake_is_named_by_line_and_column_and_nothing_is_saved(
    world: World, before: bytes, after: bytes, said: str
) -> None:
    ada = world.browser("avonside")
    await ada.sign_in_as(ADA)
    content = await downloaded(ada)
    assert before in content
    refused = await send(ada, content.replace(before, after, 1))
    assert refused.status_code == 422
    assert re.search(said, mistakes(refused.text)), mistakes(refused.text)
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('key = "page.messages"\nen = "Ask ((unknown)) first"', "((unknown))"),
        ('key = "page.messages"\nen = "{{ 7 * 7 }}"', "is code: only plain words can stand here"),
        ('key = "page.messages"\nen = "{% raw %}"', "is code: only plain words can stand here"),
        ('key = "page.nowhere"\nen = "Hello"', "wording[1].key"),
        ('key = "email.news"\nen = "See https://example.org/"', "wording[1].en"),
    ],
)
async def test_texts_in_a_file_are_held_to_the_same_rules(world: World, words: str, said: str) -> None:
    ada = world.browser("avonside")
    await ada.sign_in_as(ADA)
    refused = await send(ada, await downloaded(ada) + f"\n[[wording]]\n{words}\n".encode())
    assert (refused.status_code, said in mistakes(refused.text)) == (422, True), mistakes(refused.text)
    assert re.search(r"line \d+, column 1: wording\[1\]", mistakes(refused.text))


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 422, "Choose a file"),
        (b"\xff\xfe", 422, "this is not a TOML file"),
        (written(crest()), 422, "this is not a TOML file"),
        (b"a = " + b"[" * 500_000, 422, "its lists go too deep"),
        (b"a = " + b"[\n" * 300_000, 422, "its lists go too deep"),
        (b".".join([b"a"] * 400_000) + b" = 1", 422, "more than a settings file says"),
        (b"[" + b".".join([b"a"] * 400_000) + b"]", 422, "more than a settings file says"),
        (b"a = {" + b".".join([b"a"] * 400_000) + b" = 1}", 422, "more than a settings file says"),
        (b"\n".join(b"b%d = 1" % number for number in range(5000)), 422, "And "),
        (b"#" * (1024 * 1024 + 1), 422, "larger than 1 MB"),
        (b"#" * (2 * 1024 * 1024), 413, "A file may have at most 1 MB"),
    ],
    ids=[
        "none",
        "no text",
        "picture",
        "deep",
        "deep lines",
        "dotted",
        "dotted table",
        "dotted inside",
        "many",
        "large",
        "huge",
    ],
)
async def test_what_is_no_settings_file_is_refused_at_once(
    world: World, content: bytes, status: int, said: str
) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    refused = await send(ada, content)
    assert (refused.status_code, said in refused.text) == (status, True), refused.text[:3000]
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_who_was_overtaken_is_told_and_the_file_is_still_there(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    shown = await send(amos, (await downloaded(amos)).replace(b"= 28", b"= 14"))
    await ada.submit(BRANDING, **{**await filled(ada, BRANDING), "from_name": "Hers"})
    late = await use(amos, shown)
    assert (late.status_code, "Ada Ash has changed these settings" in late.text) == (409, True)
    assert "Hers" in late.text, "he sees what he would take back"
    assert "14" in late.text
    assert "Hers" in (await ada.get(REVIEW)).text
    assert (await use(amos, late)).headers["location"] == REVIEW
    assert "Hers" not in (await ada.get(REVIEW)).text
    for lost in ("", "x", "eJz"):
        refused = await amos.submit(FILE, packed=lost, revision="2")
        assert (refused.status_code, "We have lost this file" in refused.text) == (422, True), lost


async def test_a_link_in_a_file_is_published_by_somebody_else(world: World) -> None:
    _slug, (ada, amos) = await force_with(world, "Ada Ash", "Amos Ames")
    file = await downloaded(ada)
    link = b'\n[[wording]]\nkey = "page.support"\nen = "Ask https://example.org/help first."\ncy = ""\n'
    foot = b'\n[[footer]]\nname = "Our website"\nname_cy = ""\nweb = "https://www.example.org/"\n'
    for added in (link, foot):
        assert (await use(ada, await send(ada, file + added))).headers["location"] == REVIEW
        revision = (await filled(ada, BRANDING))["revision"]
        assert (await ada.submit(REVIEW, revision=revision, why="Mine")).status_code == 409
    await publish(amos, "I have looked at it")


async def test_a_file_names_only_a_logo_that_this_force_has(world: World) -> None:
    _slug, (ada,) = await force_with(world, "Ada Ash")
    _other, (theirs,) = await force_with(world, "Amos Ames")
    await send_file(theirs, "/admin/branding/logo", "/admin/branding/logo", "logo", written(crest()))
    await publish(theirs, "Our crest")
    named = re.findall(rb'logo = "([0-9a-f]{64})"', await downloaded(theirs))
    assert len(named) == 1
    file = (await downloaded(ada)).replace(b'logo = ""', b'logo = "%s"' % named[0])
    refused = await use(ada, await send(ada, file))
    assert (refused.status_code, "names a picture that is not here" in refused.text) == (422, True)
    assert "Nothing is changed" in (await ada.get(REVIEW)).text


async def test_only_the_forces_own_administrators_have_its_file(world: World) -> None:
    slug, (ada,) = await force_with(world, "Ada Ash")
    file = await downloaded(ada)
    strangers = [world.browser("avonside") for _number in range(3)]
    for browser, employee in zip(strangers, (OSMAN, HANNAH), strict=False):
        await browser.sign_in_as(employee)
    await strangers[2].sign_in(ALICE)
    for browser in strangers:
        for path in (FILE, f"{FILE}/download"):
            assert (await browser.get(path)).status_code == 404, path
        for path in (FILE, DIFFERENCE):
            assert (await browser.submit(path, revision="0", packed="x")).status_code == 404, path
    theirs = world.browser("avonside")
    await theirs.sign_in_as(ADA)
    assert slug.encode() not in await downloaded(theirs)
    assert (await send(theirs, file)).status_code == 422
    nobody = await world.browser(slug).get(f"{FILE}/download")
    assert nobody.headers["location"].startswith("/staff/sign-in")
