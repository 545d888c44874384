"""The main job, as people do it: a victim reads and writes, the contact team answers, nobody else sees any of it."""

import time
import uuid

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Service
from tests.web.common.browser import tab

pytestmark = pytest.mark.xdist_group("service")


def sign_in_victim(page: Page, person: dict[str, str]) -> None:
    begin_to_sign_in(page, person)
    page.wait_for_url("**/messages")


def begin_to_sign_in(page: Page, person: dict[str, str]) -> None:
    page.goto(person["url"])
    if not page.get_by_label("Crime reference number").count():
        page.get_by_role("button", name="Sign in").or_(page.get_by_role("link", name="Sign in")).first.click()
    year, month, day = person["date_of_birth"].split("-")
    page.get_by_label("Crime reference number").fill(person["crime_reference"])
    page.get_by_label("Last name").fill(person["last_name"])
    page.get_by_label("Day").fill(day)
    page.get_by_label("Month").fill(month)
    page.get_by_label("Year").fill(year)
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()


def sign_in_staff(page: Page, person: dict[str, str]) -> None:
    page.goto(person["url"])
    page.get_by_label("Email address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_victim_writes_the_hub_answers_and_the_victim_reads_it(
    service: Service, chromium: Browser, scripts: bool
) -> None:
    question, answer = f"Is my bicycle still looked for? {uuid.uuid4().hex[:6]}", f"Yes, it is. {uuid.uuid4().hex[:6]}"
    victim, hub = service.person("victim"), service.person("hub")
    with tab(chromium, scripts=scripts) as hers, tab(chromium, scripts=scripts) as theirs:
        sign_in_victim(hers.page, victim)
        hers.page.get_by_label("Your message").fill(question)
        hers.page.get_by_role("button", name="Send message").click()
        expect(hers.page.get_by_text("Your message has been sent")).to_be_visible()
        expect(hers.page.get_by_text(question)).to_be_visible()

        sign_in_staff(theirs.page, hub)
        theirs.page.goto(service.url("kent", "/staff/inbox"))
        theirs.page.get_by_role("link", name=question).click()
        reason = theirs.page.get_by_label("Reason for opening this case")
        if reason.count():
            reason.fill("Answering a message of the victim")
            theirs.page.get_by_role("button", name="Open case").click()
        theirs.page.get_by_label("Reply", exact=True).fill(answer)
        theirs.page.get_by_role("button", name="Send reply").click()
        expect(theirs.page.get_by_text(answer).first).to_be_visible()

        hers.page.goto(service.url("kent", "/messages"))
        expect(hers.page.get_by_text(answer)).to_be_visible()
        expect(hers.page.get_by_text("New", exact=True).first).to_be_visible()
        assert hers.errors == theirs.errors == []

    with tab(chromium, scripts=scripts) as another:
        sign_in_victim(another.page, service.person("victim", "humberside"))
        assert question not in another.page.content()
        another.page.goto(service.url("kent", "/messages"))
        assert "/sign-in" in another.page.url


def test_what_was_sent_names_nothing(service: Service, chromium: Browser) -> None:
    victim = service.person("victim")
    with tab(chromium) as box:
        deadline = time.monotonic() + 30
        while True:
            box.page.goto(service.url("mailbox"))
            if box.page.get_by_text("You have a new message").count() or time.monotonic() > deadline:
                break
        box.page.get_by_role("link", name="You have a new message").first.click()
        text = box.page.inner_text("main")
        assert "There is something new for you to read" in text
        assert victim["last_name"] not in text
        assert victim["crime_reference"] not in text
        assert "List-Unsubscribe" in text


def test_an_operator_puts_a_force_on_board_and_it_answers_at_once(service: Service, chromium: Browser) -> None:
    operator = service.person("operator")
    with tab(chromium) as console:
        sign_in_staff(console.page, operator)
        console.page.goto(service.url("console", "/forces/new"))
        console.page.get_by_label("Force", exact=True).select_option("norfolk")
        console.page.get_by_label("Administrator").first.fill("ann@example.org")
        console.page.get_by_role("button", name="Put on board").click()
        expect(console.page.get_by_text("norfolk-").first).to_be_visible()
        console.page.goto(service.url("norfolk"))
        assert "Norfolk Constabulary" in console.page.inner_text("header")
    listed = service.run("force", "list", "--json")
    assert "norfolk" in listed.stdout
    assert service.run("audit", "verify").returncode == 0


def test_leaving_in_a_hurry(service: Service, chromium: Browser) -> None:
    with tab(chromium, size="375") as hers:
        sign_in_victim(hers.page, service.person("victim"))
        with hers.page.expect_request("**/weather"):
            for _ in range(3):
                hers.page.keyboard.press("Shift")
        beside = hers.page.context.new_page()
        beside.goto(service.url("kent", "/messages"))
        assert "/sign-in" in beside.url
