"""A force of its own for tests of what administrators change, and forms as a browser would send them."""

import re
from html import unescape
from uuid import uuid4

from msgspec import structs

from tests.cast import Browser, Employee, Victim, World, configuration, crime, event
from trackmycrime.kit.actor import service

_FIELD = re.compile(r'<input\s+class="govuk-input[^>]*? name="([a-z_0-9]+)"[^>]*? value="([^"]*)"')
_TICKED = re.compile(
    r'<input\s+class="govuk-(?:checkboxes|radios)__input"[^>]*? name="([a-z_]+)"[^>]*? value="([^"]*)"[^>]*? checked'
)
_REVISION = re.compile(r'name="revision" value="(\d*)"')


async def force_with(world: World, *names: str, live: bool = True, **features: bool) -> tuple[str, list[Browser]]:
    """Put a force on board, and return its slug and a browser for each of its administrators, signed in."""
    slug = f"town-{uuid4().hex[:8]}"
    own = structs.replace(configuration(slug, "Town Police", **features), live=live)
    await world.onboarding.provision(service("test"), own)
    browsers: list[Browser] = []
    for name in names:
        employee = Employee(name, "admin", f"{name.split()[0].lower()}@{slug}.example.org")
        await world.hire(slug, employee)
        browser = world.browser(slug)
        await browser.sign_in_as(employee)
        browsers.append(browser)
    return slug, browsers


async def victim_of(world: World, slug: str) -> Browser:
    """Return the browser of a victim who follows a crime there."""
    vera = Victim("Vera", "Vane", f"T/{uuid4().hex[:8]}/26", f"{uuid4().hex}@example.org")
    await world.push(
        slug, [crime(vera.reference, [vera.as_event()]), event("update.published", vera.reference, text="News.")]
    )
    await world.register(slug, vera)
    browser = world.browser(slug)
    await browser.sign_in(vera)
    return browser


async def filled(browser: Browser, path: str) -> dict[str, str]:
    """Open a page, and return its first form as it is filled in."""
    page = (await browser.get(path)).text
    found = {name: unescape(value) for name, value in (*_FIELD.findall(page), *_TICKED.findall(page))}
    revision = _REVISION.search(page)
    return {**found, "revision": revision[1] if revision else ""}


async def publish(browser: Browser, why: str = "The new colours of the force") -> None:
    """Publish what is changed."""
    form = await filled(browser, "/admin/review")
    answer = await browser.submit("/admin/review", revision=form["revision"], why=why)
    assert answer.headers["location"] == "/admin/history?done=published", answer.text
    browser.world.registry.forget()  # the test's own copy; it would hear of it in a moment
