"""Arriving: a crime is pushed, its victim is invited and registers; and signing in where many others have failed."""

import json
import time
import urllib.parse
import urllib.request
from base64 import b64encode
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD, Victim, crime
from tests.journeys.conftest import Service
from tests.journeys.test_main_job import sign_in_victim
from tests.web.common.browser import faults, tab

pytestmark = pytest.mark.xdist_group("service")

FORCE = "humberside"
# 64 characters before the @: the longest that an address may have there (RFC 5321, 4.5.3.1.1)
LONGEST = f"{'a-name-without-any-place-to-break-it-'}{'x' * 27}@example.org"


def ask(service: Service, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """Send a request to a force's site as a record system."""
    address = f"http://127.0.0.1:{service.port}{path}"
    request = urllib.request.Request(address, body, {"Host": f"{FORCE}.localhost:{service.port}", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own service on this machine
        return json.load(answer)


def push(service: Service, events: list[dict[str, object]]) -> dict[str, Any]:
    """Push events as a new record system of the force."""
    made = json.loads(service.run("client", "create", "--force", FORCE, "--name", "Journey", "--json").stdout)
    proof = b64encode(f"{made['client_id']}:{made['client_secret']}".encode()).decode()
    grant = urllib.parse.urlencode({"grant_type": "client_credentials"}).encode()
    token = ask(service, "/oauth/token", grant, {"Authorization": f"Basic {proof}"})["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return ask(service, "/api/v1/events", json.dumps(events).encode(), headers)


def open_mail_to(page: Page, service: Service, address: str) -> None:
    """Open the newest message to an address, as soon as there is one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.goto(service.url("mailbox"))
        row = page.locator(".govuk-summary-list__row", has_text=address)
        if row.count():
            row.get_by_role("link").first.click()
            return
    raise AssertionError


@pytest.mark.parametrize("size", ["320", "1280"])
def test_whoever_is_invited_registers_and_the_longest_address_fits_the_page(
    service: Service, chromium: Browser, size: str
) -> None:
    vera = Victim("Vera", "Vane", f"AR/{size}/26", f"{size}{LONGEST[len(size) :]}")
    assert push(service, [crime(vera.reference, [vera.as_event()])])["accepted"] == 1
    with tab(chromium, size=size) as hers:
        open_mail_to(hers.page, service, vera.email)
        found = faults(hers)
        hers.page.locator("main a[href*='/register/']").click()
        hers.page.get_by_label("Crime reference number").fill(vera.reference)
        hers.page.get_by_label("Last name").fill(vera.last_name)
        for label, number in (("Day", vera.born.day), ("Month", vera.born.month), ("Year", vera.born.year)):
            hers.page.get_by_label(label).fill(str(number))
        hers.page.get_by_label("Create a password").fill(PASSWORD)
        hers.page.get_by_label("Repeat your password").fill(PASSWORD)
        hers.page.get_by_role("button", name="Create account").click()
        expect(hers.page.get_by_text(vera.reference).first).to_be_visible()
        hers.page.goto(service.url(FORCE, "/settings"))
        expect(hers.page.get_by_text(vera.email).first).to_be_visible()
        assert found + faults(hers) == []


def fill(page: Page, reference: str) -> None:
    page.get_by_label("Crime reference number").fill(reference)
    page.get_by_label("Last name").fill("Nobody")
    for label, number in (("Day", "1"), ("Month", "2"), ("Year", "1980")):
        page.get_by_label(label).fill(number)
    page.get_by_label("Password", exact=True).fill("a wrong guess of some length")
    page.get_by_role("button", name="Sign in").click()


def test_a_browser_on_a_crowded_network_works_and_gets_in(service: Service, chromium: Browser) -> None:
    slug = next(p["force"] for p in service.people if p.get("force", "kent") not in {"kent", FORCE})
    victim = service.person("victim", slug)
    with tab(chromium, scripts=False) as guesser:
        for n in range(7):
            guesser.page.goto(service.url(slug, "/sign-in"))
            fill(guesser.page, f"GUESS/{n}")
        expect(guesser.page.get_by_text("There have been too many tries. Wait 1 minute").first).to_be_visible()
        assert guesser.page.get_by_label("Crime reference number").input_value() == "GUESS/6"
        assert guesser.page.get_by_label("Password", exact=True).input_value() == ""
    with tab(chromium, size="375") as hers:
        hers.page.goto(service.url(slug, "/sign-in"))
        expect(hers.page.locator("input[name=work]")).to_have_count(1)
        assert faults(hers) == []
        sign_in_victim(hers.page, victim)
        expect(hers.page.get_by_text(victim["crime_reference"]).first).to_be_visible()
        assert hers.errors == []
