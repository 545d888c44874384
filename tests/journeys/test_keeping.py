"""An administrator keeps a case back, lets it go again, and answers a request that came by letter: each page looked at."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_staff
from tests.journeys.test_pages import look
from tests.web.common.browser import tab
from trackmycrime.kit.time import today

pytestmark = pytest.mark.xdist_group("pages")
_FORCE = "lincolnshire"
_HOLDS, _REQUESTS = "/admin/retention/holds", "/admin/retention/requests"


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url).partition("?")[0]


@pytest.mark.parametrize("size", ["1280", "375"])
def test_a_case_is_kept_back_and_a_request_is_answered(service: Service, chromium: Browser, size: str) -> None:
    victim = service.person("victim", _FORCE)
    with tab(chromium, size=size) as opened:
        page = opened.page
        sign_in_staff(page, service.person("admin", _FORCE))
        page.goto(service.url(_FORCE, _HOLDS))
        page.get_by_label("Crime reference number").fill(victim["crime_reference"])
        page.get_by_label("Why must nothing of it go?").fill("A claim against the force")
        page.get_by_role("button", name="Place hold").click()
        page.get_by_text("The hold stands").wait_for()
        lifting = page.get_by_role("link", name="Lift this hold").get_attribute("href") or ""
        found = look(opened, service, _FORCE, (_HOLDS, lifting), size)
        page.get_by_label("Why may it go now?").fill("The claim was settled")
        page.get_by_role("button", name="Lift hold").click()
        page.get_by_text("The hold is lifted").wait_for()
        page.goto(service.url(_FORCE, f"{_REQUESTS}/new"))
        page.get_by_label("Erasure").check()
        page.get_by_label("Letter").check()
        page.get_by_label("Crime reference number").fill(victim["crime_reference"])
        page.get_by_label("Last name").fill(victim["last_name"])
        for label, part in zip(("Year", "Month", "Day"), victim["date_of_birth"].split("-"), strict=True):
            page.get_by_label(label, exact=True).fill(part)
        page.get_by_label("The day it came").fill(today().isoformat())
        page.get_by_role("button", name="Write it down").click()
        page.get_by_text("The request is written down").wait_for()
        one = path_of(page)
        found += look(opened, service, _FORCE, (one, _REQUESTS), size)
        page.goto(service.url(_FORCE, one))
        page.get_by_label("Refused").check()
        page.get_by_label("Why?").fill("The case is before a court")
        page.get_by_role("button", name="Decide").click()
        page.get_by_text("The decision is written down").wait_for()
        page.goto(service.url(_FORCE, "/admin/retention/deletions"))
        page.get_by_label("The certificate, as it was downloaded").fill("{}")
        page.get_by_role("button", name="Check").click()
        page.get_by_role("heading", name="This certificate is not true").wait_for()
        assert found == []
