"""What a victim saves on a device or prints: readable by everybody, tagged on paper, and it leads nowhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_victim
from tests.web.common.browser import sideways_scroll, tab, violations

pytestmark = pytest.mark.xdist_group("service")


def test_a_saved_copy_is_accessible_and_prints_tagged(service: Service, chromium: Browser, tmp_path: Path) -> None:
    person = service.person("victim")
    with tab(chromium) as opened:
        sign_in_victim(opened.page, person)
        opened.page.goto(service.url("kent", "/my-case"))
        with opened.page.expect_download() as saved:
            opened.page.get_by_role("button", name="Save a copy on this device").click()
        assert saved.value.suggested_filename == "copy.html"
        saved.value.save_as(tmp_path / "copy.html")
        opened.page.goto(service.url("kent", "/property/copy"))
        assert b"/StructTreeRoot" in opened.page.pdf(tagged=True)
    copy = (tmp_path / "copy.html").read_text()
    assert person["crime_reference"] in copy
    for size in ("1280", "320"):
        asked: list[str] = []
        with tab(chromium, size=size) as alone:
            alone.page.on("request", lambda request, asked=asked: asked.append(request.url))
            alone.page.set_content(copy)
            assert violations(alone.page) == []
            assert sideways_scroll(alone.page) == 0
            assert b"/StructTreeRoot" in alone.page.pdf(tagged=True)
        assert asked == [], "a copy asks for nothing, so nobody learns that it was opened"
