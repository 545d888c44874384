"""Every state of a victim's pages, in both languages: nothing there yet, mistakes, danger, late, closed, switched off, refused."""

from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser

from tests.cast import PASSWORD, Victim, crime, event, moment
from tests.journeys.conftest import Service
from tests.journeys.seeing import Eye
from tests.journeys.test_arriving import open_mail_to, register
from tests.journeys.walking import Walk
from tests.web.common.browser import tab
from trackmycrime.cli.embedded import EmbeddedPostgres
from trackmycrime.kit.words import _, speaking
from trackmycrime.web.common.visit import DEVICE_COOKIE

pytestmark = pytest.mark.xdist_group("pages")

ERROR, SUCCESS, ALERT = ".govuk-error-summary", ".govuk-notification-banner--success", ".tmc-alert"
NOTICE, WARNING = ".govuk-notification-banner", ".govuk-warning-text"
OFFICER = {"collar_number": "4711", "name": "PC Olive Orme", "role": "PC", "unit": "Harbour"}
TEXT = "We have spoken to two people who saw what happened. We will look at the recordings next."
_TOO_LATE = """update app.invite i set expires_at = now() - interval '1 minute'
    from app.person p where p.force_id = i.force_id and p.id = i.person_id and p.source_id = %s"""


def arriving(walk: Walk) -> None:
    """Look at the ways in: what they refuse, and the first page of all."""
    eye, vera = walk.eye, walk.vera
    walk.push(crime(vera.reference, [vera.as_event(language=walk.language)]))
    open_mail_to(walk.page, walk.service, vera.email)
    links = [link.get_attribute("href") or "" for link in walk.page.locator("main a").all()]
    invitation = next(link for link in links if "/register/" in link)
    walk.page.goto(invitation)
    walk.press(_("Create account"))
    eye.look("registering with mistakes", at=ERROR)
    walk.say_who(last_name="Somebody")
    walk.fill(password=PASSWORD, repeat_password=PASSWORD)
    walk.press(_("Create account"))
    eye.look("registering as nobody", at=ERROR)
    register(walk.page, vera)
    eye.look("no updates yet", at="form#reply")
    walk.go("/sign-out")
    walk.page.goto(invitation)
    eye.look("an invitation that was used", at="h1")
    walk.page.goto(next(link for link in links if "/unsubscribe/" in link))
    eye.look("stopping emails", at="form")
    walk.press(_("Stop these emails"))
    eye.look("emails stopped", at="h1")


def coming_too_late(walk: Walk) -> None:
    """Look at an invitation that is three days old, which the clock cannot be waited for, and at asking for another."""
    wanda = Victim("Wanda", "Ward", f"{walk.vera.reference}/W", walk.vera.email.replace("states", "wanda"))
    walk.push(crime(wanda.reference, [wanda.as_event(language=walk.language)]))
    open_mail_to(walk.page, walk.service, wanda.email)
    invitation = walk.page.locator("main a[href*='/register/']").get_attribute("href") or ""
    database = EmbeddedPostgres(Path(walk.service.environment["TRACKMYCRIME_HOME"])).admin_url()
    with psycopg.connect(database, autocommit=True) as connection:
        assert connection.execute(_TOO_LATE, [wanda.person]).rowcount == 1
    walk.page.goto(invitation)
    walk.eye.look("an invitation that expired", at="main form")
    walk.press(_("Send a new link"))
    walk.eye.look("a new invitation asked for", at="h1")


def signing_in(walk: Walk) -> None:
    """Look at signing in on a device that is known and on one that is not, and at asking for a new password."""
    eye = walk.eye
    for query, state, at in (
        ("", "a known device", "[name=password]"),
        ("?as=somebody-else", "a device that is not known", "[name=crime_reference]"),
        ("?done=reset", "a password just changed", SUCCESS),
        ("?unsent=kept", "a message kept", NOTICE),
        ("?unsent=lost", "a message lost", NOTICE),
    ):
        walk.go(f"/sign-in{query}")
        eye.look(state, at=at)
    walk.go("/sign-in")
    walk.fill(password="not the password at all")
    walk.press(_("Sign in"))
    eye.look("a wrong password on a known device", at=ERROR)
    walk.go("/reset-password")
    walk.press(_("Send reset link"))
    eye.look("asking for a password with mistakes", at=ERROR)
    walk.say_who()
    walk.press(_("Send reset link"))
    eye.look("a password asked for", at=SUCCESS)
    for _try in range(40):
        open_mail_to(walk.page, walk.service, walk.vera.email)
        if walk.page.locator("main a[href*='/reset-password/']").count():
            break
        walk.page.wait_for_timeout(500)
    walk.page.locator("main a[href*='/reset-password/']").click()
    eye.look("a new password", at="[name=repeat_password]")
    walk.fill(password="short", repeat_password="other")
    walk.press(_("Save new password"))
    eye.look("a new password with mistakes", at=ERROR)
    walk.go("/reset-password/nothing")
    eye.look("a link that is no good", at="h1")
    walk.go("/sign-in")
    walk.fill(password=PASSWORD)
    walk.press(_("Sign in"))


def writing(walk: Walk) -> None:
    """Look at writing: nothing written, danger, what was kept, what was sent, what came from an old page."""
    eye, page = walk.eye, walk.page
    walk.press(_("Send message"))
    eye.look("nothing written", at=ERROR)
    walk.fill(message="He is outside my house")
    walk.press(_("Send message"))
    eye.look("words of danger", at=ALERT)
    walk.go("/messages")
    with page.expect_response("**/messages/drafts"):
        walk.fill(message="I have thought of something")
    walk.go("/messages")
    eye.look("a draft", at=".tmc-reply .govuk-inset-text")
    walk.press(_("Send message"))
    eye.look("a message sent", at=SUCCESS)
    walk.press(_("Ask for an update"))
    eye.look("an update asked for", at=SUCCESS)
    walk.go("/messages/call-requests")
    walk.fill(number="12")
    walk.press(_("Ask us to call you"))
    eye.look("asking for a call with mistakes", at=ERROR)
    walk.go("/messages")
    page.evaluate("document.querySelector('#reply [name=_csrf]').value = 'old'")
    walk.fill(message="From an old page")
    walk.press(_("Send message"))
    eye.look("a page that was open for too long", at="h1")
    walk.go("/no/such/page")
    eye.look("no such page", at="h1")


def following(walk: Walk) -> None:
    """Look at a case that is late, has property and hearings, and more updates than a page holds; and at two cases."""
    eye = walk.eye
    items = [{"id": "1", "description": "A green bicycle", "status": "missing", "value_pence": 64000}]
    about = [walk.vera.as_event(language=walk.language)]
    walk.push(
        crime(walk.late, about, reported_at=moment(45), time=moment(45), officer=OFFICER, property=items),
        *(event("update.published", walk.late, text=TEXT, time=moment(44 - n / 10)) for n in range(30)),
        event("stage.changed", walk.late, stage="charging_decision"),
        event(
            "hearing.listed",
            walk.late,
            court="Harbour Magistrates' Court",
            hearing_type="First hearing",
            at=moment(-20),
        ),
    )
    walk.go("/cases")
    eye.look("two crimes", at=".tmc-panel")
    walk.go("/messages/latest")
    eye.look("late with new updates", at=f"{ALERT}, .tmc-entry--new")
    walk.go("/messages?page=2")
    eye.look("older updates", at=".tmc-entry")
    walk.go("/progress")
    eye.look("a hearing to come", at=".tmc-hearing")
    walk.go("/property")
    eye.look("property", at=".govuk-summary-card")
    walk.page.locator("a[href$='/correction']").first.click()
    eye.look("correcting property", at="textarea")
    walk.press(_("Send"))
    eye.look("correcting property with mistakes", at=ERROR)
    walk.fill(correction="It is blue.")
    walk.press(_("Send"))
    eye.look("property corrected", at=SUCCESS)


def reporting(walk: Walk) -> None:
    """Look at the page of who reported a crime against somebody else, beside crimes of their own."""
    walter = Victim("Walter", "Wood", f"{walk.vera.reference}/R", walk.vera.email.replace("states", "walter"))
    reporter = walk.vera.as_event(language=walk.language, role="reporter")
    walk.push(crime(walter.reference, [walter.as_event(), reporter]))
    walk.go("/cases")
    walk.eye.look("crimes and a report", at="a[href*='/reports/']")
    walk.page.locator("a[href*='/reports/']").click()
    walk.eye.look("a report", at="h1")


def settling(walk: Walk) -> None:
    """Look at settings and at one's data, with mistakes and without."""
    eye, page = walk.eye, walk.page
    walk.go("/settings")
    if page.locator("[name=mobile]").count():
        walk.fill(mobile="12")
        walk.press(_("Save"))
        eye.look("settings with mistakes", at=ERROR)
        walk.fill(mobile="")
    walk.press(_("Save"))
    eye.look("settings saved", at=SUCCESS)
    walk.go("/settings/password")
    walk.press(_("Save new password"))
    eye.look("changing the password with mistakes", at=ERROR)
    walk.go("/settings/withdrawal")
    walk.press(_("Ask us to call you"))
    eye.look("withdrawal asked for", at=SUCCESS)
    walk.go("/my-case")
    walk.press(_("Ask for my data"))
    eye.look("asking for data with mistakes", at=ERROR)
    walk.fill(password=PASSWORD)
    walk.press(_("Ask for my data"))
    eye.look("data asked for", at=SUCCESS)
    walk.press(_("Cancel this request"))
    eye.look("data not asked for any more", at=SUCCESS)


def texting(walk: Walk) -> None:
    """Look at confirming a number, and at the codes by text that are then asked for on a device that is not known."""
    eye, page = walk.eye, walk.page
    walk.go("/settings")
    walk.fill(mobile=walk.number)
    walk.press(_("Save"))
    eye.look("a number to confirm", at="[name=code]")
    walk.fill(code="12")
    walk.press(_("Use this number"))
    eye.look("a number to confirm with mistakes", at=ERROR)
    walk.fill(code=walk.code())
    walk.press(_("Use this number"))
    eye.look("a number confirmed", at=SUCCESS)
    walk.go("/settings/sign-in/text")
    walk.press(_("Turn on"))
    eye.look("turning codes by text on with mistakes", at=ERROR)
    walk.fill(password=PASSWORD)
    walk.press(_("Turn on"))
    eye.look("codes by text turned on", at=SUCCESS)
    walk.go("/sign-out")
    page.context.clear_cookies(name=DEVICE_COOKIE)
    walk.go("/sign-in")
    walk.say_who()
    walk.fill(password=PASSWORD)
    walk.press(_("Sign in"))
    eye.look("a code by text", at="[name=code]")
    walk.fill(code="12")
    walk.press(_("Sign in"))
    eye.look("a code by text with mistakes", at=ERROR)
    walk.fill(code=walk.code())
    walk.press(_("Sign in"))
    page.wait_for_url("**/messages")


def ending(walk: Walk) -> None:
    """Look at a closed case, at copies that are switched off, and at an account that its owner locked."""
    eye = walk.eye
    at_risk = walk.vera.as_event(language=walk.language, safety=["domestic_abuse"])
    walk.push(
        event("outcome.recorded", walk.late, code=18, text=TEXT),
        event("crime.closed", walk.late, text=TEXT),
        event("victim.changed", walk.late, victim=at_risk),
    )
    for path, state in (("/messages/latest", "closed messages"), ("/progress", "closed progress")):
        walk.go(path)
        eye.look(state, at=".tmc-closed")
    walk.go("/my-case")
    eye.look("copies switched off", at=WARNING)
    walk.go("/settings/lock")
    walk.press(_("Lock my account"))
    eye.look("an account locked", at="h1")
    walk.go("/sign-in")
    walk.fill(password=PASSWORD)
    walk.press(_("Sign in"))
    eye.look("signing in to a locked account", at=ERROR)


def lapsing(walk: Walk) -> None:
    """Look at what is left for whoever's only case was closed more than a year ago."""
    lena = Victim("Lena", "Lund", f"{walk.vera.reference}/L", walk.vera.email.replace("states", "lena"))
    walk.push(crime(lena.reference, [lena.as_event(language=walk.language)]))
    open_mail_to(walk.page, walk.service, lena.email)
    walk.page.locator("main a[href*='/register/']").click()
    register(walk.page, lena)
    walk.page.wait_for_url("**/messages")
    walk.push(event("crime.closed", lena.reference, time=moment(400)))
    walk.go("/messages")
    walk.eye.look("a case that is over", at="h1")


@pytest.mark.parametrize(("force", "language", "size"), [("kent", "en", "375"), ("gwent", "cy", "320")])
def test_every_state_of_a_victims_pages_is_for_everybody(
    service: Service, chromium: Browser, force: str, language: str, size: str
) -> None:
    with tab(chromium, size=size) as hers, speaking(language):
        eye = Eye(hers, f"{size}-{language}")
        walk = Walk(eye, service, force, language)
        for part in (
            arriving,
            coming_too_late,
            signing_in,
            writing,
            following,
            reporting,
            settling,
            texting,
            ending,
            lapsing,
        ):
            part(walk)
        assert eye.found == []
        assert len(set(eye.seen)) == len(eye.seen) >= 56
