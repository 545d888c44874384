"""An administrator chooses a logo and brings the settings back as a file, in a real browser; nobody else sees any of it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_staff
from tests.web.admin.test_logo import crest
from tests.web.common.browser import PICTURES, TRIED, Tab, faults, screenshot, tab

pytestmark = pytest.mark.xdist_group("pages")
LOGO, FILE = "/admin/branding/logo", "/admin/settings/file"


def choose(opened: Tab, label: str, name: str, content: bytes, button: str) -> None:
    chosen: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    opened.page.get_by_label(label, exact=True).set_input_files(files=[chosen])
    opened.errors.clear()
    opened.page.get_by_role("button", name=button).click()
    opened.page.wait_for_load_state("load")
    opened.errors[:] = [error for error in opened.errors if "422" not in error]


def judge(opened: Tab, name: str, size: str) -> None:
    assert faults(opened) == [], name
    if PICTURES:
        screenshot(opened.page, Path(PICTURES) / f"kent-branding-{name}-{size}.png")


def discard(opened: Tab, service: Service) -> None:
    opened.page.goto(service.url("kent", "/admin/review"))
    if opened.page.get_by_role("button", name="Give up these changes").is_visible():
        opened.page.get_by_role("button", name="Give up these changes").click()


@pytest.mark.parametrize("size", TRIED)
def test_a_logo_is_chosen_looked_at_and_given_up(service: Service, chromium: Browser, size: str) -> None:
    pictures = {
        "broken": (crest()[:200], "This picture is broken"),
        "wide": (crest(size=(1400, 100)), "It is too wide"),
        "boxed": (crest("#12284b", on="white"), "It has a background of its own"),
        "good": (crest(), "It has a good shape and size"),
    }
    with tab(chromium, size=size) as opened:
        sign_in_staff(opened.page, service.person("admin"))
        for name, (content, said) in pictures.items():
            opened.page.goto(service.url("kent", LOGO))
            choose(opened, "Picture", "logo.png", content, "Use this picture")
            opened.page.get_by_text(said).first.wait_for()
            judge(opened, name, size)
        header = opened.page.frame_locator("iframe").locator("img.tmc-logo")
        box = header.bounding_box()
        assert box
        assert (round(box["width"]), round(box["height"])) == ((88, 44) if box["height"] == 44 else (72, 36))
        for path, name in (("/admin/preview?show=phone", "phone"), ("/admin/review", "review")):
            opened.page.goto(service.url("kent", path))
            judge(opened, name, size)
        opened.page.goto(service.url("kent", "/sign-in"))
        assert opened.page.locator("img.tmc-logo").count() == 0
        discard(opened, service)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_settings_come_back_as_a_file(service: Service, chromium: Browser, scripts: bool) -> None:
    with tab(chromium, size="375", scripts=scripts) as opened:
        sign_in_staff(opened.page, service.person("admin"))
        opened.page.goto(service.url("kent", FILE))
        with opened.page.expect_download() as file:
            opened.page.get_by_role("link", name="Download what is published").click()
        own = Path(file.value.path()).read_bytes()
        wrong = own.replace(b"[brand]", b'[brand]\ncolour = "blue"').replace(b"live = ", b"lively = ")
        choose(opened, "File", "force.toml", wrong, "See what it changes")
        opened.page.get_by_text("The file has 2 mistakes").first.wait_for()
        if scripts:  # what judges a page is one
            judge(opened, "mistakes", "375")
        changed = own.replace(b"update_interval_days = 28", b"update_interval_days = 14")
        choose(opened, "File", "force.toml", changed, "See what it changes")
        opened.page.get_by_role("heading", level=1, name="What the file changes").wait_for()
        if scripts:
            judge(opened, "difference", "375")
        opened.page.get_by_role("button", name="Use this file").click()
        opened.page.get_by_role("heading", level=1, name="Review what you changed").wait_for()
        discard(opened, service)
