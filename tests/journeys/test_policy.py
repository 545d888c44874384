"""The content security policy by itself: what escaping would let through runs nowhere."""

import html
from functools import partial

import pytest
from playwright.sync_api import Browser, Route

from tests.journeys.conftest import Service
from tests.journeys.hostile import PAYLOADS, quoted, text, watched

pytestmark = pytest.mark.xdist_group("service")

BROKEN_OUT = '">'  # of the attribute that the rest stands in
INJECTED = {"inline", "src", "html", "click", "timer"}
INJECTIONS = """() => {
  const heard = [], tries = [
    () => { const one = document.createElement('script'); one.textContent = "fetch('/ran?inline')"; document.body.append(one) },
    () => { const one = document.createElement('script'); one.src = 'data:text/javascript,fetch("/ran?src")'; document.body.append(one) },
    () => { document.body.insertAdjacentHTML('beforeend', "<img src=/static/no onerror=fetch('/ran?html')>") },
    () => { const one = document.createElement('button'); one.setAttribute('onclick', "fetch('/ran?click')"); document.body.append(one); one.click() },
    () => { setTimeout("fetch('/ran?timer')", 0) },
  ]
  document.addEventListener('securitypolicyviolation', event => heard.push(event.effectiveDirective))
  for (const one of tries) { try { one() } catch {} }
  return new Promise(done => setTimeout(() => done(heard), 300))
}"""


def answer_with(body: str, headers: dict[str, str], route: Route) -> None:
    route.fulfill(status=200, headers=headers, body=body)


@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no-policy"])
def test_the_policy_alone_stops_what_escaping_let_through(service: Service, chromium: Browser, policy: bool) -> None:
    """Take the escaping away from real pages: their hostile text runs without the policy, and does not with it."""
    slug = "kent"
    addresses = (
        f"http://localhost:{service.port}/?q={quoted(PAYLOADS[3].replace('#', 'q'))}",
        service.url(slug, f"/sign-in?next={quoted(BROKEN_OUT + text('victim'))}"),
        service.url(slug, f"/staff/sign-in?next={quoted(BROKEN_OUT + text('staff'))}"),
    )
    with watched(chromium, policy=policy) as seen:
        for address in addresses:
            answer = seen.page.goto(address)
            assert answer
            raw = html.unescape(answer.text())
            headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
            seen.page.route(partial(str.__eq__, address), partial(answer_with, raw, headers))
            seen.page.goto(address)
            seen.page.wait_for_timeout(300)
        seen.page.goto(service.url(slug, "/help"))
        violations = seen.page.evaluate(INJECTIONS)
        ran = set(seen.ran)
        written = {f"{where}-{kind}" for where in ("victim", "staff") for kind in ("script", "img", "svg", "frame")}
        if policy:
            assert ran == set()
            assert len(violations) >= len(INJECTED)
            assert len(seen.refused) >= len(INJECTED | written)
        else:
            assert (INJECTED | written | {"q-quoted"}) - ran == set()
